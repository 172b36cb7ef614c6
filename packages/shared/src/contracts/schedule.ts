import { type Instant, parseInstant } from '../kernel/clock.ts';
import { AppError, type Fault } from '../kernel/errors.ts';
import type { Schedule } from './moves.ts';

const EXPECTED_INSTANT = 'RFC 3339 without leap seconds, in the years 0000 to 9999 of UTC';

/**
 * The instants of a schedule in UTC, as they are stored and compared. What is published already takes `unpublishAt`
 * alone, everything else needs `publishAt`. Throws VALIDATION_FAILED `workflow.schedule-invalid` with every fault: an
 * instant that is missing, that is none, that is not later than now, or an end that is not later than its beginning.
 */
export function readSchedule(
  { publishAt, unpublishAt }: Schedule,
  { isPublished, now }: { isPublished: boolean; now: Instant },
): Schedule {
  const needed = isPublished ? 'unpublishAt' : 'publishAt';
  const begin = readLater('publishAt', publishAt, { now, isNeeded: needed === 'publishAt' });
  const end = readLater('unpublishAt', unpublishAt, { now, isNeeded: needed === 'unpublishAt' });
  const faults = [...begin.faults, ...end.faults];
  if (begin.at !== undefined && end.at !== undefined && end.at <= begin.at) {
    faults.push({
      pointer: '/unpublishAt',
      message: 'is not later than publishAt',
      expected: `later than ${begin.at}`,
    });
  }
  if (faults.length > 0) throw AppError.invalid('workflow.schedule-invalid', faults);
  return {
    ...(begin.at === undefined ? {} : { publishAt: begin.at }),
    ...(end.at === undefined ? {} : { unpublishAt: end.at }),
  };
}

function readLater(
  name: string,
  text: string | undefined,
  { now, isNeeded }: { now: Instant; isNeeded: boolean },
): { at?: Instant; faults: Fault[] } {
  const fault = (message: string, expected: string) => ({ faults: [{ pointer: `/${name}`, message, expected }] });
  if (text === undefined) return isNeeded ? fault('is missing', 'an instant') : { faults: [] };
  const at = parseInstant(text);
  if (at === undefined) return fault('is no instant that can be compared', EXPECTED_INSTANT);
  return at > now ? { at, faults: [] } : fault('is not in the future', `later than ${now}`);
}
