import type { CompanyInput } from '@ortoo/shared/contracts';
import { expect, test } from 'vitest';
import { matchKeysOf, rankDuplicates, splitKeys } from './company-duplicates.rules.ts';
import { nameWords } from './company-name-words.rules.ts';

const named = (mn: string, more: Partial<CompanyInput> = {}): CompanyInput => ({
  displayName: { mn },
  categories: { primary: 'construction' },
  ...more,
});
const phone = (e164: string): Partial<CompanyInput> => ({ contacts: [{ name: 'B', phone: { raw: e164, e164 } }] });
const stateOf = (company: CompanyInput) => ({ ...company, matchKeys: matchKeysOf(company) });
const rank = (company: CompanyInput, others: CompanyInput[]) =>
  rankDuplicates(
    stateOf(company),
    others.map((other, place) => ({ id: `company_${place}`, state: stateOf(other) })),
    'mn',
  );
const words = (name: string) => nameWords(name).join(' ');

test('the keys are phones of locations and contacts, hosts, whole names, and pairs of rare words', () => {
  const company = named('Говь Цемент Трейд ХХК', {
    ...phone('+97699112233'),
    locations: [{ kind: 'hq', address: {}, phones: [{ raw: '7', e164: '+97670123456' }, { raw: 'unsettled' }] }],
    websites: ['https://www.gobi.mn/mn', 'https://facebook.com/Gobi.Cement/posts', 'https://facebook.com/', 'nonsense'],
  });
  expect(matchKeysOf(company)).toEqual([
    't:+97670123456',
    't:+97699112233',
    'h:gobi.mn',
    'h:facebook.com/gobi.cement',
    `n:${words('Говь Цемент Трейд')}`,
    `n:${words('Говь Цемент')}`,
    `p:${words('Говь Цемент')}`,
  ]);
});

test('words that thousands share are never a key by themselves, nor are numbers', () => {
  const name = (text: string) => matchKeysOf(named(text));
  expect(name('Монгол Констракшн')).toEqual([`n:${words('Монгол Констракшн')}`]);
  expect(name('Монгол 21')).toEqual([`n:${words('Монгол 21')}`]);
  expect(name('Монгол Цемент')).toEqual([`n:${words('Монгол Цемент')}`, `n:${words('Цемент')}`]);
  expect(name('***')).toEqual([]);
});

test('a company with very many names and phones has at most 60 keys, phones first', () => {
  const altNames = Array.from({ length: 20 }, (_, n) => ({ en: `Alpha${n} Beta${n} Gamma${n} Delta${n} Epsilon${n}` }));
  const keys = matchKeysOf(named('Говь', { ...phone('+97699112233'), altNames }));
  expect(keys).toHaveLength(60);
  expect(keys[0]).toBe('t:+97699112233');
});

test('keys that few share are looked up apart from the rest', () => {
  expect(splitKeys(['t:1', 'p:a b', 'n:a', 'h:x'])).toEqual({ strong: ['t:1', 'n:a', 'h:x'], weak: ['p:a b'] });
});

test.each([
  ['the same name in another script', named('Говь Цемент ХХК'), named('Gobi Cement LLC'), ['name'], 0.8],
  ['a name with a word more', named('Говь Цемент'), named('Говь Цемент Бетон'), ['name'], 0.53],
  ['the same phone', named('Говь', phone('+97699112233')), named('Алтай', phone('+97699112233')), ['phone'], 0.5],
  [
    'the same site',
    named('Говь', { websites: ['https://x.mn/'] }),
    named('Алтай', { websites: ['https://www.x.mn/a'] }),
    ['website'],
    0.6,
  ],
  [
    'all of it',
    named('Говь', { ...phone('+97699112233'), websites: ['https://x.mn/'] }),
    named('Govi', { ...phone('+97699112233'), websites: ['http://x.mn/'] }),
    ['name', 'phone', 'website'],
    0.96,
  ],
] as const)('%s makes a company a candidate', (...[, company, other, reasons, score]) => {
  const display = { lang: 'mn', name: other.displayName.mn };
  expect(rank(company, [other])).toEqual([
    { id: 'company_0', display, url: '/v1/companies/company_0', reasons, score },
  ]);
});

test.each([
  ['a common word', named('Монгол Цемент'), named('Монгол Алт')],
  ['a category in the name', named('Алтай Констракшн'), named('Говь Констракшн')],
  [
    'a page among many',
    named('Говь', { websites: ['https://facebook.com/govi'] }),
    named('Алтай', { websites: ['https://facebook.com/altai'] }),
  ],
])('%s alone makes none', (_what, company, other) => {
  expect(rank(company, [other])).toEqual([]);
});

test('the surest come first, at most five', () => {
  const far = Array.from({ length: 7 }, () => named('Говь Цемент Бетон'));
  const found = rank(named('Говь Цемент', phone('+97699112233')), [
    ...far,
    named('Gobi Cement', phone('+97699112233')),
  ]);
  expect(found.map(({ id }) => id)).toEqual(['company_7', 'company_0', 'company_1', 'company_2', 'company_3']);
});
