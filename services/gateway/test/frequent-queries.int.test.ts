import { systemClock } from '@ortoo/shared/kernel';
import { eventually } from '@ortoo/shared/testing';
import mongoose from 'mongoose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readConfig } from '../src/config.ts';
import { createQueryLogStore } from '../src/query-log/query-log.store.ts';
import { createService } from '../src/service.ts';
import { aCompany, createCaller } from './support/caller.ts';
import { environmentOf, openPortal, type Portal } from './support/portal.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
let portal: Portal;
beforeAll(async () => {
  portal = await openPortal();
  const body = aCompany({ status: 'published', displayName: { mn: 'Заамар холхивч', en: 'Zaamar Bearing' } });
  const written = await portal.ask('POST', '/v1/companies', { key: portal.adminKey, body });
  const draft = await portal.write('POST', '/v1/companies', {
    body: aCompany({ displayName: { en: 'Zaamar Hidden' } }),
  });
  const tokens = `${written.headers['ortoo-version'] as string},${draft.id}:${draft.v}`;
  await portal.ask('GET', `/v1/search?waitFor=${tokens}`);
});
afterAll(() => portal?.close());

/** Searches of the past: how often on each of so many days. */
async function seedLog(queries: [text: string, times: number, days: number, more?: object][]): Promise<void> {
  const dbName = portal.space.names.database('gateway');
  const connection = await mongoose.createConnection(portal.space.mongoUrl, { dbName }).asPromise();
  const plain = {
    isMasked: false,
    kinds: [],
    filters: [],
    hits: 3,
    isRelaxed: false,
    lang: 'mn',
    isOfStaff: false,
    latencyMs: 1,
  };
  const rows = queries.flatMap(([query, times, days, more = {}], place) =>
    Array.from({ length: times }, (_one, n) => {
      const atMs = systemClock.nowMs() - ((n % days) + 1) * DAY_MS;
      return { ...plain, ...more, query, id: `query_${place}_${n}`, atMs };
    }),
  );
  await createQueryLogStore(connection).insert(rows, systemClock.nowMs() + DAY_MS);
  await connection.close();
}

test('what the public asks often on several days and finds is suggested after names, in either script, and nothing else', async () => {
  await seedLog([
    ['zaamar bearing', 12, 3],
    ['zaamar rare', 9, 3],
    ['zaamar burst', 40, 2],
    ['zaamar [number]', 40, 5, { isMasked: true }],
    ['zaamar staff', 40, 5, { isOfStaff: true }],
    ['zaamar empty', 40, 5, { hits: 0 }],
    ['zaamar hidden', 40, 5], // of a draft: it has hits, and none of them is what was asked
    ['zaamar swindle', 40, 5], // in no document
  ]);
  const config = readConfig({ ...environmentOf(portal.space), QUERY_LOG: 'on', ADMIN_KEY_FILE: portal.keyFile });
  const gateway = createService({ config, log: portal.space.log });
  await gateway.lifecycle.start();
  const { ask } = createCaller(() => gateway.app(), portal.adminKey);
  const suggest = async (query: string) => (await ask('GET', `/v1/suggest?${query}`)).json().items;
  const queriesOf = async (query: string) =>
    (await suggest(query)).filter(({ kind }: { kind: string }) => kind === 'query');
  await eventually(async () => (await queriesOf('q=zaamar&lang=mn')).length > 0);
  const bearing = { text: 'zaamar bearing', kind: 'query', id: 'zaamar bearing' };
  const items = await suggest('q=zaama&lang=mn');
  expect(items).toEqual([
    expect.objectContaining({ kind: 'company', text: 'Заамар холхивч' }),
    { ...bearing, match: [0, 6] },
  ]);
  expect(await queriesOf('q=%D0%B7%D0%B0%D0%B0%D0%BC&lang=mn')).toEqual([{ ...bearing, match: [0, 6] }]);
  expect(await queriesOf('q=zaama&kinds=company')).toEqual([]);
  expect(await queriesOf('q=zaamar+bearing&lang=en')).toEqual([]); // the name stands there already
  expect(await queriesOf('q=')).toEqual([]);
  await gateway.lifecycle.stop();
  const quiet = (await portal.ask('GET', '/v1/suggest?q=zaama')).json().items;
  expect(quiet.map(({ kind }: { kind: string }) => kind)).toEqual(['company']);
});

test('categories are suggested among names, in either script', async () => {
  for (const q of ['barilg', 'Барилг', 'constr']) {
    const found = await eventually(async () => {
      const { items } = (await portal.ask('GET', `/v1/suggest?q=${encodeURIComponent(q)}`)).json();
      return items.length > 0 && items;
    });
    expect(found, q).toContainEqual(expect.objectContaining({ kind: 'category', id: 'construction' }));
  }
});
