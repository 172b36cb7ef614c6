import { describe, expect, test } from 'vitest';
import { collectContracts, findDrift } from './contract-drift.ts';
import { type Direction, findBreaks, type Schema } from './schema-breaks.ts';

const text = { type: 'string', maxLength: 100 };
const open = { type: 'object', required: ['id'], properties: { id: text, name: text } };
const closed = { ...open, additionalProperties: false };
const kinds = { enum: ['draft', 'published'] };
const list = { type: 'array', items: text, maxItems: 10 };
const either = { anyOf: [text, { type: 'null' }] };

const without = (schema: Schema, ...keywords: string[]): Schema =>
  Object.fromEntries(Object.entries(schema).filter(([keyword]) => !keywords.includes(keyword)));
const withName = (name: Schema): Schema => ({ ...closed, properties: { id: text, name } });

const breaking: [what: string, direction: Direction, before: Schema, after: Schema, named: string][] = [
  [
    'a property that is gone from a request',
    'request',
    closed,
    { ...closed, properties: { id: text } },
    '/name: was removed',
  ],
  ['a property that is gone from a reply', 'reply', open, { ...open, properties: { id: text } }, '/name: was removed'],
  [
    'a member that became required',
    'request',
    closed,
    { ...closed, required: ['id', 'name'] },
    '/: name became required',
  ],
  ['a member that is no longer certain', 'reply', open, { ...open, required: [] }, '/: id is no longer certain'],
  ['a request that became closed', 'request', open, closed, '/: became closed'],
  ['an enum value that is gone', 'request', kinds, { enum: ['draft'] }, '/: published is no longer allowed'],
  ['a request that was free and has an enum now', 'request', {}, kinds, '/: enum was added'],
  ['a lower maximum in a request', 'request', text, { ...text, maxLength: 50 }, '/: maxLength was 100, is 50'],
  ['a new maximum in a request', 'request', { type: 'string' }, text, '/: maxLength was undefined, is 100'],
  ['a higher minimum in a request', 'request', { minimum: 1 }, { minimum: 2 }, '/: minimum was 1, is 2'],
  ['a higher maximum in a reply', 'reply', text, { ...text, maxLength: 200 }, '/: maxLength was 100, is 200'],
  ['a maximum that is gone from a reply', 'reply', text, { type: 'string' }, '/: maxLength was 100, is undefined'],
  ['another type', 'reply', text, { type: 'number', maxLength: 100 }, '/: type was "string", is "number"'],
  ['another pattern', 'request', { pattern: '^a' }, { pattern: '^b' }, '/: pattern was "^a", is "^b"'],
  ['a new pattern in a request', 'request', text, { ...text, pattern: '^a' }, '/: pattern was undefined, is "^a"'],
  ['a format that is gone from a reply', 'reply', { format: 'uri' }, {}, '/: format was "uri", is undefined'],
  [
    'a keyword that this comparison does not know',
    'request',
    list,
    { ...list, uniqueItems: true },
    '/: uniqueItems was',
  ],
  ['another constant', 'reply', { const: 'image' }, { const: 'picture' }, '/: const was "image", is "picture"'],
  ['an alternative that is gone', 'reply', either, { anyOf: [text] }, '/: alternative 1 was removed'],
  [
    'what breaks inside a list',
    'request',
    list,
    { ...list, items: { ...text, maxLength: 5 } },
    '/*: maxLength was 100',
  ],
  ['a list in a reply of which the items may be anything', 'reply', list, without(list, 'items'), '/: items is gone'],
  [
    'what breaks deep inside',
    'request',
    withName({ ...list }),
    withName({ ...list, maxItems: 1 }),
    '/name: maxItems was 10',
  ],
  [
    'what breaks in a record',
    'request',
    { patternProperties: { '^x': text } },
    { patternProperties: { '^x': { ...text, maxLength: 1 } } },
    '/^x: maxLength was 100, is 1',
  ],
];

const additions: [what: string, direction: Direction, before: Schema, after: Schema][] = [
  [
    'an optional member in a request',
    'request',
    closed,
    { ...closed, properties: { ...closed.properties, note: text } },
  ],
  [
    'a member in a reply',
    'reply',
    open,
    { ...open, required: ['id', 'note'], properties: { ...open.properties, note: text } },
  ],
  ['a member that is no longer required in a request', 'request', closed, { ...closed, required: [] }],
  ['a member that became certain in a reply', 'reply', open, { ...open, required: ['id', 'name'] }],
  ['a request that became open', 'request', closed, open],
  ['an enum value', 'request', kinds, { enum: [...kinds.enum, 'archived'] }],
  ['an enum that became free in a request', 'request', kinds, {}],
  ['a higher maximum in a request', 'request', text, { ...text, maxLength: 200 }],
  ['a maximum that is gone from a request', 'request', text, { type: 'string' }],
  ['a lower minimum in a request', 'request', { minimum: 2 }, { minimum: 1 }],
  ['a lower maximum in a reply', 'reply', text, { ...text, maxLength: 50 }],
  ['a pattern that is gone from a request', 'request', { pattern: '^a' }, {}],
  ['a new format in a reply', 'reply', {}, { format: 'uri' }],
  ['an alternative', 'request', either, { anyOf: [...either.anyOf, { type: 'number' }] }],
  ['another text for people', 'reply', { ...text, description: 'A name.' }, { ...text, description: 'The name.' }],
];

describe('the contract drift gate', () => {
  test.each(breaking)('names %s (%s)', (...[, direction, before, after, named]) => {
    expect(findBreaks(before, after, direction)).toEqual([expect.stringContaining(named)]);
  });

  test.each(additions)('takes %s for an addition (%s)', (_what, direction, before, after) => {
    expect(findBreaks(before, after, direction)).toEqual([]);
  });

  test.each(breaking)('finds nothing when %s (%s) stays as it was', (_what, direction, before, after) => {
    expect(findBreaks(before, before, direction)).toEqual([]);
    expect(findBreaks(after, after, direction)).toEqual([]);
  });

  test('names the contract that broke, and one that is gone', () => {
    const before = {
      ask: { direction: 'request', schema: closed },
      answer: { direction: 'reply', schema: open },
    } as const;
    const after = { ask: { direction: 'request', schema: withName({ ...text, maxLength: 1 }) } } as const;
    expect(findDrift(before, after)).toEqual(['ask /name: maxLength was 100, is 1', 'answer was removed']);
    expect(findDrift(after, { ...after, more: before.answer })).toEqual([]);
  });

  test('holds the request and the reply of each call, and the documents', () => {
    const names = Object.keys(collectContracts());
    expect(names).toEqual(expect.arrayContaining(['Company', 'Article', 'Category', 'Change']));
    expect(names.filter((name) => name.endsWith(' request')).length).toBeGreaterThan(10);
    expect(names.some((name) => name.endsWith(' reply'))).toBe(true);
  });
});
