import { expect, test } from 'vitest';
import type { AppError, Fault } from '../../kernel/errors.ts';
import { createParser } from '../parse.ts';
import { type AttributeSchema, attributeSchemaFaults } from './attribute-schema.ts';
import { CategoryInput } from './category.ts';
import { Crosswalk, crosswalkFaults } from './crosswalk.ts';

const parse = createParser(CategoryInput);

function faultsOf(attributeSchema: object): Partial<Fault>[] {
  try {
    parse({ id: 'coal', parent: 'mining', name: { en: 'Coal' }, attributeSchema });
  } catch (error) {
    return (error as AppError).details?.errors ?? [];
  }
  return attributeSchemaFaults(attributeSchema as AttributeSchema).map(({ reason: _reason, ...fault }) => fault);
}

const of = (type: object, more: object = {}) => ({ type: 'object', properties: { power: type }, ...more });

test.each([
  of({ type: 'number', title: 'Power', titles: { mn: 'Чадал' }, minimum: 0, maximum: 10 }),
  of({ type: 'string', enum: ['a', 'b'], maxLength: 10 }, { required: ['power'], additionalProperties: true }),
  of({ type: 'array', items: { type: 'integer', enum: [1, 2] }, minItems: 1, maxItems: 3, uniqueItems: true }),
  of({ type: 'boolean', description: 'Whether it has power.' }, { title: 'Machines' }),
  { type: 'object', properties: {} },
])('%j is in the subset', (schema) => {
  expect(faultsOf(schema)).toEqual([]);
});

const manyProperties = Object.fromEntries(Array.from({ length: 51 }, (_, n) => [`p${n}`, { type: 'boolean' }]));
const longProperties = Object.fromEntries(
  Array.from({ length: 40 }, (_, n) => [`p${n}`, { type: 'string', description: 'ө'.repeat(300) }]),
);

test.each([
  [{ properties: {} }, '/attributeSchema/type', 'is missing', 'a value'],
  [{ type: 'object' }, '/attributeSchema/properties', 'is missing', 'a value'],
  [{ type: 'array', properties: {} }, '/attributeSchema/type', 'is not the allowed value', '"object"'],
  [
    { type: 'object', properties: manyProperties },
    '/attributeSchema/properties',
    'must not have more than 50 properties',
    'limit 50',
  ],
  [{ type: 'object', properties: longProperties }, '/attributeSchema', 'has 25662 bytes', 'at most 16384'],
  [
    of({ type: 'string' }, { $ref: '#/x' }),
    '/attributeSchema/$ref',
    'is not a known member',
    'one of type, title, description, properties, required, additionalProperties',
  ],
  [
    of({ type: 'string' }, { required: ['power', 'size'] }),
    '/attributeSchema/required/1',
    'is not described',
    'one of power',
  ],
  [
    of({ type: 'string', pattern: '(a+)+$' }),
    '/attributeSchema/properties/power/pattern',
    'is not a known member',
    expect.stringContaining('one of type, title'),
  ],
  [
    of({ type: 'object' }),
    '/attributeSchema/properties/power/type',
    'is not one of the allowed values',
    'one of string, number, integer, boolean, array',
  ],
  [of({ enum: ['a'] }), '/attributeSchema/properties/power/type', 'is missing', 'a value'],
  [
    of({ type: 'string', minimum: 1 }),
    '/attributeSchema/properties/power/minimum',
    'does not bound a string',
    'one of enum, minLength, maxLength',
  ],
  [
    of({ type: 'boolean', enum: [1] }),
    '/attributeSchema/properties/power/enum',
    'does not bound a boolean',
    'no bound',
  ],
  [
    of({ type: 'number', minimum: 3, maximum: 2 }),
    '/attributeSchema/properties/power/maximum',
    'is less than minimum',
    'at least 3',
  ],
  [
    of({ type: 'string', minLength: 3, maxLength: 2 }),
    '/attributeSchema/properties/power/maxLength',
    'is less than minLength',
    'at least 3',
  ],
  [
    of({ type: 'string', maxLength: 2001 }),
    '/attributeSchema/properties/power/maxLength',
    'must be <= 2000',
    'limit 2000',
  ],
  [of({ type: 'string', enum: ['a', 1] }), '/attributeSchema/properties/power/enum/1', 'is no string', 'a string'],
  [of({ type: 'integer', enum: [1.5] }), '/attributeSchema/properties/power/enum/0', 'is no integer', 'a integer'],
  [
    of({ type: 'array' }),
    '/attributeSchema/properties/power/items',
    'is missing',
    'the type of the values in the list',
  ],
  [
    of({ type: 'array', items: { type: 'array' } }),
    '/attributeSchema/properties/power/items/type',
    'is not one of the allowed values',
    'one of string, number, integer, boolean',
  ],
  [
    of({ type: 'array', items: { type: 'string' }, minItems: 2, maxItems: 1 }),
    '/attributeSchema/properties/power/maxItems',
    'is less than minItems',
    'at least 2',
  ],
  [
    of({ type: 'array', items: { type: 'string', minimum: 2 } }),
    '/attributeSchema/properties/power/items/minimum',
    'does not bound a string',
    'one of enum, minLength, maxLength',
  ],
])('a schema is refused at its place: $1 $2', (schema, pointer, message, expected) => {
  expect(faultsOf(schema)).toEqual([{ pointer, message, expected }]);
});

test.each(['power kW', '2nd', 'a.b', '$set', 'чадал', 'constructor', '__proto__', 'a'.repeat(41)])(
  'an attribute is not called %s',
  (name) => {
    const properties = Object.fromEntries([[name, { type: 'string' }]]);
    expect(faultsOf({ type: 'object', properties })).toMatchObject([
      { pointer: expect.stringContaining('/attributeSchema/properties/') },
    ]);
  },
);

test('codes of other classifications are two digits; what is unchecked is among them', () => {
  const parseCrosswalk = createParser(Crosswalk);
  const crosswalk = parseCrosswalk({ isic4: ['05', '07'], hs: ['26'], unchecked: ['hs:26'] });
  expect(crosswalkFaults(crosswalk)).toEqual([]);
  expect(crosswalkFaults({ ...crosswalk, unchecked: ['hs:26', 'unspsc:26'] })).toEqual([
    {
      pointer: '/crosswalk/unchecked/1',
      message: 'unspsc:26 is not among the codes',
      expected: 'one of the codes, as <system>:<code>',
      reason: 'category.crosswalk-invalid',
    },
  ]);
  for (const bad of [{ isic4: ['5'] }, { hs: ['26', '26'] }, { naics: ['21'] }, { unchecked: ['26'] }])
    expect(() => parseCrosswalk(bad)).toThrow(expect.objectContaining({ code: 'VALIDATION_FAILED' }));
});
