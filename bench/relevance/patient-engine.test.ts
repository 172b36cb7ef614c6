import { expect, test } from 'vitest';
import { untilThereIsRoom } from './patient-engine.ts';

const refusing = (refusals: number, status: number) => {
  let asked = 0;
  return async () => {
    asked += 1;
    if (asked <= refusals) throw Object.assign(new Error(`refused with ${status}`), { status });
    return asked;
  };
};

test.each([
  ['has room', 0, 429, 1],
  ['has no room twice', 2, 429, 3],
  ['has no room for ever', 99, 429, 'refused with 429'],
  ['does not understand', 1, 400, 'refused with 400'],
])('an engine that %s', async (_name, refusals, status, expected) => {
  const answer = untilThereIsRoom(refusing(refusals, status), 0).catch((error: Error) => error.message);
  expect(await answer).toBe(expected);
});
