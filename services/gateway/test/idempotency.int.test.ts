import { newSecret, shiftInstant, systemClock } from '@ortoo/shared/kernel';
import { eventually, openLinkProxy } from '@ortoo/shared/testing';
import mongoose from 'mongoose';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { readConfig as readCatalogConfig } from '../../catalog/src/config.ts';
import { createService as createCatalog } from '../../catalog/src/service.ts';
import { aCompany, anArticle } from './support/caller.ts';
import { environmentOf, openPortal, type Portal } from './support/portal.ts';

let portal: Portal;
let connection: mongoose.Connection;
let writer: string;
beforeAll(async () => {
  portal = await openPortal();
  writer = await portal.makeKey(['catalog:write', 'catalog:publish', 'news:write', 'news:publish']);
  connection = await mongoose
    .createConnection(portal.space.mongoUrl, { dbName: portal.space.names.database('gateway') })
    .asPromise();
});
afterAll(async () => {
  await connection?.close();
  await portal?.close();
});

const uses = () => connection.collection('idempotency');
const newKey = () => newSecret(8);
type More = { key?: string; headers?: Record<string, string> };
const post = (url: string, idempotencyKey: string, body?: unknown, { key = writer, headers = {} }: More = {}) =>
  portal.ask('POST', url, {
    key,
    headers: { 'idempotency-key': idempotencyKey, ...headers },
    ...(body === undefined ? {} : { body }),
  });
const countNamed = async (name: string) => {
  const answer = await portal.ask('GET', '/v1/companies?limit=100&sort=-createdAt', { key: portal.adminKey });
  return answer.json().items.filter(({ display }: { display: { name: string } }) => display.name === name).length;
};
/** What a crash between the effect and the note of its answer leaves. */
const loseAnswer = async (untilMs: number) => {
  const [last] = await uses().find().sort({ expiresAt: -1 }).limit(1).toArray();
  await uses().updateOne({ _id: last?._id as never }, { $unset: { answer: '' }, $set: { untilMs } });
};

