import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readForLog, toLoggedQuery } from './query-log.rules.ts';

const company = 'company_01h455vb4pex5vsknk084sn02q';

describe('a query is kept', () => {
  test.each([
    ['  Gobi   CEMENT ', 'gobi cement'],
    ['ＧＯＢＩ\u00a0cement\n', 'gobi cement'],
    ['Говь Цемент ХХК', 'говь цемент ххк'],
    ['hs 252329', 'hs 252329'],
    ['GOST 10178-85', 'gost 10178-85'.replace('10178-85', '[number]')],
    ['budget 2026', 'budget 2026'],
    ['m400 cement 50 kg', 'm400 cement 50 kg'],
    ['meet at gobi', 'meet at gobi'],
    [undefined, ''],
    ['', ''],
  ])('%j as %j', (typed, kept) => {
    expect(readForLog(typed).query).toBe(kept);
  });
});

describe('what names a person by its form is masked', () => {
  test.each([
    ['bat.dorj@gobi.example', '[e-mail]'],
    ['mail Bat+1@gobi.example, please', 'mail [e-mail] please'],
    ['bat ＠ gobi.example', '[e-mail]'],
    ['bat(at)gobi.example', '[e-mail]'],
    ['bat [at] gobi.example', '[e-mail]'],
    ['@batdorj', '[e-mail]'],
    ['+976 9911 2233', '[number]'],
    ['call 99112233 now', 'call [number] now'],
    ['9911-22-33', '[number]'],
    ['(976) 99.11.22.33', '([number]'],
    ['９９１１２２３３', '[number]'],
    ['٩٩١١٢٢٣٣', '[number]'],
    ['9\u200b9\u200b1\u200b1\u200b2\u200b2\u200b3\u200b3', '[number]'],
    ['УБ90010112', '[number]'],
    ['уб 90010112 bat', '[number] bat'],
    ['1990-01-12', '[number]'],
    ['4111 1111 1111 1111', '[number]'],
    ['99112233 88112233', '[number]'],
    ['a@b.example 99112233', '[e-mail] [number]'],
  ])('%j is kept as %j', (typed, kept) => {
    expect(readForLog(typed)).toEqual({ query: kept, isMasked: true });
  });

  test('whatever stands around it', () => {
    const digit = fc.integer({ min: 0, max: 9 });
    const around = fc.string({ unit: 'grapheme', maxLength: 40 });
    fc.assert(
      fc.property(around, fc.array(digit, { minLength: 7, maxLength: 16 }), around, (before, digits, after) => {
        expect(readForLog(before + digits.join('') + after).query).not.toMatch(/\p{Nd}{7}/u);
        expect(readForLog(`${before}a@b${after}`).query).not.toContain('@');
      }),
    );
  });
});

test('of a search are kept what was asked for by name, how much was found, and how long it took', () => {
  const request = {
    q: 'Bat 99112233',
    kinds: ['company' as const, 'company' as const],
    region: ['MN-053'],
    near: '47.9,106.9',
    companyId: [company],
    highlight: true,
    facets: ['kind'],
    sort: 'newest',
    limit: 20,
    lang: 'mn' as const,
    view: 'public' as const,
  };
  const searched = {
    request,
    found: { total: { value: 3, relation: 'eq' as const }, relaxed: null },
    startedMs: 1_000,
  };
  expect(toLoggedQuery('query_x', searched, 1_017)).toEqual({
    id: 'query_x',
    query: 'bat [number]',
    isMasked: true,
    kinds: ['company'],
    filters: ['region', 'companyId', 'near'],
    hits: 3,
    isRelaxed: false,
    lang: 'mn',
    isOfStaff: false,
    latencyMs: 17,
    atMs: 1_017,
  });
});

test.each([
  ['a search of staff', { view: 'staff' as const }, { isOfStaff: true }],
  ['a search of an editor', { view: 'public' as const, staffOf: ['article' as const] }, { isOfStaff: true }],
  [
    'a search that waited',
    { view: 'public' as const, waitFor: ['company_x:1'] },
    { isOfStaff: false, latencyMs: null },
  ],
])('%s is known as one', (_what, asked, kept) => {
  const found = { total: { value: 0, relation: 'eq' as const }, relaxed: null };
  const query = toLoggedQuery('query_x', { request: { lang: 'en', ...asked }, found, startedMs: 0 }, 5);
  expect(query).toMatchObject({ query: '', isMasked: false, kinds: [], filters: [], hits: 0, ...kept });
});

test('a search that was answered with a typo let pass is known as one', () => {
  const relaxed = { reason: 'few-hits' as const, by: ['typo' as const] };
  const found = { total: { value: 1, relation: 'eq' as const }, relaxed };
  const request = { q: 'govi cemnt', lang: 'en' as const, view: 'public' as const };
  expect(toLoggedQuery('query_x', { request, found, startedMs: 0 }, 5)).toMatchObject({ hits: 1, isRelaxed: true });
});
