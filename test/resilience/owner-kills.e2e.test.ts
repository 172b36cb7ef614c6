import { typeIds } from '@ortoo/shared/kernel';
import { eventually } from '@ortoo/shared/testing';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { createTwice, killAt, removeTombstonesEarly } from './faults.ts';
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

test.each([
  ['catalog', 'company'],
  ['news', 'article'],
] as const)(
  '%s killed while it answers the repeat of a create: there is one %s, and the next repeat says so',
  async (name, kind) => {
    const [id, marker] = [typeIds.next(kind), `mark-repeat-${kind}`];
    const verdict = await runScenario(product, history, async () => {
      await killAt(product, [name], 'store.repeat-not-answered=kill@1', async () => {
        expect(await createTwice(product, kind, { id, marker })).toEqual([`${id}:1`, 'none']);
      });
      expect(await createTwice(product, kind, { id, marker })).toEqual([`${id}:1`, `${id}:1`]);
      history.writes.push({ action: 'create', kind, marker, id, outcome: 'ok', status: 201, v: 1, atMs: 0 });
    });
    expect(verdict.findings).toEqual([]);
  },
);
