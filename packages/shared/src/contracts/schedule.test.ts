import { expect, test } from 'vitest';
import { readSchedule } from './schedule.ts';

const now = '2026-02-01T00:00:00.000Z';
const at = (isPublished: boolean) => ({ isPublished, now });

test('instants become UTC with milliseconds, so that they can be compared as texts', () => {
  expect(
    readSchedule({ publishAt: '2026-02-01T08:00:01+08:00', unpublishAt: '2026-02-01T00:00:01.5Z' }, at(false)),
  ).toEqual({ publishAt: '2026-02-01T00:00:01.000Z', unpublishAt: '2026-02-01T00:00:01.500Z' });
  expect(readSchedule({ publishAt: '2026-02-01T00:00:00.001Z' }, at(false))).toEqual({
    publishAt: '2026-02-01T00:00:00.001Z',
  });
  expect(readSchedule({ unpublishAt: '2027-01-01T00:00:00.000Z' }, at(true))).toEqual({
    unpublishAt: '2027-01-01T00:00:00.000Z',
  });
});

const future = `later than ${now}`;
const comparable = 'RFC 3339 without leap seconds, in the years 0000 to 9999 of UTC';

test.each([
  ['nothing', false, {}, [['/publishAt', 'is missing', 'an instant']]],
  ['nothing', true, {}, [['/unpublishAt', 'is missing', 'an instant']]],
  ['only an end', false, { unpublishAt: '2026-03-01T00:00:00Z' }, [['/publishAt', 'is missing', 'an instant']]],
  ['now', false, { publishAt: now }, [['/publishAt', 'is not in the future', future]]],
  ['the past', false, { publishAt: '2026-02-01T07:59:59+08:00' }, [['/publishAt', 'is not in the future', future]]],
  ['an end now', true, { unpublishAt: now }, [['/unpublishAt', 'is not in the future', future]]],
  [
    'both in the past',
    false,
    { publishAt: '2025-01-01T00:00:00Z', unpublishAt: '2025-01-01T00:00:00Z' },
    [
      ['/publishAt', 'is not in the future', future],
      ['/unpublishAt', 'is not in the future', future],
    ],
  ],
  [
    'an end at the beginning',
    false,
    { publishAt: '2026-03-01T00:00:00Z', unpublishAt: '2026-03-01T08:00:00+08:00' },
    [['/unpublishAt', 'is not later than publishAt', 'later than 2026-03-01T00:00:00.000Z']],
  ],
  [
    'a leap second and a year that UTC does not reach',
    false,
    { publishAt: '2026-12-31T23:59:60Z', unpublishAt: '9999-12-31T23:59:59-01:00' },
    [
      ['/publishAt', 'is no instant that can be compared', comparable],
      ['/unpublishAt', 'is no instant that can be compared', comparable],
    ],
  ],
] as const)('%s is refused with every fault at its place (published: %s)', (_what, isPublished, schedule, faults) => {
  expect(() => readSchedule(schedule, at(isPublished))).toThrow(
    expect.objectContaining({
      code: 'VALIDATION_FAILED',
      reason: 'workflow.schedule-invalid',
      details: { errors: faults.map(([pointer, message, expected]) => ({ pointer, message, expected })) },
    }),
  );
});
