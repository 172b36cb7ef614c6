/** Minutes that the clocks of a zone are ahead of UTC at an instant, in milliseconds since the epoch. */
export type OffsetAt = (ms: number) => number;

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** Zones that are kept at hand: to look one up takes a fifth of a millisecond. */
const KEPT_MAX = 100;
const kept = new Map<string, OffsetAt>();

/** What `Intl` knows of a zone. None of our years has offsets of seconds but Liberia's until 1972, cut to the minute. */
export function offsetsOf(tzid: string): OffsetAt {
  const known = kept.get(tzid);
  if (known) return known;
  const found = lookUp(tzid);
  if (kept.size >= KEPT_MAX) kept.clear();
  kept.set(tzid, found);
  return found;
}

function lookUp(tzid: string): OffsetAt {
  const form = new Intl.DateTimeFormat('en', { timeZone: tzid, timeZoneName: 'longOffset' });
  return (ms) => {
    const name = form.formatToParts(ms).find(({ type }) => type === 'timeZoneName')?.value ?? '';
    const [, sign, hours = '0', minutes = '0'] = /^GMT([+-])(\d\d):(\d\d)/.exec(name) ?? [];
    return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
  };
}

/**
 * A time as the clocks of a zone show it, with its offset (ISO 8601). An hour that comes twice is the first of both (RFC
 * 5545 §3.3.5), one that is skipped has the offset before.
 */
export function withOffset(local: string, tzid: string): string {
  const offsetAt = offsetsOf(tzid);
  const utcMs = Date.parse(`${local}Z`);
  const before = offsetAt(utcMs - DAY_MS);
  const fitting = [before, offsetAt(utcMs + DAY_MS)].filter(
    (minutes) => offsetAt(utcMs - minutes * MINUTE_MS) === minutes,
  );
  const offset = fitting.length > 0 ? Math.max(...fitting) : before;
  const digits = [Math.floor(Math.abs(offset) / 60), Math.abs(offset) % 60].map((part) =>
    String(part).padStart(2, '0'),
  );
  return `${local}${offset < 0 ? '-' : '+'}${digits.join(':')}`;
}
