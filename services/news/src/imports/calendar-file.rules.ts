import { AppError } from '@ortoo/shared/kernel';

/** Bytes of one VEVENT at most, and of one line: 10,000 left-out dates have a third of it. */
const EVENT_BYTES_MAX = 1024 * 1024;
/** Components within each other; an alarm in an event in a calendar are three. */
const DEPTH_MAX = 6;
const ZONES_MAX = 500;

/** One VEVENT: its number in the file from 1, and its own content lines, unfolded, as bytes in Latin-1. */
export type RawEvent = { row: number; lines: string[]; isTooLarge: boolean; calendar: CalendarFacts };

/** What a calendar says of all that is in it. */
type CalendarFacts = { method?: string; zone?: string };

export type CalendarScanner = {
  /** The events that end in this piece of the file. Throws as `end`. */
  push(piece: Uint8Array): RawEvent[];
  /**
   * The end of the file. Throws VALIDATION_FAILED `import.not-a-calendar` for what has no VCALENDAR around it,
   * `import.malformed` for components that do not end as they begin, or end too early.
   */
  end(): RawEvent[];
  /** The places that VTIMEZONEs say they mean (X-LIC-LOCATION), by their TZID. */
  locations: ReadonlyMap<string, string>;
};

/**
 * Takes a calendar file apart as it comes, in the memory of one event. Folding counts octets (RFC 5545 §3.1), so that a
 * character can be cut: lines are put together as Latin-1, one sign an octet, and read as UTF-8 by whoever needs them.
 */
export function createCalendarScanner(): CalendarScanner {
  const components = createComponents();
  const lines = createLineJoiner(components.take);
  return {
    locations: components.locations,
    push: (piece) => {
      lines.push(piece);
      if (lines.waiting() > EVENT_BYTES_MAX && !components.isOpen()) throw notACalendar();
      return components.found();
    },
    end: () => {
      lines.end();
      components.end();
      return components.found();
    },
  };
}

/** Puts content lines together out of pieces of a file, and hands each on with its number. */
function createLineJoiner(take: (line: string, number: number) => void) {
  let [carry, logical] = ['', ''];
  let number = 0;

  /** A raw line: the continuation of the one before, or the next one. */
  function takeRaw(raw: string): void {
    const text = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
    if (/^[ \t]/.test(text) && logical !== '') {
      number += 1;
      if (logical.length <= EVENT_BYTES_MAX) logical += text.slice(1); // one more than fits marks its event
      return;
    }
    take(logical, number);
    number += 1;
    logical = text;
  }

  return {
    waiting: () => carry.length,
    push: (piece: Uint8Array): void => {
      const text = carry + Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength).toString('latin1');
      const raws = (number === 0 ? text.replace(/^\u00ef\u00bb\u00bf/, '') : text).split('\n');
      carry = raws.pop() ?? '';
      for (const raw of raws) takeRaw(raw);
      if (carry.length > 2 * EVENT_BYTES_MAX) carry = carry.slice(0, EVENT_BYTES_MAX + 1); // its event is too large already
    },
    end: (): void => {
      takeRaw(carry);
      takeRaw('');
    },
  };
}

/** Follows the components that begin and end, and keeps of them what is needed. */
function createComponents() {
  const locations = new Map<string, string>();
  const stack: string[] = [];
  const open = createOpenEvent();
  let zone: string | undefined;
  let calendar: CalendarFacts = {};
  let [calendars, last] = [0, 0];

  function begin(name: string): void {
    if (stack.length === 0 && name !== 'VCALENDAR') throw notACalendar();
    if (stack.length >= DEPTH_MAX) throw malformed(last, `components are nested deeper than ${DEPTH_MAX}`);
    if (name === 'VCALENDAR') {
      if (stack.length > 0) throw malformed(last, 'a VCALENDAR begins within another component');
      calendars += 1;
      calendar = {};
    }
    if (stack.length === 1 && name === 'VEVENT') open.begin(calendar);
    stack.push(name);
  }

  function finish(name: string): void {
    if (stack.pop() !== name) throw malformed(last, `END:${name.slice(0, 40)} ends no open component`);
    if (stack.length !== 1) return;
    open.finish();
    zone = undefined;
  }

  function takeFact(line: string): void {
    const method = propertyIn(line, 'METHOD');
    const place = propertyIn(line, 'X-WR-TIMEZONE');
    if (method) calendar.method = method.toUpperCase();
    if (place) calendar.zone = place;
  }

  function takeZone(line: string): void {
    zone ??= propertyIn(line, 'TZID');
    const place = propertyIn(line, 'X-LIC-LOCATION');
    if (zone !== undefined && place && locations.size < ZONES_MAX) locations.set(zone, place);
  }

  function take(line: string, number: number): void {
    if (line.trim() === '') return;
    last = number;
    const [, verb, name] = /^(BEGIN|END):\s*([A-Za-z0-9-]{1,60})\s*$/i.exec(line) ?? [];
    if (verb && name) (verb.toUpperCase() === 'BEGIN' ? begin : finish)(name.toUpperCase());
    else if (stack.length === 0) throw notACalendar();
    else if (stack.length === 1) takeFact(line);
    else if (stack.length === 2 && stack[1] === 'VEVENT') open.take(line);
    else if (stack.length === 2 && stack[1] === 'VTIMEZONE') takeZone(line);
  }

  return {
    locations,
    take,
    found: open.found,
    isOpen: () => stack.length > 0,
    end: (): void => {
      if (calendars === 0) throw notACalendar();
      if (stack.length > 0) throw malformed(last, `the file ends before END:${stack.at(-1)}`);
    },
  };
}

/** Gathers the lines of one event; of one that is too large, what it is known by. */
function createOpenEvent() {
  let found: RawEvent[] = [];
  let event: RawEvent | undefined;
  let [row, bytes] = [0, 0];
  return {
    begin: (calendar: CalendarFacts): void => {
      row += 1;
      bytes = 0;
      event = { row, lines: [], isTooLarge: false, calendar };
    },
    take: (line: string): void => {
      if (!event) return;
      bytes += line.length;
      if (bytes <= EVENT_BYTES_MAX) event.lines.push(line);
      else if (!event.isTooLarge) {
        event.isTooLarge = true;
        event.lines = event.lines.filter((one) => /^(UID|RECURRENCE-ID)[;:]/i.test(one)).slice(0, 2);
      }
    },
    finish: (): void => {
      if (event) found.push(event);
      event = undefined;
    },
    found: (): RawEvent[] => {
      const events = found;
      found = [];
      return events;
    },
  };
}

/** The value of a property, when a line is one of that name. */
export function propertyIn(line: string, name: string): string | undefined {
  if (line.slice(0, name.length).toUpperCase() !== name) return undefined;
  const rest = line.slice(name.length);
  if (rest.startsWith(':')) return rest.slice(1).trim();
  return rest.startsWith(';') ? rest.replace(/^(?:"[^"]*"|[^":])*:/, '').trim() : undefined;
}

function notACalendar(): AppError {
  const message = 'is no calendar';
  return AppError.invalid('import.not-a-calendar', { pointer: '', message, expected: 'BEGIN:VCALENDAR … in UTF-8' });
}

function malformed(line: number, message: string): AppError {
  const expected = 'components that end in the order in which they begin (RFC 5545 §3.4)';
  return AppError.invalid('import.malformed', { pointer: '', message: `line ${line}: ${message}`, expected });
}
