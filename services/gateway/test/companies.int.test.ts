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
