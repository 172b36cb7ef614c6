import { expect, test } from 'vitest';
import { canonicalAddress, settleUrls } from './article-urls.rules.ts';

test.each([
  ['https://News.example:443/a?utm_source=x&id=7&fbclid=1#top', 'https://news.example/a?id=7'],
  ['https://news.example/#/story/7', 'https://news.example/#/story/7'],
  ['https://news.example/#!story', 'https://news.example/#!story'],
  ['https://монгол.мон/мэдээ', 'https://xn--c1aqbeec.xn--l1acc/%D0%BC%D1%8D%D0%B4%D1%8D%D1%8D'],
  ['ftp://news.example/', undefined],
])('the page %s is %s', (address, canonical) => {
  expect(canonicalAddress(address)).toBe(canonical);
  expect(canonicalAddress(canonical ?? '')).toBe(canonical);
});

test('the canonical address is that of the page, the others stay as they lead', () => {
  const asked = 'HTTPS://News.example/a?utm_source=x#top';
  expect(settleUrls({ canonicalUrl: asked, source: { url: asked } })).toEqual({
    urls: {
      canonicalUrl: 'https://news.example/a',
      source: { url: 'https://news.example/a?utm_source=x#top' },
    },
    faults: [],
  });
});

test('an address that is none is named at its place', () => {
  const none = 'https://a b.mn';
  const { faults } = settleUrls({ canonicalUrl: none, source: { url: none } });
  expect(faults.map(({ pointer }) => pointer)).toEqual(['/source/url', '/canonicalUrl']);
});
