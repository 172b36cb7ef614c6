import { describe, expect, test } from 'vitest';
import type { Asked } from './eval-set.ts';
import { compare, formsOfSome, questionOf, sampleOf, score, scoresOf } from './score.ts';

const asked = (q: string, half: Asked['half'], form: string): Asked => ({
  q,
  half,
  form,
  judged: new Map([[`id_${q}`, 1]]),
});
const queries = [
  asked('a', 'tune', 'exact'),
  asked('b', 'test', 'exact'),
  asked('c', 'test', 'exact'),
  asked('d', 'test', 'typo'),
];
const rankings = [['id_a'], ['x', 'id_b'], [], ['x', 'y', 'z', 'id_d']];
const names = { queries, kind: 'company' as const };

describe('figures of each form and half', () => {
  test('of known items', () => {
    const { forms } = scoresOf(names, rankings);
    expect(forms.exact?.tune).toEqual({ queries: 1, 'success@1': 1, 'success@3': 1, 'success@10': 1 });
    expect(forms.exact?.test).toEqual({ queries: 2, 'success@1': 0, 'success@3': 0.5, 'success@10': 0.5 });
    expect(forms.typo?.test).toEqual({ queries: 1, 'success@1': 0, 'success@3': 0, 'success@10': 1 });
    expect(forms.typo?.tune.queries).toBe(0);
  });

  test('of texts', () => {
    const { forms } = scoresOf({ queries, kind: 'article' }, rankings);
    expect(forms.exact?.test).toEqual({ queries: 2, 'nDCG@10': 0.315, 'MRR@10': 0.25, 'R@100': 0.5, empty: 0.5 });
  });

  test('of some of the queries alone, as if only they had been asked', () => {
    const some = queries.filter(({ q }) => q !== 'c');
    const alone = scoresOf({ ...names, queries: some }, [['id_a'], ['x', 'id_b'], ['x', 'y', 'z', 'id_d']]);
    expect(formsOfSome(scoresOf(names, rankings), queries, some)).toEqual(alone.forms);
  });
});

test('every query is asked once, in its kind, and answers keep their places', async () => {
  const told: unknown[] = [];
  const scores = await score(async (question) => {
    told.push(question);
    return [`id_${question.q}`];
  }, names);
  expect(told).toEqual(queries.map(({ q }) => ({ q, kind: 'company', lang: 'mn', limit: 10 })));
  expect(scores.figures.map((one) => one['success@1'])).toEqual([1, 1, 1, 1]);
});

test.each([
  ['company', 10],
  ['category', 10],
  ['offering', 100],
  ['article', 100],
] as const)('of a %s so many are looked at: %d', (kind, limit) => {
  expect(questionOf({ kind }, 'x').limit).toBe(limit);
});

test.each([
  [undefined, ['a', 'b', 'c', 'd']],
  [1, ['a', 'b', 'd']],
  [5, ['a', 'b', 'c', 'd']],
])('a sample of %s takes the first of each form and half', (count, taken) => {
  expect(sampleOf(queries, count).map(({ q }) => q)).toEqual(taken);
});

test('two rankings are compared on the half for testing alone', () => {
  const ours = scoresOf(names, [[], ['id_b'], ['id_c'], ['id_d']]);
  const theirs = scoresOf(names, [['id_a'], ['x'], ['x'], ['x']]);
  expect(compare(ours, theirs, queries)).toBe(0);
});
