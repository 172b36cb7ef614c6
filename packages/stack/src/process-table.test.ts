import { expect, test } from 'vitest';
import { isProcessAlive, membersOfGroup, parseStat, startTicksOf } from './process-table.ts';

const fields = 'S 1 4711 4711 0 -1 4194560 1 0 0 0 0 0 0 0 20 0 1 0 98227 1275580416 3713';

test('the start time is read even when the command name holds spaces and parentheses', () => {
  expect(parseStat(`4711 (evil) S 1 (name) ${fields}`)).toEqual({
    state: 'S',
    group: 4711,
    threads: 1,
    startTicks: 98227,
  });
});

test('a text that is no process line gives nothing', () => {
  expect(parseStat('')).toBeUndefined();
});

test('a process counts as alive only with its own start time', () => {
  const startedAt = startTicksOf(process.pid) ?? -1;
  expect(isProcessAlive(process.pid, startedAt)).toBe(true);
  expect(isProcessAlive(process.pid, startedAt - 1)).toBe(false);
});

test('a number that no process has is not alive', () => {
  expect(startTicksOf(2 ** 30)).toBeUndefined();
  expect(isProcessAlive(2 ** 30, 1)).toBe(false);
  expect(membersOfGroup(2 ** 30)).toEqual([]);
});
