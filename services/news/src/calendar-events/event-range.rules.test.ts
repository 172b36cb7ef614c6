import { AppError } from '@ortoo/shared/kernel';
import { expect, test } from 'vitest';
import { readRange } from './event-range.rules.ts';

const now = '2026-10-01T00:00:00.000Z';

test('days begin in Ulaanbaatar, instants where they say, and what is left out hangs on now', () => {
  expect(readRange({}, now)).toBeUndefined();
  expect(readRange({ from: '2026-10-07', to: '2026-10-08' }, now)).toEqual({
    from: '2026-10-06T16:00:00.000Z',
    to: '2026-10-07T16:00:00.000Z',
  });
  expect(readRange({ from: '2026-10-07T00:00:00+09:00' }, now)).toEqual({
    from: '2026-10-06T15:00:00.000Z',
    to: '2027-10-07T15:00:00.000Z',
  });
  expect(readRange({ to: '2026-11-01T00:00:00Z' }, now)).toEqual({ from: now, to: '2026-11-01T00:00:00.000Z' });
});

test.each([
  [{ from: '2026-02-30' }, '/from'],
  [{ from: '2026-10-07', to: '2026-13-01' }, '/to'],
  [{ from: '2026-10-07', to: '2026-10-07' }, '/to'],
  [{ from: '2026-10-07', to: '2026-10-06' }, '/to'],
  [{ to: '2026-09-01' }, '/to'],
  [{ from: '2026-01-01', to: '2032-01-01' }, '/to'],
])('the range %j is refused at its place', (range, pointer) => {
  const error = refusalOf(() => readRange(range, now));
  expect([error?.reason, error?.details?.errors?.map((fault) => fault.pointer)]).toEqual([
    'event.range-invalid',
    [pointer],
  ]);
});

function refusalOf(run: () => unknown): AppError | undefined {
  try {
    run();
    return undefined;
  } catch (error) {
    return AppError.from(error);
  }
}
