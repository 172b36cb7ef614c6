/** Which side reads by the schema: a request is read by us, a reply by callers whom we cannot change. */
export type Direction = 'request' | 'reply';

export type Schema = {
  enum?: unknown[];
  properties?: Record<string, Schema>;
  patternProperties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: unknown;
  items?: Schema;
  anyOf?: Schema[];
  [keyword: string]: unknown;
};

const UPPER = ['maximum', 'maxLength', 'maxItems', 'maxProperties'];
const LOWER = ['minimum', 'minLength', 'minItems', 'minProperties'];
/** Keywords that are compared by their meaning; annotations, which nobody reads by; all others must stay as they are. */
const MEANT = ['properties', 'patternProperties', 'required', 'additionalProperties', 'items', 'anyOf', 'enum'];
const ANNOTATIONS = ['$id', '$comment', 'title', 'description', 'default', 'examples', 'deprecated'];
const KNOWN = new Set([...UPPER, ...LOWER, ...MEANT, ...ANNOTATIONS]);

/**
 * What callers of `before` would notice of `after` as broken, a sentence with its place each. Additions (an optional
 * member in a request, any member in a reply, a wider limit in a request) are none.
 */
export function findBreaks(before: Schema, after: Schema, direction: Direction, place = ''): string[] {
  const at = (what: string) => `${place || '/'}: ${what}`;
  const breaks = [
    ...otherBreaks(before, after, direction),
    ...limitBreaks(before, after, direction),
    ...memberBreaks(before, after, direction),
  ].map(at);
  if (before.items && after.items) breaks.push(...findBreaks(before.items, after.items, direction, `${place}/*`));
  before.anyOf?.forEach((branch, index) => {
    const twin = after.anyOf?.[index];
    if (!twin) breaks.push(at(`alternative ${index} was removed`));
    else breaks.push(...findBreaks(branch, twin, direction, `${place}|${index}`));
  });
  for (const group of ['properties', 'patternProperties'] as const) {
    for (const [name, member] of Object.entries(before[group] ?? {})) {
      const twin = after[group]?.[name];
      if (!twin) breaks.push(`${place}/${name}: was removed`);
      else breaks.push(...findBreaks(member, twin, direction, `${place}/${name}`));
    }
  }
  return breaks;
}

/** A constraint that goes is a gift to who sends; one that comes is a gift to who reads. */
function otherBreaks(before: Schema, after: Schema, direction: Direction): string[] {
  const freed = direction === 'request' ? after : before;
  const breaks = Object.keys({ ...before, ...after })
    .filter((keyword) => !KNOWN.has(keyword) && JSON.stringify(before[keyword]) !== JSON.stringify(after[keyword]))
    .filter((keyword) => keyword === 'type' || freed[keyword] !== undefined)
    .map((keyword) => `${keyword} was ${JSON.stringify(before[keyword])}, is ${JSON.stringify(after[keyword])}`);
  const [loose, tight] = direction === 'request' ? [before, after] : [after, before];
  for (const keyword of ['items', 'enum', 'anyOf']) {
    if (tight[keyword] && !loose[keyword])
      breaks.push(`${keyword} ${direction === 'request' ? 'was added' : 'is gone'}`);
  }
  return breaks;
}

function limitBreaks(before: Schema, after: Schema, direction: Direction): string[] {
  const isNarrower = (keyword: string, sign: number) => {
    const was = before[keyword] as number | undefined;
    const is = after[keyword] as number | undefined;
    if (direction === 'request') return is !== undefined && (was === undefined || sign * is < sign * was);
    return was !== undefined && (is === undefined || sign * is > sign * was);
  };
  return [...UPPER.map((keyword) => [keyword, 1] as const), ...LOWER.map((keyword) => [keyword, -1] as const)]
    .filter(([keyword, sign]) => isNarrower(keyword, sign))
    .map(([keyword]) => `${keyword} was ${String(before[keyword])}, is ${String(after[keyword])}`);
}

function memberBreaks(before: Schema, after: Schema, direction: Direction): string[] {
  const was = new Set(before.required ?? []);
  const is = new Set(after.required ?? []);
  const breaks: string[] = [];
  if (direction === 'request') {
    for (const name of is) if (!was.has(name)) breaks.push(`${name} became required`);
    if (before.additionalProperties !== false && after.additionalProperties === false) breaks.push('became closed');
  } else {
    for (const name of was) if (!is.has(name)) breaks.push(`${name} is no longer certain`);
  }
  const kept = new Set(after.enum ?? []);
  for (const value of before.enum ?? []) {
    if (after.enum && !kept.has(value)) breaks.push(`${String(value)} is no longer allowed`);
  }
  return breaks;
}
