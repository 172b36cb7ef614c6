import { expect, test } from 'vitest';
import { createBackground, createRounds } from './background.ts';
import { createLogger } from './logger.ts';
import { pause } from './retry.ts';

const log = createLogger({ service: 'test', level: 'silent' });

test('a stop tells the work to end and waits until it has', async () => {
  const told: string[] = [];
  const part = createBackground('work', async (signal) => {
    await pause(60_000, signal);
    told.push('told');
    await pause(20);
    told.push('ended');
  });
  await part.start();
  await part.stop();
  expect(told).toEqual(['told', 'ended']);
});

test('a part that was never started stops at once', async () => {
  await createBackground('work', () => pause(60_000)).stop();
});

test('a round that fails does not keep the next one from being done, and none begins after the stop', async () => {
  let rounds = 0;
  const part = createRounds({
    name: 'rounds',
    everyMs: 1,
    log,
    failure: 'it failed',
    round: async () => {
      rounds += 1;
      throw new Error('broken');
    },
  });
  await part.start();
  await expect.poll(() => rounds).toBeGreaterThan(2);
  await part.stop();
  const atStop = rounds;
  await pause(20);
  expect(rounds).toBe(atStop);
});
