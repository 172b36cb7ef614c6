import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createUrlSettler, normalizeWebUrl } from './web-url.ts';

test.each([
  ['https://монгол.мон/', 'https://xn--c1aqbeec.xn--l1acc/'],
  ['https://example.mn/хайлт?q=ө', 'https://example.mn/%D1%85%D0%B0%D0%B9%D0%BB%D1%82?q=%D3%A9'],
  ['HTTPS://Gobi.MN', 'https://gobi.mn/'],
  ['http://example.mn:80/A/../B', 'http://example.mn/B'],
])('%s is stored as %s', (typed, stored) => {
  expect(normalizeWebUrl(typed)).toBe(stored);
});

test.each([
  'ftp://example.mn',
  'javascript:alert(1)',
  'example.mn',
  'https://',
  'https://exa mple.mn',
  'https://example.mn:99999',
  `https://example.mn/${'ө'.repeat(500)}`,
])('%.40s is no web address', (typed) => {
  expect(normalizeWebUrl(typed)).toBeUndefined();
});

test('normalising twice is normalising once', () => {
  fc.assert(
    fc.property(fc.webUrl({ withFragments: true, withQueryParameters: true }), (typed) => {
      const once = normalizeWebUrl(typed);
      expect(once === undefined ? undefined : normalizeWebUrl(once)).toBe(once);
    }),
  );
});

test('two spellings of one address are one, and what is none is a fault at its place', () => {
  const { settleAll, faults } = createUrlSettler('company.url-invalid');
  expect(settleAll(['https://gobi.mn', 'HTTPS://GOBI.MN/', 'https://a b/'], '/websites')).toEqual([
    'https://gobi.mn/',
    'https://a b/',
  ]);
  expect(faults).toEqual([expect.objectContaining({ pointer: '/websites/2', reason: 'company.url-invalid' })]);
});
