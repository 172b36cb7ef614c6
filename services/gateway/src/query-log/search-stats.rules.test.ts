import type { AppError } from '@ortoo/shared/kernel';
import { expect, test } from 'vitest';
import { toSearchStats, toWindow } from './search-stats.rules.ts';

const now = '2026-11-24T05:00:00.000Z';
const window = { since: '2026-11-01T00:00:00.000Z', until: now };

test.each([
  [{}, { since: '2026-10-25T05:00:00.000Z', until: now }],
  [{ to: '2026-11-01T00:00:00.000Z' }, { since: '2026-10-02T00:00:00.000Z', until: '2026-11-01T00:00:00.000Z' }],
  [{ from: '2026-11-23T00:00:00.000Z' }, { since: '2026-11-23T00:00:00.000Z', until: now }],
])('the window of %o is %o', (asked, expected) => {
  expect(toWindow(asked, now)).toEqual(expected);
});

test.each([
  { from: now },
  { from: '2026-11-25T00:00:00.000Z' },
  { from: '2026-11-02T00:00:00.000Z', to: '2026-11-01T00:00:00.000Z' },
])('a window without time, %o, is refused at its begin', (asked) => {
  expect(() => toWindow(asked, now)).toThrow(
    expect.objectContaining({
      code: 'VALIDATION_FAILED',
      reason: 'stats.window-empty',
      details: {
        errors: [
          {
            pointer: '/from',
            message: 'is not before the end',
            expected: 'an instant before `to`, and before now without it',
          },
        ],
      },
    } satisfies Partial<AppError>),
  );
});

test('nothing searched is no figure but zeros', () => {
  expect(toSearchStats(window, { latencies: [], top: [], zeroHit: [] })).toEqual({
    ...window,
    queries: 0,
    zeroHits: 0,
    top: [],
    zeroHit: [],
    latencyMs: null,
  });
});

test('rates are of searches, positions of clicks, and what was not measured counts without a time', () => {
  const latencies = [
    { latencyMs: 90, queries: 1, zeroHits: 1 },
    { latencyMs: null, queries: 5, zeroHits: 2 },
    { latencyMs: 3, queries: 10, zeroHits: 0 },
    { latencyMs: 8, queries: 9, zeroHits: 0 },
  ];
  const top = [
    { query: 'cement', count: 3, clicked: 2, clicks: 4, positions: 9 },
    { query: 'кашемир', count: 1, clicked: 0, clicks: 0, positions: 0 },
  ];
  expect(toSearchStats(window, { latencies, top, zeroHit: [{ query: 'x', count: 2 }] })).toMatchObject({
    queries: 25,
    zeroHits: 3,
    top: [
      { query: 'cement', count: 3, clicks: 4, clickRate: 0.6667, meanPosition: 2.25 },
      { query: 'кашемир', count: 1, clicks: 0, clickRate: 0, meanPosition: null },
    ],
    zeroHit: [{ query: 'x', count: 2 }],
    latencyMs: { p50: 3, p95: 8 },
  });
});

test.each([
  [[5], { p50: 5, p95: 5 }],
  [[1, 2], { p50: 1, p95: 2 }],
  [Array.from({ length: 100 }, (_one, place) => 100 - place), { p50: 50, p95: 95 }],
])('the percentiles of %o are %o', (times, expected) => {
  const latencies = times.map((latencyMs) => ({ latencyMs, queries: 1, zeroHits: 0 }));
  expect(toSearchStats(window, { latencies, top: [], zeroHit: [] }).latencyMs).toEqual(expected);
});
