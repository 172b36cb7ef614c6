import { describe, expect, it } from 'vitest';
import { AppError } from '../kernel/errors.ts';
import { createSemaphore } from './semaphore.ts';

describe('a semaphore', () => {
  it('runs as many as it may, lets as many wait in order, and turns the rest away as busy', async () => {
    const semaphore = createSemaphore({ concurrency: 2, queueMax: 1 });
    const releases: (() => void)[] = [];
    const started: string[] = [];
    const run = (name: string) =>
      semaphore.run(async () => {
        started.push(name);
        await new Promise<void>((resolve) => releases.push(resolve));
        return name;
      });
    const first = run('a');
    const second = run('b');
    const third = run('c');
    await expect(run('d')).rejects.toMatchObject({ code: 'UNAVAILABLE', reason: 'busy' });
    expect(started).toEqual(['a', 'b']);
    releases[0]?.();
    await expect(first).resolves.toBe('a');
    await Promise.resolve();
    expect(started).toEqual(['a', 'b', 'c']);
    for (const release of releases) release();
    await expect(Promise.all([second, third])).resolves.toEqual(['b', 'c']);
  });

  it('gives a place back when the work fails', async () => {
    const semaphore = createSemaphore({ concurrency: 1, queueMax: 0 });
    const failure = new AppError('NOT_FOUND', 'x.not-found', 'x');
    await expect(semaphore.run(() => Promise.reject(failure))).rejects.toBe(failure);
    await expect(semaphore.run(async () => 1)).resolves.toBe(1);
  });
});
