import { AppError } from '@ortoo/shared/kernel';
import { createCalendarScanner, type RawEvent } from './calendar-file.rules.ts';
import { type FileEvent, keysOf, readFileEvent } from './file-event.rules.ts';
import { withOverrides } from './file-overrides.rules.ts';
import type { ImportReader, SourceRow } from './import-kind.ts';

/** Overrides of one file, which are held in memory until their series comes. */
const OVERRIDES_MAX = 20_000;
const OVERRIDE_BYTES_MAX = 32 * 1024 * 1024;

/**
 * Reads a calendar twice: first to see that it is whole, and which dates of which series it overrides, since those may
 * stand anywhere; then event by event. An override is a part of its series, not a row.
 */
export const readCalendar: ImportReader<FileEvent> = async (open) => {
  const { total, overrides, locations } = await survey(open);
  const read = (raw: RawEvent) => readFileEvent(raw, locations);

  async function* rows(): AsyncGenerator<SourceRow<FileEvent>> {
    const used = new Set<string>();
    for await (const raw of scan(open, createCalendarScanner())) {
      const { key, isOverride } = keysOf(raw);
      if (isOverride) {
        if (overrides.get(key)?.hasSeries !== true) yield { row: raw.row, key, item: orphan(read(raw)) };
        continue;
      }
      const own = used.has(key) ? [] : (overrides.get(key)?.events ?? []);
      if (own.length > 0) used.add(key);
      yield { row: raw.row, key, item: joined(read(raw), own.map(read)) };
    }
  }

  return { total, rows };
};

type Overrides = Map<string, { events: RawEvent[]; hasSeries: boolean }>;
type Open = Parameters<ImportReader<FileEvent>>[0];

async function* scan(open: Open, scanner: ReturnType<typeof createCalendarScanner>): AsyncGenerator<RawEvent> {
  for await (const piece of open()) yield* scanner.push(piece);
  yield* scanner.end();
}

/** Throws VALIDATION_FAILED `import.not-a-calendar`, `import.malformed`, `import.too-many-overrides`. */
async function survey(open: Open) {
  const scanner = createCalendarScanner();
  const overrides: Overrides = new Map();
  const series = new Set<string>();
  let [total, count, bytes] = [0, 0, 0];
  for await (const raw of scan(open, scanner)) {
    const { key, isOverride } = keysOf(raw);
    if (!isOverride) {
      total += 1;
      series.add(key);
      continue;
    }
    count += 1;
    bytes += raw.lines.reduce((sum, line) => sum + line.length, 0);
    if (count > OVERRIDES_MAX || bytes > OVERRIDE_BYTES_MAX) throw tooMany();
    const known = overrides.get(key) ?? { events: [], hasSeries: false };
    known.events.push({ ...raw, lines: raw.lines.map(copied) });
    overrides.set(key, known);
  }
  for (const [key, known] of overrides) {
    known.hasSeries = series.has(key);
    if (!known.hasSeries) total += known.events.length;
  }
  return { total, overrides, locations: scanner.locations };
}

/** A line cut out of a piece of the file keeps the whole piece in memory. */
function copied(line: string): string {
  return Buffer.from(line, 'latin1').toString('latin1');
}

function joined(event: FileEvent, overrides: FileEvent[]): FileEvent {
  const { times, faults } = withOverrides(event, overrides);
  return { ...event, sequence: Math.max(event.sequence, ...overrides.map((one) => one.sequence)), times, faults };
}

function orphan(event: FileEvent): FileEvent {
  const fault = {
    pointer: '/start',
    message: 'overrides a date of a series that is not in the file',
    expected: 'the VEVENT of the series beside it',
    reason: 'import.series-missing',
  };
  return { ...event, faults: [...event.faults, fault] };
}

function tooMany(): AppError {
  const message = 'overrides more dates than can be held';
  const fault = { pointer: '', message, expected: `at most ${OVERRIDES_MAX} VEVENTs with RECURRENCE-ID` };
  return AppError.invalid('import.too-many-overrides', fault);
}
