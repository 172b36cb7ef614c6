import { createLogger, createMetrics, systemClock, toInstant, typeIds } from '@ortoo/shared/kernel';
import { eventually, openLinkProxy } from '@ortoo/shared/testing';
import mongoose from 'mongoose';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { readConfig } from '../src/config.ts';
import { createQueryLogStore, type QueryLogStore } from '../src/query-log/query-log.store.ts';
import { createQueryLog } from '../src/query-log/query-log.worker.ts';
import { createService } from '../src/service.ts';
import { aCompany, createCaller } from './support/caller.ts';
import { environmentOf, openPortal, type Portal } from './support/portal.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
let portal: Portal;
let statsKey: string;
let company: string;
beforeAll(async () => {
  portal = await openPortal({ QUERY_LOG: 'on' });
  statsKey = await portal.makeKey(['stats:read']);
  const body = aCompany({ status: 'published', displayName: { en: 'Zaamar Bearing Works' } });
  const { id, token } = await portal.create('companies', body);
  company = id;
  await portal.ask('GET', `/v1/search?waitFor=${token}`);
});
afterAll(() => portal?.close());

const search = async (query: string, of: Pick<Portal, 'ask'> = portal) =>
  (await of.ask('GET', `/v1/search?${query}`)).json();
const stats = async (query = '', of: Pick<Portal, 'ask'> = portal) =>
  (await of.ask('GET', `/v1/stats?${query}`, { key: statsKey })).json().search;
const click = (body: object, of: Pick<Portal, 'ask'> = portal) => of.ask('POST', '/v1/search/clicks', { body });

/** What lies in the database, as it lies there. */
async function kept(of: Portal): Promise<mongoose.mongo.Document[]> {
  const dbName = of.space.names.database('gateway');
  const connection = await mongoose.createConnection(of.space.mongoUrl, { dbName }).asPromise();
  const records = await connection.collection('queries').find().sort({ _id: 1 }).toArray();
  await connection.close();
  return records;
}

test('where no log is wanted nothing is kept, no search has an id, and clicks and figures say so', async () => {
  const quiet = await openPortal();
  expect(await search('q=gobi', quiet)).not.toHaveProperty('queryId');
  const refused = await click({ queryId: typeIds.next('query'), id: company, position: 1 }, quiet);
  expect(refused.json()).toMatchObject({ status: 404, reason: 'query-log.off' });
  const answer = await quiet.ask('GET', '/v1/stats', { key: quiet.adminKey });
  expect([answer.statusCode, answer.json().search]).toEqual([200, null]);
  await quiet.gateway.lifecycle.stop();
  expect(await kept(quiet)).toEqual([]);
  await quiet.close();
});

test('each first page is kept once, without who asked, with values of filters left out and personal texts masked', async () => {
  const headers = { 'user-agent': 'Spy/1', 'x-forwarded-for': '203.0.113.77' };
  const query = 'q=Zaamar+Bat+99112233+bat%40gobi.example&region=MN-1&kinds=company&limit=1&lang=mn';
  const answer = await portal.ask('GET', `/v1/search?${query}`, { key: portal.adminKey, headers });
  const { queryId } = answer.json();
  expect(queryId).toMatch(/^query_[0-9a-z]{26}$/);
  const record = await eventually(async () => (await kept(portal)).find(({ _id }) => _id === queryId));
  expect(record).toEqual({
    _id: queryId,
    query: 'zaamar bat [number] [e-mail]',
    isMasked: true,
    kinds: ['company'],
    filters: ['region'],
    hits: 0,
    isRelaxed: false,
    lang: 'mn',
    isOfStaff: true,
    latencyMs: expect.any(Number),
    at: expect.any(Date),
    expiresAt: expect.any(Date),
  });
  expect(Number(record?.expiresAt) - Number(record?.at)).toBeGreaterThan(89 * DAY_MS);
  const before = (await stats()).queries;
  const first = await search('limit=1');
  expect((await portal.ask('GET', first.page.next)).json()).not.toHaveProperty('queryId');
  await portal.ask('HEAD', '/v1/search?q=gobi');
  expect((await portal.ask('GET', '/v1/search?limit=101')).statusCode).toBe(400);
  const posted = await portal.ask('POST', '/v1/search', { body: { q: 'Gobi' } });
  expect(posted.json().queryId).toMatch(/^query_/);
  expect((await stats()).queries).toBe(before + 2);
});

