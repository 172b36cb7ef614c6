import fc from 'fast-check';
import { Compile } from 'typebox/compile';
import { expect, test } from 'vitest';
import type { AttributeSchema } from './attribute-schema.ts';
import { attributeFaults } from './attributes.ts';

const schema: AttributeSchema = {
  type: 'object',
  properties: {
    power: { type: 'number', minimum: 0, maximum: 100 },
    seats: { type: 'integer' },
    fuel: { type: 'string', enum: ['diesel', 'petrol'] },
    model: { type: 'string', minLength: 2, maxLength: 4 },
    isNew: { type: 'boolean' },
    colours: { type: 'array', items: { type: 'string' }, minItems: 1, maxItems: 3, uniqueItems: true },
  },
  required: ['power'],
};
const valid = { power: 7.5, seats: 2, fuel: 'diesel', model: '😀😀😀😀', isNew: false, colours: ['red'] };
const known = 'one of power, seats, fuel, model, isNew, colours';
const many = Object.fromEntries(Array.from({ length: 51 }, (_, n) => [`a${n}`, n]));

test('attributes that their schema describes pass', () => {
  expect(attributeFaults(schema, valid)).toEqual([]);
  expect(attributeFaults({ type: 'object', properties: {} }, undefined)).toEqual([]);
});

test.each([
  [undefined, '/attributes/power', 'is missing', 'a value'],
  [[], '/attributes', 'must be object', 'object'],
  [{ power: '7' }, '/attributes/power', 'must be number', 'number'],
  [{ power: Number.NaN }, '/attributes/power', 'must be number', 'number'],
  [{ power: null }, '/attributes/power', 'must be number', 'number'],
  [{ power: -1 }, '/attributes/power', 'is too small', 'at least 0'],
  [{ power: 101 }, '/attributes/power', 'is too large', 'at most 100'],
  [{ ...valid, seats: 1.5 }, '/attributes/seats', 'must be integer', 'integer'],
  [{ ...valid, fuel: 'coal' }, '/attributes/fuel', 'is not one of the allowed values', 'one of diesel, petrol'],
  [{ ...valid, model: 'X' }, '/attributes/model', 'is too short', 'at least 2 characters'],
  [{ ...valid, model: 'XXXXX' }, '/attributes/model', 'is too long', 'at most 4 characters'],
  [{ ...valid, isNew: 'no' }, '/attributes/isNew', 'must be boolean', 'boolean'],
  [{ ...valid, colours: 'red' }, '/attributes/colours', 'must be array', 'array'],
  [{ ...valid, colours: [] }, '/attributes/colours', 'has too few values', 'at least 1'],
  [{ ...valid, colours: ['a', 'b', 'c', 'd'] }, '/attributes/colours', 'has too many values', 'at most 3'],
  [{ ...valid, colours: ['a', 'a'] }, '/attributes/colours', 'has a value twice', 'each value once'],
  [{ ...valid, colours: ['a', 1] }, '/attributes/colours/1', 'must be string', 'string'],
  [{ ...valid, powr: 1 }, '/attributes/powr', 'is not an attribute of the category; did you mean power?', known],
  [{ ...valid, 'a/b': 1 }, '/attributes/a~1b', 'is not an attribute of the category', known],
  [many, '/attributes', 'has 51 attributes', 'at most 50'],
])('attributes are refused at their place: $1 $2', (attributes, pointer, message, expected) => {
  expect(attributeFaults(schema, attributes)).toEqual([
    { pointer, message, expected, reason: 'offering.attribute-invalid' },
  ]);
});

test('all faults are named at once', () => {
  const pointers = attributeFaults(schema, { fuel: 'coal', colours: [1, 2], other: {} }).map(({ pointer }) => pointer);
  expect(pointers).toEqual([
    '/attributes/power',
    '/attributes/fuel',
    '/attributes/colours/0',
    '/attributes/colours/1',
    '/attributes/other',
  ]);
});

test.each([
  [{ 'a.b': 1 }, '/attributes/a.b', 'is not the name of an attribute'],
  [Object.fromEntries([['__proto__', 1]]), '/attributes/__proto__', 'is not the name of an attribute'],
  [{ a: {} }, '/attributes/a', 'is no value'],
  [{ a: [[1]] }, '/attributes/a', 'is no value'],
  [{ a: null }, '/attributes/a', 'is no value'],
  [{ a: 'x'.repeat(2001) }, '/attributes/a', 'is too long'],
  [{ a: Array.from({ length: 51 }, () => 1) }, '/attributes/a', 'has too many values'],
])('where anything may be, this is refused still: $1 $2', (attributes, pointer, message) => {
  const open: AttributeSchema = { type: 'object', properties: {}, additionalProperties: true };
  for (const one of [open, undefined]) {
    expect(attributeFaults(one, { b: true, c: ['x', 1], ...attributes })).toMatchObject([{ pointer, message }]);
    expect(attributeFaults(one, { b: true, c: ['x', 1] })).toEqual([]);
  }
});

const text = fc.string({ minLength: 0, maxLength: 6 });
const scalarType = fc.oneof(
  fc.record({ type: fc.constant('string' as const), minLength: fc.nat(3), maxLength: fc.integer({ min: 3, max: 6 }) }),
  fc.record({ type: fc.constant('string' as const), enum: fc.uniqueArray(text, { minLength: 1, maxLength: 3 }) }),
  fc.record({ type: fc.constantFrom('number' as const, 'integer' as const), minimum: fc.integer({ max: 0 }) }),
  fc.record({ type: fc.constant('boolean' as const) }),
);
const attributeType = fc.oneof(
  scalarType,
  fc.record({ type: fc.constant('array' as const), items: scalarType, maxItems: fc.nat(3), uniqueItems: fc.boolean() }),
);
const name = fc.constantFrom('a', 'b', 'c', 'd');
const anySchema: fc.Arbitrary<AttributeSchema> = fc
  .tuple(fc.dictionary(name, attributeType), fc.uniqueArray(name))
  .map(([properties, wanted]) => ({
    type: 'object',
    properties,
    required: wanted.filter((one) => one in properties),
    additionalProperties: false,
  }));
const scalar = fc.oneof(text, fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean());
const anyAttributes = fc.dictionary(name, fc.oneof(scalar, fc.array(scalar, { maxLength: 4 }), fc.constant(null)));

test('there are faults exactly where a validator of JSON Schema finds some', () => {
  fc.assert(
    fc.property(anySchema, anyAttributes, (one, attributes) => {
      expect(attributeFaults(one, attributes).length === 0).toBe(Compile(one).Check(attributes));
    }),
    { numRuns: 500 },
  );
});
