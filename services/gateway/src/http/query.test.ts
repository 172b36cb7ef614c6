import { AppError } from '@ortoo/shared/kernel';
import fc from 'fast-check';
import { Type } from 'typebox';
import { expect, test } from 'vitest';
import { createQueryParser, splitQuery } from './query.ts';

const schema = Type.Object(
  {
    category: Type.Optional(Type.Array(Type.String({ pattern: '^[a-z-]+$' }), { maxItems: 3 })),
    sort: Type.Optional(Type.Array(Type.Enum(['name', '-name', 'createdAt']))),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
    total: Type.Optional(Type.Boolean()),
    updatedSince: Type.Optional(Type.String({ format: 'date-time' })),
    q: Type.Optional(Type.String({ maxLength: 5 })),
  },
  { additionalProperties: false },
);
const parse = (text: string) => createQueryParser(schema)(splitQuery(text));
const faultsOf = (text: string) => {
  try {
    parse(text);
  } catch (error) {
    if (error instanceof AppError) return error.details?.errors ?? [];
    throw error;
  }
  throw new Error('nothing was refused');
};

test('a repeated parameter is any of its values, a single one too', () => {
  expect(parse('category=mining&category=trade')).toEqual({ category: ['mining', 'trade'] });
  expect(parse('category=mining')).toEqual({ category: ['mining'] });
});

test('an order is a comma list', () => {
  expect(parse('sort=-name,createdAt')).toEqual({ sort: ['-name', 'createdAt'] });
});

test('texts become integers, booleans and UTC instants', () => {
  expect(parse('limit=20&total=true&updatedSince=2026-01-01T08:00:00%2B08:00')).toEqual({
    limit: 20,
    total: true,
    updatedSince: '2026-01-01T00:00:00.000Z',
  });
});

test('an unknown parameter is named with the nearest known one', () => {
  expect(faultsOf('limt=5')).toEqual([
    expect.objectContaining({ pointer: '/limt', message: 'is not a known parameter; did you mean limit?' }),
  ]);
  expect(faultsOf(`${'x'.repeat(5_000)}=1`)).toMatchObject([{ pointer: `/${'x'.repeat(100)}` }]);
});

test('all faults are told at once, each at its parameter', () => {
  const pointers = faultsOf('limit=1.5&total=yes&sort=size&updatedSince=yesterday&q=toolong&nope=1').map(
    ({ pointer }) => pointer,
  );
  expect(pointers.toSorted()).toEqual(['/limit', '/nope', '/q', '/sort/0', '/total', '/updatedSince']);
});

test.each(['2016-12-31T23:59:60Z', '9999-12-31T23:59:59-23:00', '0000-01-01T00:00:00%2B23:00'])(
  'an instant that cannot be compared as text, %s, is refused at its parameter',
  (instant) => {
    expect(faultsOf(`updatedSince=${instant}`)).toMatchObject([{ pointer: '/updatedSince' }]);
  },
);

test.each([
  'limit=',
  'limit=0',
  'limit=101',
  'limit=1e1',
  'limit=0x5',
  'limit=+5',
  'total=',
  'total=1',
  'category=a,b',
])('%s is refused', (text) => {
  expect(faultsOf(text)).toHaveLength(1);
});

test('a parameter that has one value is refused when it is given twice', () => {
  expect(faultsOf('limit=1&limit=2')).toEqual([
    expect.objectContaining({ pointer: '/limit', message: 'is given more than once' }),
  ]);
});

test.each(['__proto__=1', '__proto__=1&__proto__=2', 'constructor=1', 'toString=1', 'hasOwnProperty=x'])(
  '%s is only an unknown parameter',
  (text) => {
    expect(faultsOf(text)).toHaveLength(1);
  },
);

test('no query text does anything but parse or be refused', () => {
  const outcomeOf = (text: string) => {
    try {
      return typeof parse(text);
    } catch (error) {
      return error instanceof AppError ? error.code : error;
    }
  };
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(['object', 'VALIDATION_FAILED']).toContain(outcomeOf(text));
    }),
  );
});