test('a click counts once a document, from anybody, and for a search that is known', async () => {
  const { queryId } = await search('q=Clicked+Bearing');
  await search('q=clicked++bearing');
  for (const [id, position] of [
    [company, 3],
    [company, 1],
    ['mining-equipment', 6],
  ]) {
    const answer = await click({ queryId, id, position });
    expect([answer.statusCode, answer.body, answer.headers['cache-control']]).toEqual([204, '', 'no-store']);
  }
  expect((await stats()).top).toContainEqual({
    query: 'clicked bearing',
    count: 2,
    clicks: 2,
    clickRate: 0.5,
    meanPosition: 4.5,
  });
  const unknown = await click({ queryId: typeIds.next('query'), id: company, position: 1 });
  expect(unknown.json()).toMatchObject({ status: 404, code: 'NOT_FOUND', reason: 'query-log.query-unknown' });
  const wrong = await click({ queryId: 'query_1', id: 'Company 1', position: 0, who: 'Bat' });
  expect(wrong.json()).toMatchObject({ status: 400, reason: 'request.body-invalid' });
  expect(
    wrong
      .json()
      .errors.map(({ pointer }: { pointer: string }) => pointer)
      .toSorted(),
  ).toEqual(['/id', '/position', '/queryId', '/who']);
});

test('of one search no more than twenty clicks are kept', async () => {
  const { queryId } = await search('q=many');
  for (let position = 1; position <= 22; position += 1)
    expect((await click({ queryId, id: `c-${position}`, position })).statusCode).toBe(204);
  const record = (await kept(portal)).find(({ _id }) => _id === queryId);
  expect(record?.clicks).toHaveLength(20);
});

test('the figures tell what was asked most and what found nothing, in a window, to who may read them', async () => {
  const from = systemClock.now();
  for (const q of ['zaamar', 'Zaamar', 'ЗААМАР', 'qqxxzzq', 'qqxxzzq', '']) await search(`q=${q}&kinds=company`);
  const found = await eventually(async () => {
    const now = await stats(`from=${from}&limit=2`);
    return now.queries === 6 && now;
  });
  expect(found).toEqual({
    since: from,
    until: expect.any(String),
    queries: 6,
    zeroHits: 2,
    top: [
      { query: 'qqxxzzq', count: 2, clicks: 0, clickRate: 0, meanPosition: null },
      { query: 'zaamar', count: 2, clicks: 0, clickRate: 0, meanPosition: null },
    ],
    zeroHit: [{ query: 'qqxxzzq', count: 2 }],
    latencyMs: { p50: expect.any(Number), p95: expect.any(Number) },
  });
  expect(await stats(`to=${from}&from=2020-01-01T00:00:00Z`)).not.toMatchObject({ queries: 0 });
  expect(await stats('from=2019-01-01T00:00:00Z&to=2020-01-01T00:00:00Z')).toMatchObject({ queries: 0, top: [] });
  const answer = await portal.ask('GET', '/v1/stats', { key: statsKey });
  expect(answer.headers['cache-control']).toBe('private, no-store');
  expect((await portal.ask('GET', '/v1/stats')).statusCode).toBe(401);
  const writer = await portal.makeKey(['catalog:write', 'news:write']);
  expect((await portal.ask('GET', '/v1/stats', { key: writer })).statusCode).toBe(403);
  for (const [query, pointer] of [
    ['from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z', '/from'],
    ['from=yesterday', '/from'],
    ['limit=101', '/limit'],
  ])
    expect((await portal.ask('GET', `/v1/stats?${query}`, { key: statsKey })).json()).toMatchObject({
      status: 400,
      errors: [{ pointer }],
    });
});

/** Another gateway before the same servers. */
async function withReplica<T>(
  options: { clock?: typeof systemClock; settings?: object },
  work: (replica: Pick<Portal, 'ask'>) => Promise<T>,
): Promise<T> {
  const { space } = portal;
  const config = readConfig({
    ...environmentOf(space),
    QUERY_LOG: 'on',
    ADMIN_KEY_FILE: portal.keyFile,
    ...options.settings,
  });
  const replica = createService({ config, log: space.log, clock: options.clock ?? systemClock });
  await replica.lifecycle.start();
  try {
    return await work(createCaller(() => replica.app(), portal.adminKey));
  } finally {
    await replica.lifecycle.stop();
  }
}

test('replicas share one log: a click at one is of a search at the other, and a stop writes what was answered', async () => {
  const { queryId } = await withReplica({}, (replica) => search('q=shared', replica)); // stopped at once
  expect((await click({ queryId, id: company, position: 2 })).statusCode).toBe(204);
  await withReplica({}, async (replica) => {
    expect((await click({ queryId, id: company, position: 9 }, replica)).statusCode).toBe(204);
    expect((await stats('', replica)).top).toContainEqual(
      expect.objectContaining({ query: 'shared', count: 1, clicks: 1, meanPosition: 2 }),
    );
  });
});

