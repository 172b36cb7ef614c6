import { eventually } from '@ortoo/shared/testing';
import { expect, test } from 'vitest';
import { readAhead } from './read-ahead.ts';

/** Numbers from 1 on, each noted when it is asked for; after `failing` of them the source breaks. */
function count(failing = Number.POSITIVE_INFINITY) {
  const asked: number[] = [];
  async function* source(): AsyncGenerator<number> {
    for (let n = 1; ; n += 1) {
      if (n > failing) throw new Error('broken');
      asked.push(n);
      yield n;
    }
  }
  return { asked, source: source() };
}

const pauseALittle = () => new Promise((resolve) => setImmediate(resolve));

test('no more is read ahead than may be kept, and what is taken makes room', async () => {
  const { asked, source } = count();
  const ahead = readAhead(source, { most: 3, sizeOf: () => 1 });
  await eventually(() => asked.length === 3);
  await pauseALittle();
  expect(asked).toEqual([1, 2, 3]);
  expect(await ahead.take(2)).toEqual([1, 2]);
  await eventually(() => asked.length === 5);
  ahead.stop();
});

test('what is taken together has no more than is allowed, unless one alone has', async () => {
  const { asked, source } = count();
  const ahead = readAhead(source, { most: 4, sizeOf: (n) => n });
  await eventually(() => asked.length === 4);
  expect([await ahead.take(3), await ahead.take(2)]).toEqual([[1, 2], [3]]);
  ahead.stop();
});

test('what was read before the source broke is taken first', async () => {
  const { source } = count(2);
  const ahead = readAhead(source, { most: 1, sizeOf: () => 1 });
  expect([await ahead.take(9), await ahead.take(9)]).toEqual([[1], [2]]);
  await expect(ahead.take(9)).rejects.toThrow('broken');
});

test('a source that has ended gives what it had and then nothing', async () => {
  async function* source(): AsyncGenerator<string> {
    yield 'only';
  }
  const ahead = readAhead(source(), { most: 2, sizeOf: () => 1 });
  expect([await ahead.take(9), await ahead.take(9)]).toEqual([['only'], []]);
});

test('a stop ends the reading', async () => {
  const { asked, source } = count();
  const ahead = readAhead(source, { most: 2, sizeOf: () => 1 });
  await eventually(() => asked.length === 2);
  ahead.stop();
  await pauseALittle();
  expect(asked).toEqual([1, 2]);
});
