import type { Relation } from '@ortoo/shared/contracts';
import { expect, test } from 'vitest';
import { type LoadLevel, walkUp } from './company-hierarchy.ts';

const rel = (type: Relation['type'], companyId: string): Relation => ({ type, companyId });

/** A directory in memory, and how often it was asked. */
function directory(relations: Record<string, Relation[]>) {
  const companies = Object.entries(relations).map(([id, own]) => ({ id, relations: own }));
  const asked: string[][] = [];
  const load: LoadLevel = async (ids) => {
    asked.push(ids);
    const owns = (relation: Relation) => relation.type === 'subsidiary' && ids.includes(relation.companyId);
    return {
      named: companies.filter(({ id }) => ids.includes(id)),
      owners: companies.filter((company) => company.relations.some(owns)),
    };
  };
  return { load, asked };
}

test('what stands above is found by what either side says, level by level', async () => {
  const { load, asked } = directory({
    a: [rel('parent', 'b'), rel('partner', 'x')],
    b: [],
    c: [rel('subsidiary', 'b')],
    d: [rel('subsidiary', 'c')],
  });
  const { above, isCut } = await walkUp(['a'], 'me', load);
  expect(Object.fromEntries(above)).toEqual({ a: ['b'], b: ['c'], c: ['d'], d: [] });
  expect([isCut, asked]).toEqual([false, [['a'], ['b'], ['c'], ['d']]]);
});

test('what the company itself said before is left out', async () => {
  const { load } = directory({ me: [rel('parent', 'a'), rel('subsidiary', 'b')], a: [], b: [] });
  expect(Object.fromEntries((await walkUp(['me', 'b'], 'me', load)).above)).toEqual({ me: [], b: [] });
});

test('a cycle that is there already ends the walk', async () => {
  const { load } = directory({ a: [rel('parent', 'b')], b: [rel('parent', 'a')] });
  expect(await walkUp(['a'], 'me', load)).toMatchObject({ isCut: false });
});

test('a chain of more than 20 levels and more than 500 companies are cut', async () => {
  const chain = Object.fromEntries(Array.from({ length: 30 }, (_, n) => [`c${n}`, [rel('parent', `c${n + 1}`)]]));
  const long = directory(chain);
  expect((await walkUp(['c0'], 'me', long.load)).isCut).toBe(true);
  expect(long.asked).toHaveLength(20);
  const wide = directory({ a: Array.from({ length: 600 }, (_, n) => rel('parent', `p${n}`)) });
  expect((await walkUp(['a'], 'me', wide.load)).isCut).toBe(true);
  expect(wide.asked).toHaveLength(1);
});