describe('a repeat of a create with its key', () => {
  test('has no second effect and gets the same answer, marked as such', async () => {
    const [key, body] = [newKey(), aCompany()];
    const first = await post('/v1/companies', key, body);
    const { displayName, categories } = body;
    const again = await post('/v1/companies', `"${key}"`, { categories, displayName });
    expect([first.statusCode, again.statusCode, again.body]).toEqual([201, 201, first.body]);
    for (const name of ['location', 'etag', 'ortoo-version', 'content-language', 'content-type', 'last-modified'])
      expect(again.headers[name], name).toBe(first.headers[name]);
    expect([first.headers['idempotency-replayed'], again.headers['idempotency-replayed']]).toEqual([undefined, 'true']);
    expect(again.headers['request-id']).not.toBe(first.headers['request-id']);
    expect(await countNamed((displayName as { en: string }).en)).toBe(1);
  });

  test('is one company when ten arrive at once; who comes too early is told to wait', async () => {
    const [key, body] = [newKey(), aCompany()];
    const answers = await Promise.all(Array.from({ length: 10 }, () => post('/v1/companies', key, body)));
    const created = answers.filter(({ statusCode }) => statusCode === 201);
    const early = answers.filter(({ statusCode }) => statusCode !== 201);
    expect(new Set(created.map((answer) => answer.json().id)).size).toBe(1);
    for (const answer of early) {
      expect(answer.json()).toMatchObject({ status: 409, code: 'CONFLICT', reason: 'idempotency.in-flight' });
      expect(answer.headers['retry-after']).toBe('1');
    }
    expect(await countNamed((body.displayName as { en: string }).en)).toBe(1);
  });

  test('with another body is refused and makes nothing', async () => {
    const [key, body] = [newKey(), aCompany()];
    await post('/v1/companies', key, body);
    const other = await post('/v1/companies', key, aCompany());
    expect(other.json()).toMatchObject({ status: 422, code: 'UNPROCESSABLE', reason: 'idempotency.body-differs' });
    expect((await post('/v1/companies', key, body)).headers['idempotency-replayed']).toBe('true');
  });

  test('by another caller, or on another route, is a request of its own', async () => {
    const [key, other] = [newKey(), await portal.makeKey(['catalog:write'])];
    const ids = [
      await post('/v1/companies', key, aCompany()),
      await post('/v1/companies', key, aCompany(), { key: other }),
      await post('/v1/articles', key, anArticle()),
    ].map((answer) => answer.json().id);
    expect(new Set(ids).size).toBe(3);
    expect(ids).not.toContain(undefined);
  });

  test('after the answer was lost is answered by the owner, under the same id, once the first run counts as lost', async () => {
    const [key, body] = [newKey(), aCompany()];
    const first = await post('/v1/companies', key, body);
    await loseAnswer(systemClock.nowMs() + 60_000);
    expect((await post('/v1/companies', key, body)).json()).toMatchObject({ reason: 'idempotency.in-flight' });
    await loseAnswer(systemClock.nowMs() - 1);
    const again = await post('/v1/companies', key, body);
    expect([again.statusCode, again.body]).toEqual([201, first.body]);
    expect(again.headers['idempotency-replayed']).toBeUndefined();
    expect(await countNamed((body.displayName as { en: string }).en)).toBe(1);
    expect((await post('/v1/companies', key, body)).headers['idempotency-replayed']).toBe('true');
  });

  test('gets the owner’s refusal again, whatever has changed since', async () => {
    const taken = await portal.write('POST', '/v1/companies', { body: aCompany() });
    const [key, body] = [newKey(), aCompany({ slug: taken.slug })];
    const refused = await post('/v1/companies', key, body);
    expect(refused.json()).toMatchObject({ status: 409, reason: 'company.slug-taken' });
    await portal.ask('DELETE', `/v1/companies/${taken.id}`, { key: writer, headers: { 'if-match': '"1"' } });
    const again = await post('/v1/companies', key, body);
    expect([again.body, again.headers['content-type'], again.headers['idempotency-replayed']]).toEqual([
      refused.body,
      'application/problem+json',
      'true',
    ]);
  });

  test('may mend what the gateway itself refused', async () => {
    const key = newKey();
    const body = aCompany();
    const drafts = await portal.makeKey(['catalog:write']);
    expect((await post('/v1/companies', key, { ...body, nme: 1 })).statusCode).toBe(400);
    expect((await post('/v1/companies', key, { ...body, status: 'published' }, { key: drafts })).statusCode).toBe(403);
    expect((await post('/v1/companies', key, body)).statusCode).toBe(201);
    expect((await post('/v1/companies', key, body, { key: drafts })).statusCode).toBe(201);
  });

  test('a day later is a new request', async () => {
    const [key, body] = [newKey(), aCompany()];
    const first = await post('/v1/companies', key, body);
    const past = new Date(shiftInstant(systemClock.now(), -1));
    const [last] = await uses().find().sort({ expiresAt: -1 }).limit(1).toArray();
    const keptMs = Number(last?.expiresAt) - systemClock.nowMs();
    await uses().updateOne({ _id: last?._id as never }, { $set: { expiresAt: past } });
    const later = await post('/v1/companies', key, aCompany());
    expect([later.statusCode, later.json().id === first.json().id]).toEqual([201, false]);
    expect(Math.round(keptMs / 3_600_000)).toBe(24);
    expect(await uses().indexes()).toContainEqual(
      expect.objectContaining({ key: { expiresAt: 1 }, expireAfterSeconds: 0 }),
    );
  });
});

