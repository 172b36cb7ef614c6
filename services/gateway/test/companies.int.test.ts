import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aCompany } from './support/caller.ts';
import { openPortal, type Portal } from './support/portal.ts';

let portal: Portal;
let writer: string;
beforeAll(async () => {
  portal = await openPortal();
  writer = await portal.makeKey(['catalog:write']);
});
afterAll(() => portal?.close());

describe('verification', () => {
  const body = () => aCompany({ verification: { level: 'document' } });

  test('is 403 without the publish scope, on create and in a change', async () => {
    const denied = {
      status: 403,
      code: 'FORBIDDEN',
      reason: 'company.verification-forbidden',
      required: ['catalog:publish'],
    };
    const created = await portal.ask('POST', '/v1/companies', { key: writer, body: body() });
    expect(created.json()).toMatchObject(denied);
    const made = await portal.write('POST', '/v1/companies', { body: body() });
    const changed = await portal.ask('PATCH', `/v1/companies/${made.id}`, {
      key: writer,
      headers: { 'if-match': '"1"' },
      body: { verification: { level: 'onsite' } },
    });
    expect(changed.json()).toMatchObject(denied);
  });

  test('is a filter of lists', async () => {
    const made = await portal.write('POST', '/v1/companies', {
      body: aCompany({ verification: { level: 'phone' }, status: 'published' }),
    });
    const list = await portal.ask('GET', '/v1/companies?verification=phone&verification=onsite&total=true');
    expect(list.json()).toMatchObject({ items: [{ id: made.id, verification: { level: 'phone' } }], total: 1 });
    const wrong = await portal.ask('GET', '/v1/companies?verification=phoned');
    expect(wrong.json()).toMatchObject({ status: 400, errors: [{ pointer: '/verification/0' }] });
  });
});

test('what a key with the write scope reads it can send back by PUT, in every member', async () => {
  const { id } = await portal.write('POST', '/v1/companies', {
    body: aCompany({
      status: 'published',
      verification: { level: 'email' },
      contacts: [
        { name: 'Bat', public: false },
        { name: 'Dorj', public: true },
      ],
      certificates: [{ scheme: 'ISO 9001', validUntil: '2020-01-01' }],
    }),
  });
  const read = await portal.ask('GET', `/v1/companies/${id}`, { key: writer });
  const answer = await portal.ask('PUT', `/v1/companies/${id}`, {
    key: writer,
    headers: { 'if-match': String(read.headers.etag) },
    body: read.json(),
  });
  expect([answer.statusCode, answer.json()]).toEqual([200, read.json()]);
});

