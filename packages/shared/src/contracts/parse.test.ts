import { Type } from 'typebox';
import { expect, test } from 'vitest';
import { systemClock } from '../kernel/clock.ts';
import type { AppError, Fault } from '../kernel/errors.ts';
import { closed } from './atoms.ts';
import { CompanyInput } from './catalog/company.ts';
import { ArticleInput } from './news/article.ts';
import { createParser } from './parse.ts';

const company = { displayName: { mn: 'Говь Цемент ХХК' }, categories: { primary: 'construction' } };
const article = { language: 'en', headline: 'A road opens', summary: 'It is open.' };

function faults(parse: (value: unknown) => unknown, value: unknown): Fault[] {
  try {
    parse(value);
  } catch (error) {
    return (error as AppError).details?.errors ?? [];
  }
  return [];
}

const parseCompany = createParser(CompanyInput);
const parseArticle = createParser(ArticleInput);

test('a valid body is answered as it came, not copied', () => {
  expect(parseCompany(company)).toBe(company);
});

test.each([
  [{ ...company, displayName: undefined }, '/displayName', 'is missing'],
  [{ ...company, displayNme: {} }, '/displayNme', 'did you mean displayName?'],
  [{ ...company, displayName: {} }, '/displayName', 'properties'],
  [{ ...company, displayName: { mn: '   ' } }, '/displayName/mn', 'not in the expected form'],
  [{ ...company, displayName: { de: 'x' } }, '/displayName/de', 'is not a known member'],
  [{ ...company, legalForm: 'gmbh' }, '/legalForm', 'is not one of the allowed values'],
  [{ ...company, foundedYear: '1999' }, '/foundedYear', 'must be integer'],
  [{ ...company, registrationNumber: '12' }, '/registrationNumber', 'not in the expected form'],
  [{ ...company, websites: ['ftp://x.example'] }, '/websites/0', 'not in the expected form'],
  [{ ...company, contacts: [{ name: 'B', email: 'no' }] }, '/contacts/0/email', 'not in the expected form'],
  [
    { ...company, locations: [{ kind: 'hq', address: { regoin: 'MN-1' } }] },
    '/locations/0/address/regoin',
    'did you mean region?',
  ],
  [{ ...company, 'a/b': 1 }, '/a~1b', 'is not a known member'],
])('a fault is named at its own place: %j', (value, pointer, message) => {
  const input = JSON.parse(JSON.stringify(value)) as unknown;
  expect(faults(parseCompany, input)).toContainEqual(
    expect.objectContaining({ pointer, message: expect.stringContaining(message) }),
  );
});

test('all faults are named at once', () => {
  const pointers = faults(parseCompany, { legalForm: 'x', foundedYear: 1 }).map((fault) => fault.pointer);
  expect(pointers).toEqual(expect.arrayContaining(['/displayName', '/categories', '/legalForm', '/foundedYear']));
});

test('a block of unknown type is one fault that lists the types', () => {
  expect(faults(parseArticle, { ...article, body: [{ type: 'table', text: 'x' }] })).toEqual([
    {
      pointer: '/body/0/type',
      message: 'is not one of the allowed values',
      expected: 'one of heading, paragraph, quote, list, image',
    },
  ]);
});

test('a fault inside a block is named for the type that the block claims', () => {
  expect(faults(parseArticle, { ...article, body: [{ type: 'heading', level: 9, text: 'x' }] })).toEqual([
    expect.objectContaining({ pointer: '/body/0/level' }),
  ]);
});

test.each([
  ['a member', parseCompany, { ...company, [`displayNam${'e'.repeat(250_000)}`]: 1 }],
  ['many members', parseCompany, Object.fromEntries(Array.from({ length: 20_000 }, (_, n) => [`displayNam${n}`, 1]))],
  ['a text', parseArticle, { ...article, source: { domain: `${'a.'.repeat(125_000)} ` } }],
])('%s as large as a body is refused within a moment, without an echo of it', (_what, parse, body) => {
  const startMs = systemClock.nowMs();
  const found = faults(parse, body);
  expect(systemClock.nowMs() - startMs).toBeLessThan(1_000);
  expect(found.length).toBeGreaterThan(0);
  expect(JSON.stringify(found).length).toBeLessThan(50_000);
});

test('no more than fifty faults are answered', () => {
  const parse = createParser(Type.Object({}, closed));
  const body = Object.fromEntries(Array.from({ length: 80 }, (_, n) => [`member${n}`, 1]));
  expect(faults(parse, body)).toHaveLength(50);
});
