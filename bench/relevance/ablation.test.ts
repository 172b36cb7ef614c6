import { expect, test } from 'vitest';
import { ablations } from './ablation.ts';

const word = (query: string) => ({ multi_match: { query, type: 'best_fields', fields: ['title.en'] } });
const key = { match: { 'name_all.skeleton': 'gobi cement' } };
const phrase = { multi_match: { query: 'gobi cement', type: 'phrase' } };
const bodyOf = (should: object[]) => ({ query: { bool: { must: [{ bool: { should } }] } }, size: 10 });
const cut = (name: string, body: object) => ablations.find((one) => one.name === name)?.cut({ ...body });

test.each([
  ['without skeleton', [word('gobi'), word('cement'), phrase]],
  ['without phrase bonus', [word('gobi'), word('cement'), key]],
  ['without term-centric scoring', [word('gobi cement'), key, phrase]],
  ['without prefix', [word('gobi'), word('cement'), key, phrase]],
])('%s takes away what it says and nothing else', (name, left) => {
  expect(cut(name, bodyOf([word('gobi'), word('cement'), key, phrase]))).toEqual(bodyOf(left));
});

test('without second look nothing is asked by trigrams, and all else as it is', () => {
  const near = { query: { match: { 'name_all.tri': 'gobi' } } };
  expect(cut('without second look', near)).toBeNull();
  expect(cut('without second look', bodyOf([key]))).toEqual(bodyOf([key]));
});