describe('merge', () => {
  const published = () => portal.write('POST', '/v1/companies', { body: aCompany({ status: 'published' }) });
  const merge = (copy: { id: string }, into: string, headers: Record<string, string> = {}) =>
    portal.ask('POST', `/v1/companies/${copy.id}/merge`, { key: portal.adminKey, headers, body: { into } });

  test('leads everybody from the copy to the company, query and all, and search forgets it', async () => {
    const [stays, copy] = [await published(), await published()];
    const answer = await merge(copy, stays.id, { 'if-match': '"1"' });
    expect([answer.statusCode, answer.json()]).toMatchObject([200, { v: 2, status: 'archived', mergedInto: stays.id }]);
    const token = `${copy.id}:2`;
    expect(answer.headers).toMatchObject({ 'ortoo-version': token, etag: expect.stringMatching(/^"2-/) });
    for (const key of [undefined, portal.adminKey]) {
      const byId = await portal.ask('GET', `/v1/companies/${copy.id}?lang=mn`, { key });
      expect([byId.statusCode, byId.headers.location]).toEqual([308, `/v1/companies/${stays.id}?lang=mn`]);
      const bySlug = await portal.ask('GET', `/v1/companies/${copy.slug}`, { key });
      expect([bySlug.statusCode, bySlug.headers.location]).toEqual([308, `/v1/companies/${stays.slug}`]);
    }
    const list = await portal.ask('GET', `/v1/companies?ids=${copy.id}&ids=${stays.id}`);
    expect(list.json().items.map(({ id }: { id: string }) => id)).toEqual([stays.id]);
    const found = await portal.ask('GET', `/v1/search?q=${encodeURIComponent(String(copy.slug))}&waitFor=${token}`);
    expect(found.json().consistent).toBe(true);
    expect(found.json().items.map(({ id }: { id: string }) => id)).not.toContain(copy.id);
  });

  test('needs the publish scope, the version that If-Match names, and a body that says into which', async () => {
    const [stays, copy] = [await published(), await published()];
    const url = `/v1/companies/${copy.id}/merge`;
    const denied = await portal.ask('POST', url, { key: writer, body: { into: stays.id } });
    expect(denied.json()).toMatchObject({ status: 403, required: ['catalog:publish'] });
    expect((await portal.ask('POST', url, { body: { into: stays.id } })).statusCode).toBe(401);
    expect((await merge(copy, stays.id, { 'if-match': '"2"' })).json()).toMatchObject({
      status: 412,
      current: { v: 1 },
    });
    const key = portal.adminKey;
    expect((await portal.ask('POST', url, { key, body: {} })).json()).toMatchObject({
      status: 400,
      errors: [{ pointer: '/into', message: 'is missing' }],
    });
    expect((await portal.ask('POST', url, { key })).statusCode).toBe(400);
    expect((await merge(copy, copy.id)).json()).toMatchObject({ status: 400, reason: 'company.merge-into-itself' });
    const publisher = await portal.makeKey(['catalog:publish']);
    expect((await portal.ask('POST', url, { key: publisher, body: { into: stays.id } })).statusCode).toBe(200);
    expect((await merge(stays, copy.id)).json()).toMatchObject({
      status: 409,
      reason: 'company.merge-into-merged',
      id: stays.id,
    });
  });

  test('with an Idempotency-Key has one effect and one answer', async () => {
    const [stays, copy] = [await published(), await published()];
    const first = await merge(copy, stays.id, { 'idempotency-key': copy.id });
    const again = await merge(copy, stays.id, { 'idempotency-key': copy.id });
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect(again.json()).toEqual(first.json());
  });
});

describe('duplicates', () => {
  test('are told to editors on create and on demand, and to nobody else', async () => {
    const body = aCompany({ displayName: { en: 'Khar Bar Drilling LLC' }, status: 'published' });
    const first = await portal.ask('POST', '/v1/companies', { key: portal.adminKey, body });
    expect(first.json()).not.toHaveProperty('possibleDuplicates');
    const second = await portal.ask('POST', '/v1/companies', {
      key: writer,
      headers: { 'idempotency-key': 'khar-bar' },
      body: aCompany({ displayName: { mn: 'Хар Бар Дриллинг' } }),
    });
    const { id } = first.json();
    expect([second.statusCode, second.json().possibleDuplicates]).toEqual([
      201,
      [
        {
          id,
          display: { lang: 'en', name: 'Khar Bar Drilling LLC' },
          url: `/v1/companies/${id}`,
          reasons: ['name'],
          score: 0.8,
        },
      ],
    ]);
    const sent = await portal.ask('PUT', `/v1/companies/${second.json().id}`, {
      key: writer,
      headers: { 'if-match': String(second.headers.etag) },
      body: second.json(),
    });
    expect([sent.statusCode, sent.json().v]).toEqual([200, 1]);
    const url = `/v1/companies/${id}/duplicates`;
    expect((await portal.ask('GET', url, { key: writer })).json()).toMatchObject({ items: [{ id: second.json().id }] });
    expect((await portal.ask('GET', url)).statusCode).toBe(401);
    expect((await portal.ask('GET', url, { key: await portal.makeKey(['news:write']) })).statusCode).toBe(403);
    const unknown = '/v1/companies/company_01h455vb4pex5vsknk084sn02q/duplicates';
    expect((await portal.ask('GET', unknown, { key: writer })).json()).toMatchObject({ status: 404 });
    expect((await portal.ask('GET', `/v1/companies/${id}`)).json()).not.toHaveProperty('matchKeys');
  });
});
