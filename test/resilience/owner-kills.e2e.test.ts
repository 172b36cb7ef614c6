import { eventually } from '@ortoo/shared/testing';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { killAt, removeTombstonesEarly } from './faults.ts';
import type { Write } from './history.ts';
import { openProduct, type Product } from './product.ts';
import { runScenario } from './scenario.ts';

let product: Product;
const history = { writes: [] as Write[], seed: 100 };

beforeAll(async () => {
  product = await openProduct({ servers: inject('servers') });
});
afterAll(async () => product?.stop());

const points = [
  'store.before-commit',
  'store.committed-not-answered',
  'store.tombstone-not-published',
  'rpc.answered',
  'relay.queued-not-read',
  'relay.published-not-acked',
  'relay.acked-not-cleared',
  'relay.cleared',
];

test.each(points)(
  'catalog and news killed at %s: what was acknowledged is kept, published and indexed',
  async (point) => {
    const verdict = await runScenario(product, history, () => killAt(product, ['catalog', 'news'], `${point}=kill@3`));
    expect(verdict.findings).toEqual([]);
    expect(verdict.counts.ok).toBeGreaterThan(10);
  },
);

test.each(['tombstone.not-purged', 'janitor.midway'])(
  'catalog and news killed at %s: the next round removes the rest of the old tombstones, and nothing else',
  async (point) => {
    const verdict = await runScenario(product, history, async () => {
      const old = await removeTombstonesEarly(product, 3);
      await killAt(product, ['catalog', 'news'], `${point}=kill@1`);
      await eventually(async () => {
        const left = await product.owners.documents('catalog', 'companies');
        return !left.some(({ _id }) => old.has(_id));
      });
    });
    expect(verdict.findings).toEqual([]);
  },
);
