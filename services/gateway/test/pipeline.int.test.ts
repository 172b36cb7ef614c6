import { connectBus } from '@ortoo/shared/bus';
import { eventually } from '@ortoo/shared/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aCompany } from './support/caller.ts';
import { openPortal, type Portal } from './support/portal.ts';

let portal: Portal;
beforeAll(async () => {
  portal = await openPortal();
  await portal.write('POST', '/v1/companies', { body: aCompany({ status: 'published' }) });
});
afterAll(() => portal?.close());

const get = async (path: string, key = portal.adminKey) => portal.ask('GET', `/v1/pipeline${path}`, { key });
const post = async (path: string, key = portal.adminKey) => portal.ask('POST', `/v1/pipeline${path}`, { key });

test('the pipeline shows the stream, each outbox, the index, what was set aside, and the last comparison', async () => {
  const answer = await eventually(async () => {
    const found = await get('');
    return found.json().index?.pendingChanges === 0 && found.json().outbox.catalog?.pending === 0 && found;
  });
  expect(answer.statusCode).toBe(200);
  expect(answer.headers['cache-control']).toBe('private, no-store');
  expect(answer.json()).toEqual({
    stream: { first: expect.any(Number), last: expect.any(Number), createdAt: expect.stringMatching(/^\d{4}-.*Z$/) },
    outbox: { catalog: { pending: 0, oldestMs: 0 }, news: { pending: 0, oldestMs: 0 } },
    index: {
      name: portal.space.names.physicalIndex(1),
      version: expect.any(Number),
      documents: expect.any(Number),
      lagMs: 0,
      pendingChanges: 0,
    },
    deadLetters: 0,
    reconcile: expect.objectContaining({ at: expect.any(String), missing: 0, stale: 0, extra: 0 }),
  });
});

test('stats:read may look and not touch, a key without it may not look, and nobody without a key may', async () => {
  const stats = await portal.makeKey(['stats:read']);
  const writer = await portal.makeKey(['catalog:write']);
  for (const path of ['', '/rebuild', '/reconcile']) {
    const seen = await get(path, stats);
    expect([seen.statusCode, seen.headers['cache-control']]).toEqual([200, 'private, no-store']);
    expect((await get(path, writer)).statusCode).toBe(403);
    expect((await portal.ask('GET', `/v1/pipeline${path}`)).statusCode).toBe(401);
  }
  for (const path of ['/rebuild', '/reconcile', '/dead-letters/1/replay'])
    expect((await post(path, stats)).statusCode).toBe(403);
  for (const path of ['/dead-letters', '/dead-letters/1']) expect((await get(path, stats)).statusCode).toBe(403);
});

test('a rebuild is begun by POST, followed where Location says, and ends with the new index answering', async () => {
  const begun = await post('/rebuild');
  expect(begun.statusCode).toBe(202);
  expect(begun.headers.location).toBe('/v1/pipeline/rebuild');
  const { name } = begun.json();
  await eventually(async () => {
    const { name: now, state } = (await get('/rebuild')).json();
    return now === name && state === 'done';
  });
  // A replica answers from the old index until the new one has caught up with what it has shown (ADR 22).
  await eventually(async () => (await get('')).json().index.name === name);
});

test('a comparison over the real owners finds nothing, cheap or full', async () => {
  for (const path of ['/reconcile', '/reconcile?full=true']) {
    const begun = await eventually(async () => {
      const answer = await post(path);
      return answer.statusCode === 202 && answer;
    });
    const { last } = await eventually(async () => {
      const state = (await get('/reconcile')).json();
      return state.running === null && state.last.at >= begun.json().startedAt && state;
    });
    expect(last).toMatchObject({
      mode: path.endsWith('true') ? 'full' : 'cheap',
      missing: 0,
      stale: 0,
      extra: 0,
      ahead: 0,
    });
    expect(last.compared).toBeGreaterThanOrEqual(last.mode === 'full' ? 27 : 0);
  }
});

test('a change that cannot be indexed is listed, shown and replayed; what is not there is a 404', async () => {
  const { natsUrl: url, names, log } = portal.space;
  const bus = await connectBus({ url, names, service: 'catalog', log });
  const subject = portal.space.names.change('news', 'article', 'article_x');
  await bus.publisher.publish({ subject, messageId: 'x', payload: '{"type":"mn.ortoo.article.changed.v9"}' });
  const ofSearch = async (): Promise<{ sequence: number; durable: string }[]> => {
    const { items } = (await get('/dead-letters?limit=100')).json();
    return items.filter(({ durable }: { durable: string }) => durable.startsWith('search'));
  };
  const [letter] = await eventually(async () => {
    const letters = await ofSearch();
    return letters.length > 0 && letters;
  });
  if (!letter) throw new Error('no letter');
  expect((await get('')).json().deadLetters).toBeGreaterThanOrEqual(1); // other readers set it aside as well
  expect(letter).toMatchObject({ subject, reason: 'unknown type mn.ortoo.article.changed.v9', id: null });
  expect((await get(`/dead-letters/${letter.sequence}`)).json()).toEqual({
    ...letter,
    message: { type: 'mn.ortoo.article.changed.v9' },
  });
  expect((await post(`/dead-letters/${letter.sequence}/replay`)).statusCode).toBe(202);
  const [again] = await eventually(async () => {
    const letters = (await ofSearch()).filter(({ sequence }) => sequence > letter.sequence);
    return letters.length > 0 && letters;
  });
  expect(again).toMatchObject({ durable: letter.durable, id: null });
  expect((await get('/dead-letters?limit=1')).json()).toMatchObject({ items: [{ id: null }], page: { limit: 1 } });
  for (const path of [`/dead-letters/${letter.sequence}`, '/dead-letters/999', '/dead-letters/first'])
    expect((await get(path)).json()).toMatchObject({ status: 404, reason: 'dead-letter.not-found' });
  expect((await get('/dead-letters?limit=0')).statusCode).toBe(400);
  expect((await get('/rebuild?ful=true')).statusCode).toBe(400);
  await bus.close();
});

test('a service that is away leaves its parts null and the others as they are', async () => {
  await portal.neighbours.news.lifecycle.stop();
  await portal.neighbours.search.lifecycle.stop();
  expect((await get('')).json()).toMatchObject({
    stream: null,
    outbox: { catalog: { pending: 0 }, news: null },
    index: null,
    deadLetters: null,
    reconcile: null,
  });
  expect((await get('')).statusCode).toBe(200);
});
