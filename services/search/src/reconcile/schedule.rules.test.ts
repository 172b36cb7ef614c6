import { expect, test } from 'vitest';
import { noCounts } from './reconcile.rules.ts';
import { dueMode } from './schedule.rules.ts';

const NOW = Date.parse('2026-11-24T12:00:00.000Z');
const run = (at: string, error?: string) => ({
  ...noCounts(),
  at,
  startedAt: at,
  mode: 'cheap' as const,
  tookMs: 1,
  ...(error ? { error } : {}),
});

test.each([
  ['nothing was ever compared', undefined, 'full'],
  ['half an hour ago', { last: run('2026-11-24T11:30:00.000Z'), fullAt: '2026-11-24T01:00:00.000Z' }, undefined],
  ['over an hour ago', { last: run('2026-11-24T10:59:00.000Z'), fullAt: '2026-11-24T01:00:00.000Z' }, 'cheap'],
  ['a full one over a day ago', { last: run('2026-11-24T10:59:00.000Z'), fullAt: '2026-11-23T11:59:00.000Z' }, 'full'],
  [
    'it ended early just now',
    { last: run('2026-11-24T11:55:00.000Z', 'x'), fullAt: '2026-11-24T01:00:00.000Z' },
    undefined,
  ],
  [
    'it ended early a while ago',
    { last: run('2026-11-24T11:45:00.000Z', 'x'), fullAt: '2026-11-24T01:00:00.000Z' },
    'cheap',
  ],
])('a comparison is due by the hour, a full one by the day: %s', (_title, reconcile, expected) => {
  expect(dueMode(reconcile ? { reconcile } : {}, NOW)).toBe(expected);
});
