import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Neighbours } from './neighbours.ts';
import { idsFor, openSearch } from './running-search.ts';
import { article, company, idOf } from './states.ts';

let neighbours: Neighbours;
let close: (() => Promise<void>) | undefined;

const better = idOf('company', 2);
const verified = idOf('company', 4);
const recent = idOf('article', 2);
const whole = idOf('company', 5);
const part = idOf('company', 6);
const RECENT = '2026-11-24T05:00:00.000Z';

beforeAll(async () => {
  ({ neighbours, close } = await openSearch(({ store }) => {
    const quality = (score: number) => ({ quality: { score, parts: { completeness: score, verification: 0 } } });
    const put = (n: number, name: string, overrides: Parameters<typeof company>[1]) =>
      store('company', idOf('company', n), { state: company({ en: name }, overrides) });
    put(1, 'Glacier', quality(0.1));
    put(2, 'Glacier', quality(0.9));
    put(3, 'Meadow', {});
    put(4, 'Meadow', { verification: { level: 'onsite' } });
    put(5, 'Copper Delta', quality(0));
    put(6, 'Copper Sigma', { ...quality(1), verification: { level: 'onsite' } });
    store('article', idOf('article', 1), {
      state: article('Harvest', { publishedAt: '2020-01-01T00:00:00.000Z' }),
    });
    store('article', recent, { state: article('Harvest', { publishedAt: RECENT }) });
  }));
});

afterAll(() => close?.());

describe('of two that are found alike', () => {
  test.each([
    ['the better described', 'glacier', better],
    ['the verified', 'meadow', verified],
    ['the more recent', 'harvest', recent],
  ])('%s comes first', async (_which, q, id) => {
    expect((await idsFor(neighbours, q))[0]).toBe(id);
  });
});

test('all factors together put nothing that lacks a word before what holds all', async () => {
  expect(await idsFor(neighbours, 'copper delta')).toEqual([whole, part]);
});
