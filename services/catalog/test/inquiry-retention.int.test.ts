import { typeIds } from '@ortoo/shared/kernel';
import { eventually, openOwnerHand } from '@ortoo/shared/testing';
import { expect, test } from 'vitest';
import { openCatalog, type TestCatalog } from './support/catalog.ts';

/** Sends inquiries to one company; answers their ids. */
async function send(catalog: TestCatalog, count: number): Promise<string[]> {
  const company = { displayName: { en: 'Gobi Cement' }, categories: { primary: 'construction' }, status: 'published' };
  const input = {
    inquiryKind: 'question',
    target: { kind: 'company', id: (await catalog.create(company)).id },
    sender: { name: 'Bat', email: 'bat@erdenet.example' },
    locale: 'en',
    message: 'We look for two hundred tonnes of cement a month.',
    consent: { textVersion: '2026-01' },
  };
  const ids = Array.from({ length: count }, () => typeIds.next('inquiry'));
  await Promise.all(ids.map((id) => catalog.write('rpc.catalog.inquiry.create', { id, input, lang: undefined })));
  return ids;
}

test('an inquiry whose time is over is erased within a minute by a catalog that runs, and that is published', async () => {
  const catalog = await openCatalog();
  const owner = await openOwnerHand(catalog.space);
  const [id = ''] = await send(catalog, 1);
  await owner.set('catalog', 'inquiries', [id], { retainUntil: '2026-01-01T00:00:00.000Z' });
  const revisions = await eventually(
    async () => {
      const found = await owner.revisions('catalog', 'inquiries');
      return found.length === 2 && found;
    },
    { timeoutMs: 60_000 },
  );
  expect(revisions.map(({ type }) => type).toSorted()).toEqual(['created', 'erased']);
  const [document] = await owner.documents('catalog', 'inquiries');
  expect(JSON.stringify(document)).not.toMatch(/Bat|erdenet|tonnes/);
  await owner.close();
  await catalog.close();
});

test('more inquiries than are looked up at a time, none of which can be erased, do not keep the one behind them', async () => {
  const catalog = await openCatalog();
  const owner = await openOwnerHand(catalog.space);
  const [last = '', ...broken] = await send(catalog, 102);
  await eventually(async () => (await owner.documents('catalog', 'inquiries')).every((one) => !one.pendingSince));
  await catalog.stopService();
  // No statement can add to what is no list.
  await owner.set('catalog', 'inquiries', broken, { pending: 'x', retainUntil: '2026-01-01T00:00:00.000Z' });
  await owner.set('catalog', 'inquiries', [last], { retainUntil: '2026-01-02T00:00:00.000Z' });
  const { lifecycle } = catalog.openReplica();
  await lifecycle.start();
  const erased = await eventually(async () => {
    const found = await owner.documents('catalog', 'inquiries');
    return found.find(({ _id, v }) => _id === last && v === 2);
  });
  expect(erased).not.toHaveProperty('sender.email');
  expect((await owner.documents('catalog', 'inquiries')).filter(({ v }) => v === 1)).toHaveLength(101);
  await lifecycle.stop();
  await owner.close();
  await catalog.close();
});
