import { eventually } from '@ortoo/shared/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPortal, type Portal } from '../support/portal.ts';

let portal: Portal;
beforeAll(async () => {
  portal = await openPortal();
});
afterAll(async () => portal?.dispose());

const search = (query: string) => portal.call('GET', `/v1/search?${query}`, { key: null });
const ifMatch = (etag: string) => ({ 'if-match': etag });

test('an offering is created, found by what it is called, made of and numbered, changed and deleted', async () => {
  const company = await portal.call('POST', '/v1/companies', {
    body: {
      displayName: { mn: 'Хархорин Цемент ХХК' },
      categories: { primary: 'construction' },
      status: 'published',
    },
  });
  const body = {
    offeringKind: 'product',
    companyId: company.id,
    name: { mn: 'Портланд цемент', en: 'Portland cement' },
    summary: { en: 'In bags of fifty kilograms.' },
    categories: { primary: 'construction' },
    brand: 'Tsagaan Uul',
    model: 'PC-42',
    sku: 'KH-0042',
    gtin: '4006381333931',
    price: { amount: '185000', currency: 'MNT', per: 't' },
    status: 'published',
  };
  const made = await portal.call('POST', '/v1/offerings', { body });
  expect([made.status, made.headers.get('location')]).toEqual([201, `/v1/offerings/${made.id}`]);
  const read = await portal.call('GET', '/v1/offerings/portland-cement?include=company', { key: null });
  expect(read).toMatchObject({
    status: 200,
    id: made.id,
    body: { price: body.price, companyName: { mn: 'Хархорин Цемент ХХК' }, included: { company: { id: company.id } } },
  });

  const hit = { id: made.id, kind: 'offering', url: `/v1/offerings/${made.id}`, display: { name: 'Portland cement' } };
  const words = [
    'portland',
    'портланд',
    'fifty kilograms',
    'tsagaan uul',
    'PC-42',
    'KH-0042',
    '4006381333931',
    'kharkhorin',
  ];
  for (const q of words) {
    const found = await search(`q=${encodeURIComponent(q)}&kinds=offering&waitFor=${made.version}&lang=en`);
    expect(found.body, q).toMatchObject({ consistent: true, items: [hit] });
  }
  const both = await search(`q=${encodeURIComponent('Хархорин Цемент')}`);
  expect((both.body.items as { kind: string }[])[0]).toMatchObject({ kind: 'company', id: company.id });
  expect(both.body.kinds).toMatchObject({ company: 1, offering: 1 });

  const changed = await portal.call('PATCH', `/v1/offerings/${made.id}`, {
    headers: ifMatch(made.etag),
    body: { price: null, onRequest: true },
  });
  expect(changed).toMatchObject({ status: 200, body: { v: 2, onRequest: true } });
  const removed = await portal.call('DELETE', `/v1/offerings/${made.id}`, { headers: ifMatch(changed.etag) });
  expect(removed.status).toBe(204);
  expect((await search(`q=portland&kinds=offering&waitFor=${removed.version}`)).body).toMatchObject({ items: [] });
});

test('an offering goes out of sight with its company, and out of search, and is found by the company’s new name', async () => {
  const company = await portal.call('POST', '/v1/companies', {
    body: { displayName: { en: 'Orkhon Pipes' }, categories: { primary: 'construction' }, status: 'published' },
  });
  const made = await portal.call('POST', '/v1/offerings', {
    body: {
      offeringKind: 'service',
      companyId: company.id,
      name: { en: 'Welding of seams' },
      categories: { primary: 'construction' },
      onRequest: true,
      status: 'published',
    },
  });
  await portal.call('PATCH', `/v1/companies/${company.id}`, {
    headers: ifMatch(company.etag),
    body: { displayName: { en: 'Selenge Tubes' } },
  });
  const ids = async (q: string) =>
    ((await search(`q=${q}&kinds=offering`)).body.items as { id: string }[]).map(({ id }) => id);
  await eventually(async () => (await ids('selenge+tubes')).includes(made.id));
  await eventually(async () => (await ids('orkhon+pipes')).length === 0);

  await portal.call('POST', `/v1/companies/${company.id}/unpublish`);
  await eventually(async () => (await portal.call('GET', `/v1/offerings/${made.id}`, { key: null })).status === 404);
  expect((await portal.call('GET', `/v1/offerings/${made.id}`)).body).toMatchObject({ status: 'archived' });
  await eventually(async () => (await ids('welding')).length === 0);
});
