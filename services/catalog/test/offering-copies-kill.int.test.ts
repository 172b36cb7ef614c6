import type { OfferingState } from '@ortoo/shared/contracts';
import { newRequestId, typeIds } from '@ortoo/shared/kernel';
import {
  eventually,
  killedDuring,
  openOwnerHand,
  type RawDocument,
  spawnService,
  testContext,
} from '@ortoo/shared/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openCatalog, type Shown, type TestCatalog } from './support/catalog.ts';

const OFFERINGS = 2_000;
const SIDE_BY_SIDE = 50;
const PAGES_BEFORE_KILL = 10;

let catalog: TestCatalog;
let gobi: Shown;
beforeAll(async () => {
  catalog = await openCatalog();
  gobi = await catalog.create({
    displayName: { en: 'Gobi' },
    categories: { primary: 'construction' },
    status: 'published',
  });
  for (let made = 0; made < OFFERINGS; made += SIDE_BY_SIDE)
    await Promise.all(Array.from({ length: SIDE_BY_SIDE }, () => createOffering(gobi.id)));
});
afterAll(() => catalog.close());

const createOffering = (companyId: string) => {
  const input = {
    offeringKind: 'product',
    companyId,
    name: { en: `Cement ${newRequestId()}` },
    categories: { primary: 'construction' },
    onRequest: true,
    status: 'published',
  };
  return catalog.write('rpc.catalog.offering.create', { id: typeIds.next('offering'), input });
};

/** The catalog as a process of its own, which kills itself in the middle of the offerings. */
async function runUntilKilled(unpublish: () => Promise<unknown>): Promise<NodeJS.Signals | null> {
  const failpoint = `offerings.page-followed=kill@${PAGES_BEFORE_KILL}`;
  const child = spawnService(new URL('../src/main.ts', import.meta.url), catalog.space, failpoint);
  return (await killedDuring(child, unpublish)).signal;
}

test('2,000 offerings of a company that leaves publication are archived, each in one version, though the process that does it is killed in the middle', async () => {
  const { space } = catalog;
  const hand = await openOwnerHand(space);
  const read = async () => (await hand.documents('catalog', 'offerings')) as unknown as (RawDocument & OfferingState)[];
  const countArchived = async () => (await read()).filter(({ status }) => status === 'archived').length;
  const settled = () => catalog.bus.call(testContext(), 'rpc.catalog.outbox.state', {});
  await eventually(async () => (await settled()).pending === 0);
  await catalog.stopService();

  const signal = await runUntilKilled(() =>
    eventually(async () => {
      const request = { id: gobi.id, move: 'unpublish', lang: 'en' } as const;
      await catalog.bus.callBytes(testContext(), 'rpc.catalog.company.move', request);
      return true;
    }),
  );
  expect(signal).toBe('SIGKILL');
  const before = await countArchived();
  expect(before).toBeGreaterThan(0);
  expect(before).toBeLessThan(OFFERINGS);

  const next = catalog.openReplica();
  await next.lifecycle.start();
  await eventually(async () => (await countArchived()) === OFFERINGS, { timeoutMs: 60_000, everyMs: 250 });
  for (const { v, visible, companyVisible } of await read())
    expect([v, visible, companyVisible]).toEqual([2, false, false]);
  await next.lifecycle.stop();
  await hand.close();
});