describe('a repeat of a move with its key', () => {
  test('moves once, although the document was moved back meanwhile', async () => {
    const { id } = await portal.write('POST', '/v1/articles', { body: anArticle() });
    const key = newKey();
    const first = await post(`/v1/articles/${id}/publish`, key);
    await portal.write('POST', `/v1/articles/${id}/unpublish`);
    const again = await post(`/v1/articles/${id}/publish`, key);
    expect([first.statusCode, again.body, again.headers['ortoo-version']]).toEqual([200, first.body, `${id}:2`]);
    expect((await portal.ask('GET', `/v1/articles/${id}`)).statusCode).toBe(404);
  });

  test('moves once also when the answer was lost: the owner remembers the request', async () => {
    const { id } = await portal.write('POST', '/v1/articles', { body: anArticle() });
    const key = newKey();
    await post(`/v1/articles/${id}/publish`, key);
    await portal.write('POST', `/v1/articles/${id}/unpublish`);
    await loseAnswer(systemClock.nowMs() - 1);
    const again = await post(`/v1/articles/${id}/publish`, key);
    expect([again.statusCode, again.json().status, again.json().v]).toEqual([200, 'draft', 3]);
  });

  test('of another document is another request', async () => {
    const key = newKey();
    for (const n of [1, 2]) {
      const { id } = await portal.write('POST', '/v1/articles', { body: anArticle({ editor: `${n}` }) });
      expect((await post(`/v1/articles/${id}/publish`, key)).json()).toMatchObject({ id, status: 'published' });
    }
  });

  test('may name another version after a 412, which is not kept', async () => {
    const { id } = await portal.write('POST', '/v1/articles', { body: anArticle() });
    const key = newKey();
    const url = `/v1/articles/${id}/publish`;
    expect((await post(url, key, undefined, { headers: { 'if-match': '"9"' } })).statusCode).toBe(412);
    expect((await post(url, key, undefined, { headers: { 'if-match': '"1"' } })).statusCode).toBe(200);
  });
});

test('a key that is none is refused at its place, and nothing is made', async () => {
  const body = aCompany();
  const answer = await post('/v1/companies', 'a b', body);
  expect(answer.json()).toMatchObject({
    status: 400,
    reason: 'idempotency.key-invalid',
    errors: [{ pointer: '/Idempotency-Key' }],
  });
  expect(await countNamed((body.displayName as { en: string }).en)).toBe(0);
});

test('a search that is posted leaves no trace in the ledger', async () => {
  const before = await uses().countDocuments();
  expect((await post('/v1/search', newKey(), { q: 'rail' })).statusCode).toBe(200);
  expect(await uses().countDocuments()).toBe(before);
});

test('while the owner is away nothing is kept, and the same key succeeds afterwards', async () => {
  const own = await openPortal();
  const send = () =>
    own.ask('POST', '/v1/companies', { key: own.adminKey, headers: { 'idempotency-key': 'again' }, body });
  const body = aCompany();
  await own.neighbours.catalog.lifecycle.stop();
  expect((await send()).statusCode).toBe(503);
  const catalog = createCatalog({ config: readCatalogConfig(environmentOf(own.space)), log: own.space.log });
  await catalog.lifecycle.start();
  const created = await eventually(async () => (await send()).statusCode === 201 && send());
  expect([created.statusCode, created.headers['idempotency-replayed']]).toEqual([201, 'true']);
  await own.close();
  await catalog.lifecycle.stop();
});

test('while the ledger is away a request with a key is refused before it has an effect', async () => {
  const link = await openLinkProxy(inject('servers').mongoUrl);
  const own = await openPortal({ MONGO_URL: `${link.url}/?directConnection=true` });
  expect((await own.ask('GET', '/v1/categories', { key: own.adminKey })).statusCode).toBe(200); // the key is known now
  link.cut();
  const body = aCompany();
  const ask = (headers: Record<string, string>) =>
    own.ask('POST', '/v1/companies', { key: own.adminKey, headers, body });
  expect((await ask({ 'idempotency-key': 'k' })).json()).toMatchObject({
    status: 503,
    reason: 'idempotency.unavailable',
  });
  expect((await ask({})).statusCode).toBe(201);
  link.mend();
  await own.close();
  await link.close();
});
