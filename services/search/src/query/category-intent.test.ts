import { wordsOf } from '@ortoo/shared/contracts';
import { describe, expect, test } from 'vitest';
import portalCategories from '../../../../data/categories.json' with { type: 'json' };
import { buildLexicon, findIntent } from './category-intent.ts';

const lexicon = buildLexicon(portalCategories.map(({ id, name, synonyms }) => ({ code: id, name, synonyms })));
const intentOf = (q: string) => findIntent(lexicon, wordsOf(q));
const codesOf = (q: string) => intentOf(q).map(({ code }) => code);

describe('the category is meant, however it is typed', () => {
  test.each([
    ['Construction', 'construction'],
    ['барилга', 'construction'],
    ['barilga', 'construction'],
    ['барилгын материалын', 'construction'],
    ['barilgyn material', 'construction'],
    ['уул уурхай', 'mining-services'],
    ['uul uurhai', 'mining-equipment'],
    ['mining', 'mining-equipment'],
    ['эмнэлгүүд', 'health'],
    ['hospitals', 'health'],
    ['больница', 'health'],
    ['daatgal', 'insurance'],
    ['건설', 'construction'],
    ['建筑材料', 'construction'],
    ['Engineer, Architecture and Geodesy', 'engineering-architecture-geodesy'],
  ])('%s means %s', (q, code) => {
    expect(codesOf(q)).toContain(code);
  });

  test.each(['', '?!', 'qwerty', 'зззз', 'the', 'б'])('%s means none', (q) => {
    expect(codesOf(q)).toEqual([]);
  });
});

test('the more of the query a category explains, the surer it is', () => {
  expect(intentOf('цемент')).toEqual([{ code: 'construction', weight: 1, isNamed: false }]);
  expect(intentOf('барилга')[0]).toEqual({ code: 'construction', weight: 1, isNamed: true });
  expect(intentOf('цемент дархан').find(({ code }) => code === 'construction')?.weight).toBe(0.5);
  expect(intentOf('mining').every(({ weight }) => weight === 0.5)).toBe(true);
});