test('what is over takes no click, and the database is told to remove it', async () => {
  const past = { now: () => toInstant(past.nowMs()), nowMs: () => systemClock.nowMs() - 8 * DAY_MS };
  const settings = { QUERY_LOG_DAYS: '7' };
  const { queryId } = await withReplica({ clock: past, settings }, (replica) => search('q=bygone', replica));
  const answer = await click({ queryId, id: company, position: 1 });
  expect(answer.json()).toMatchObject({ status: 404, reason: 'query-log.query-unknown' });
  const record = (await kept(portal)).find(({ _id }) => _id === queryId);
  expect(Number(record?.expiresAt ?? 0)).toBeLessThan(systemClock.nowMs());
  const dbName = portal.space.names.database('gateway');
  const connection = await mongoose.createConnection(portal.space.mongoUrl, { dbName }).asPromise();
  expect(await connection.collection('queries').indexes()).toContainEqual(
    expect.objectContaining({ key: { expiresAt: 1 }, expireAfterSeconds: 0 }),
  );
  await connection.close();
});

test('the oldest searches go when there are more than may be kept', async () => {
  const dbName = `${portal.space.names.database('gateway')}-bound`.slice(0, 60);
  const connection = await mongoose.createConnection(portal.space.mongoUrl, { dbName }).asPromise();
  const store = createQueryLogStore(connection);
  await store.ensureIndexes();
  const shown = {
    isMasked: false,
    kinds: [],
    filters: [],
    hits: 1,
    isRelaxed: false,
    lang: 'en',
    isOfStaff: false,
    latencyMs: 1,
  };
  const queries = ['a', 'b', 'c', 'd', 'e'].map((query) => ({ id: `query_${query}`, query, atMs: 1_000, ...shown }));
  await store.insert(queries, 2_000_000_000_000);
  await store.insert(queries, 2_000_000_000_000); // a repeat changes nothing
  expect([await store.removeBeyond(3), await store.removeBeyond(3)]).toEqual([2, 0]);
  const window = { since: toInstant(0), until: toInstant(2_000) };
  expect((await store.listTop(window, 9)).map(({ query }) => query)).toEqual(['c', 'd', 'e']);
  await connection.dropDatabase();
  await connection.close();
});

test('while the database is away searches answer as before, figures are null, and what waits is written later', async () => {
  const link = await openLinkProxy(inject('servers').mongoUrl);
  const own = await openPortal({ QUERY_LOG: 'on', MONGO_URL: `${link.url}/?directConnection=true` });
  const figures = async () => (await own.ask('GET', '/v1/stats', { key: own.adminKey })).json().search;
  expect(await figures()).toMatchObject({ zeroHits: 0 }); // and the key is remembered
  link.cut();
  const { queryId, total } = await search('q=patience', own);
  expect([queryId, total]).toEqual([expect.stringMatching(/^query_/), expect.any(Object)]);
  const answer = await click({ queryId, id: company, position: 1 }, own);
  expect(answer.json()).toMatchObject({ status: 503, reason: 'query-log.unavailable' });
  expect(await figures()).toBeNull();
  link.mend();
  await eventually(async () => (await kept(own)).some(({ _id }) => _id === queryId));
  link.cut();
  await search('q=lost', own);
  const startedMs = performance.now();
  await own.gateway.lifecycle.stop();
  expect(performance.now() - startedMs).toBeLessThan(15_000);
  link.mend();
  expect((await kept(own)).map(({ query }) => query)).not.toContain('lost');
  await own.close();
  await link.close();
});

const searched = {
  request: { q: 'x', lang: 'en' as const, view: 'public' as const },
  found: { total: { value: 0, relation: 'eq' as const }, relaxed: null },
  startedMs: 0,
};
/** A log that writes where the test says. */
function logInto(store: () => QueryLogStore) {
  const metrics = createMetrics('gateway');
  const log = createLogger({ service: 'test', level: 'silent' });
  return { metrics, ...createQueryLog({ store, days: 1, clock: systemClock, ids: typeIds, log, metrics }) };
}

test('a queue that is full takes no more, counts it, and answers all the same', async () => {
  const { note, metrics } = logInto(() => {
    throw new Error('is away');
  });
  const ids = Array.from({ length: 5_002 }, () => note(searched));
  expect(new Set(ids).size).toBe(5_002);
  expect(await metrics.print()).toContain('ortoo_query_log_dropped_total{service="gateway"} 2');
});

test('a stop writes what waits, and counts what it cannot write in time', async () => {
  const written: string[] = [];
  const insert = async (queries: { id: string }[]) => void written.push(...queries.map(({ id }) => id));
  const there = logInto(() => ({ insert }) as unknown as QueryLogStore);
  const ids = Array.from({ length: 1_200 }, () => there.note(searched));
  await there.parts[0]?.stop();
  expect(written).toEqual(ids);
  const stuck = logInto(() => ({ insert: () => new Promise(() => undefined) }) as unknown as QueryLogStore);
  stuck.note(searched);
  await stuck.parts[0]?.stop();
  expect(await stuck.metrics.print()).toContain('ortoo_query_log_dropped_total{service="gateway"} 1');
});
