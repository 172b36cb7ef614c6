import { createParser, escapePointer, nearestName } from '@ortoo/shared/contracts';
import { AppError, FAULTS_MAX, type Fault, parseInstant } from '@ortoo/shared/kernel';
import type { TObject } from 'typebox';

/** A query as it came: a parameter given more than once is a list. It has no prototype, so no name is special. */
export type RawQuery = Record<string, string | string[]>;

/** Parameters that may also be one comma list, since their values never hold a comma. */
const COMMA_LISTS = new Set(['kinds', 'waitFor', 'sort', 'ids', 'fields', 'include', 'facets']);

/** What is repeated of a name that somebody sent. */
const NAME_SHOWN_MAX = 100;

const EXPECTED_INSTANT = 'RFC 3339 without leap seconds, in the years 0000 to 9999 of UTC';

type Property = { type?: string; format?: string };

/** Splits a query string. Source: WHATWG URL, application/x-www-form-urlencoded. */
export function splitQuery(text: string): RawQuery {
  const query: RawQuery = Object.create(null);
  for (const [name, value] of new URLSearchParams(text)) {
    const before = query[name];
    if (before === undefined) query[name] = value;
    else if (Array.isArray(before)) before.push(value);
    else query[name] = [before, value];
  }
  return query;
}

/**
 * Compiles a parser for the query of a route: texts become the integers, booleans, lists and UTC instants that the
 * schema names. Throws VALIDATION_FAILED `request.parameter-invalid` with all faults at once; an unknown parameter is
 * named with the nearest known one.
 */
export function createQueryParser(schema: TObject): (raw: RawQuery) => Record<string, unknown> {
  const properties = schema.properties as Record<string, Property>;
  const check = createParser(schema, 'request.parameter-invalid');
  return (raw) => {
    const { query, misgiven } = readParameters(raw, properties);
    const faults = [...misgiven, ...faultsOf(() => check(query))];
    if (faults.length > 0) throw AppError.invalid('request.parameter-invalid', faults);
    const { instants, strange } = readInstants(query, properties);
    if (strange.length > 0) throw AppError.invalid('request.parameter-invalid', strange);
    return { ...query, ...instants };
  };
}

function readParameters(raw: RawQuery, properties: Record<string, Property>) {
  const query: Record<string, unknown> = {};
  const misgiven: Fault[] = [];
  for (const [name, value] of Object.entries(raw)) {
    if (misgiven.length === FAULTS_MAX) break; // no more are told, and to look for what each was meant to be takes time
    const property = Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (!property) misgiven.push(unknownParameter(name, Object.keys(properties)));
    else if (property.type === 'array') query[name] = toList(name, value);
    else if (Array.isArray(value))
      misgiven.push({ pointer: `/${name}`, message: 'is given more than once', expected: 'one value' });
    else query[name] = toScalar(value, property.type);
  }
  return { query, misgiven };
}

function unknownParameter(name: string, known: string[]): Fault {
  const nearest = nearestName(name, known);
  return {
    pointer: `/${escapePointer(name.slice(0, NAME_SHOWN_MAX))}`,
    message: `is not a known parameter${nearest ? `; did you mean ${nearest}?` : ''}`,
    expected: known.length > 0 ? `one of ${known.join(', ')}` : 'no parameters',
  };
}

function toList(name: string, value: string | string[]): string[] {
  const values = Array.isArray(value) ? value : [value];
  return COMMA_LISTS.has(name) ? values.flatMap((one) => one.split(',')) : values;
}

/** What cannot be read as the type stays text, and the schema then says what was expected. */
function toScalar(text: string, type: string | undefined): unknown {
  if (type === 'integer' && /^-?\d{1,15}$/.test(text)) return Number(text);
  if (type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true';
  return text;
}

/**
 * Owners compare instants as texts, so that `+08:00` has to become UTC with milliseconds first. A leap second, which we
 * cannot count, and what lies outside the years 0000 to 9999 in UTC are faults.
 */
function readInstants(query: Record<string, unknown>, properties: Record<string, Property>) {
  const instants: Record<string, string> = {};
  const strange: Fault[] = [];
  for (const [name, value] of Object.entries(query)) {
    if (properties[name]?.format !== 'date-time') continue;
    const instant = parseInstant(String(value));
    if (instant !== undefined) instants[name] = instant;
    else
      strange.push({ pointer: `/${name}`, message: 'is no instant that can be compared', expected: EXPECTED_INSTANT });
  }
  return { instants, strange };
}

function faultsOf(check: () => unknown): Fault[] {
  try {
    check();
    return [];
  } catch (error) {
    if (error instanceof AppError && error.details?.errors) return error.details.errors;
    throw error;
  }
}
