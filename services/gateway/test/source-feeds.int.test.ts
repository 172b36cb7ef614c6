import { newSecret } from '@ortoo/shared/kernel';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openPortal, type Portal } from './support/portal.ts';

let portal: Portal;
let key: string;
let other: string;
beforeAll(async () => {
  portal = await openPortal();
  [key, other] = await Promise.all([portal.makeKey(['feeds:write']), portal.makeKey(['news:write'])]);
});
afterAll(() => portal?.close());

let feeds = 0;
/** Paused: nothing of these tests leaves the machine. */
const aFeed = (more: object = {}) => {
  feeds += 1;
  return { url: `https://post-${feeds}.example/rss`, state: 'paused', ...more };
};
const add = async (body: object = aFeed()) => portal.ask('POST', '/v1/feeds', { key, body });

describe('/v1/feeds', () => {
  test('a feed is added, read, changed and taken away', async () => {
    const made = await add(aFeed({ name: 'The Post', category: 'road', language: 'en', intervalMinutes: 30 }));
    expect(made.statusCode).toBe(201);
    const { id } = made.json();
    expect(made.headers).toMatchObject({
      location: `/v1/feeds/${id}`,
      'ortoo-version': `${id}:1`,
      etag: expect.stringMatching(/^"1-/),
    });
    expect(made.json()).toMatchObject({ kind: 'feed', v: 1, name: 'The Post', intervalMinutes: 30, lastErrors: [] });

    const path = `/v1/feeds/${id}`;
    const read = await portal.ask('GET', path, { key });
    expect(read.json()).toEqual(made.json());
    const again = await portal.ask('GET', path, { key, headers: { 'if-none-match': read.headers.etag as string } });
    expect(again.statusCode).toBe(304);

    const changed = await portal.ask('PATCH', path, {
      key,
      body: { ...(made.json() as object), name: null, intervalMinutes: 60 },
    });
    expect(changed.json()).toMatchObject({ v: 2, intervalMinutes: 60 });
    expect(changed.json()).not.toHaveProperty('name');
    const stale = await portal.ask('PATCH', path, { key, headers: { 'if-match': '"1"' }, body: { name: 'x' } });
    expect(stale.json()).toMatchObject({ status: 412, current: { v: 2 } });

    expect((await portal.ask('DELETE', path, { key, headers: { 'if-match': '"2"' } })).statusCode).toBe(204);
    expect((await portal.ask('GET', path, { key })).json()).toMatchObject({ status: 404, reason: 'feed.not-found' });
  });

  test('a repeated creation with an Idempotency-Key makes one feed', async () => {
    const headers = { 'idempotency-key': newSecret(8) };
    const body = aFeed();
    const [first, second] = [
      await portal.ask('POST', '/v1/feeds', { key, headers, body }),
      await portal.ask('POST', '/v1/feeds', { key, headers, body }),
    ];
    expect(second.json()).toEqual(first.json());
    expect(second.headers['idempotency-replayed']).toBe('true');
    expect((await add(body)).json()).toMatchObject({ status: 409, reason: 'feed.url-taken', id: first.json().id });
  });

  test.each([
    [{ url: 'http://127.0.0.1:9200/_search' }, '/url'],
    [{ url: 'http://169.254.169.254/latest/meta-data' }, '/url'],
    [{ url: 'file:///etc/passwd' }, '/url'],
    [{}, '/url'],
    [{ url: 'https://a.example', intervalMinutes: 5 }, '/intervalMinutes'],
    [{ url: 'https://a.example', category: 'no-such' }, '/category'],
    [{ url: 'https://a.example', state: 'gone' }, '/state'],
    [{ url: 'https://a.example', colour: 'red' }, '/colour'],
  ])('%j is refused at its place', async (body, pointer) => {
    expect((await add(body)).json()).toMatchObject({
      status: 400,
      errors: [{ pointer, expected: expect.any(String) }],
    });
  });

  test('nobody without the scope learns anything', async () => {
    const { id } = (await add()).json();
    for (const [method, path, body] of [
      ['GET', '/v1/feeds', undefined],
      ['POST', '/v1/feeds', aFeed()],
      ['GET', `/v1/feeds/${id}`, undefined],
      ['PATCH', `/v1/feeds/${id}`, {}],
      ['DELETE', `/v1/feeds/${id}`, undefined],
      ['POST', `/v1/feeds/${id}/fetch`, undefined],
    ] as const) {
      const asked = body ? { body } : {};
      expect((await portal.ask(method, path, asked)).statusCode, `${method} ${path}`).toBe(401);
      const refused = await portal.ask(method, path, { ...asked, key: other });
      expect(refused.json(), `${method} ${path}`).toMatchObject({ status: 403, required: ['feeds:write'] });
    }
  });

  test('lists go on by their cursor', async () => {
    for (let i = 0; i < 3; i += 1) await add();
    const ids: string[] = [];
    for (let next: string | null = '/v1/feeds?limit=2'; next !== null; ) {
      const page: { items: { id: string }[]; page: { next: string | null } } = (
        await portal.ask('GET', next, { key })
      ).json();
      ids.push(...page.items.map(({ id }) => id));
      next = page.page.next;
    }
    expect(ids).toEqual([...new Set(ids)].toSorted());
    expect(ids.length).toBeGreaterThanOrEqual(3);
  });

  test('a fetch of a server that cannot be reached says so, and the feed remembers it', async () => {
    const { id } = (await add()).json();
    const fetched = await portal.ask('POST', `/v1/feeds/${id}/fetch`, { key });
    expect(fetched.json()).toEqual({
      fetched: 0,
      created: 0,
      duplicates: 0,
      rejected: 0,
      notModified: false,
      error: expect.objectContaining({ code: 'UNAVAILABLE', reason: 'outgoing.failed' }),
    });
    expect((await portal.ask('GET', `/v1/feeds/${id}`, { key })).json().lastErrors).toHaveLength(1);
    const unknown = id.replace(/.$/, (last: string) => (last === '0' ? '1' : '0'));
    expect((await portal.ask('POST', `/v1/feeds/${unknown}/fetch`, { key })).statusCode).toBe(404);
  });
});
