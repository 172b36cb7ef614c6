import { expect, test } from 'vitest';
import { negotiateLanguage } from './language.ts';

test.each([
  [undefined, 'en'],
  ['', 'en'],
  ['mn', 'mn'],
  ['mn-MN,mn;q=0.9,en;q=0.5', 'mn'],
  ['en;q=0.3, ru;q=0.8', 'ru'],
  ['zh-Hans-CN', 'zh'],
  ['de-DE, ko;q=0.1', 'ko'],
  ['de', 'en'],
  ['*', 'en'],
  ['mn;q=0, ru', 'ru'],
  ['not a language ;;; q=x', 'en'],
  [Array.from({ length: 500 }, (_, i) => `x${i}`).join(','), 'en'],
])('Accept-Language %j is answered in %s', (header, language) => {
  expect(negotiateLanguage(header)).toBe(language);
});
