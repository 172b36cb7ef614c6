import { typeIds } from '@ortoo/shared/kernel';
import { eventually, openOwnerHand } from '@ortoo/shared/testing';
import { expect, test } from 'vitest';
import { openCatalog } from './support/catalog.ts';

test('an inquiry whose time is over is erased within a minute by a catalog that runs, and that is published', async () => {
  const catalog = await openCatalog();
  const owner = await openOwnerHand(catalog.space);
  const company = { displayName: { en: 'Gobi Cement' }, categories: { primary: 'construction' }, status: 'published' };
  const input = {
    inquiryKind: 'question',
    target: { kind: 'company', id: (await catalog.create(company)).id },
    sender: { name: 'Bat', email: 'bat@erdenet.example' },
    locale: 'en',
    message: 'We look for two hundred tonnes of cement a month.',
    consent: { textVersion: '2026-01' },
  };
  const id = typeIds.next('inquiry');
  await catalog.write('rpc.catalog.inquiry.create', { id, input, lang: undefined });
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
