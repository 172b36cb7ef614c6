import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aCompany, anArticle, anEvent } from './support/caller.ts';
import { openPortal, type Portal } from './support/portal.ts';

let portal: Portal;
let writer: string;
let other: string;
beforeAll(async () => {
  portal = await openPortal();
  writer = await portal.makeKey(['catalog:write', 'news:write']);
  other = await portal.makeKey(['catalog:publish', 'news:publish']);
});
afterAll(() => portal?.close());

const kinds = [
  {
    plural: 'companies',
    body: () => aCompany({ summary: { en: 'first' } }),
    patch: { summary: { en: 'second', mn: 'хоёр' } },
  },
  { plural: 'articles', body: () => anArticle({ summary: 'first' }), patch: { summary: 'second' } },
  { plural: 'events', body: () => anEvent({ summary: { en: 'first' } }), patch: { summary: { en: 'second' } } },
] as const;
const get = (url: string, key: string | undefined = writer, headers = {}) => portal.ask('GET', url, { key, headers });
const restore = (url: string, v: unknown, ifMatch: string | undefined, headers: Record<string, string> = {}) =>
  portal.ask('POST', `${url}/restore`, {
    key: writer,
    headers: { ...(ifMatch ? { 'if-match': ifMatch } : {}), ...headers },
    body: { v },
  });

/** A document at version 2, changed by one who is not the admin. */
/** What is created says once who may be there already; that is no part of the document. */
const withoutHint = ({ possibleDuplicates: _hint, ...document }: Record<string, unknown>) => document;

async function makeChanged(plural: string, body: object, patch: object) {
  const first = await portal.write('POST', `/v1/${plural}`, { body });
  const url = `/v1/${plural}/${first.id}`;
  const answer = await portal.ask('PATCH', url, { key: writer, headers: { 'if-match': '"1"' }, body: patch });
  return { url, first, second: answer.json() };
}

describe.each(kinds)('the past of $plural', ({ plural, body, patch }) => {
  test('is listed, the newest first, page by page, each with who changed what', async () => {
    const { url, first, second } = await makeChanged(plural, body(), patch);
    await portal.ask('POST', `${url}/publish`, { key: other });
    const page = await get(`${url}/revisions?limit=2`);
    expect(page.json()).toMatchObject({
      items: [
        { v: 3, types: ['published'] },
        { v: 2, types: ['updated'], at: expect.stringMatching(/Z$/), actor: second.updatedBy, fields: ['summary'] },
      ],
      page: { prev: null, limit: 2 },
    });
    const { next } = page.json().page;
    expect(page.headers.link).toBe(`<${next}>; rel="next"`);
    const last = (await get(next)).json();
    expect(last).toMatchObject({ items: [{ v: 1, types: ['created'], actor: first.createdBy }], page: { next: null } });
    expect((await get(`/v1/${plural}/${first.slug}/revisions?limit=2`)).json().items).toEqual(page.json().items);
  });

  test('says who changed a member, by its name or by a pointer', async () => {
    const { url, second } = await makeChanged(plural, body(), patch);
    for (const field of ['summary', '/summary']) {
      const { items } = (await get(`${url}/revisions?field=${encodeURIComponent(field)}&limit=1`)).json();
      expect(items).toMatchObject([{ v: 2, actor: second.updatedBy }]);
    }
    const byWriter = (await get(`${url}/revisions?actor=${second.updatedBy}`)).json().items;
    expect(byWriter.map(({ v }: { v: number }) => v)).toEqual([2]);
    const unknown = await get(`${url}/revisions?field=summary&field=sumary`);
    expect(unknown.json()).toMatchObject({ status: 400, errors: [{ pointer: '/field/1' }] });
    expect(unknown.json().errors[0].message).toContain('did you mean summary?');
    const odd = (await get(`${url}/revisions?field=/summary~2`)).json();
    expect(odd).toMatchObject({ status: 400, errors: [{ pointer: '/field/0' }] });
  });

  test('is read whole, with a tag, and compared place by place', async () => {
    const { url, first, second } = await makeChanged(plural, body(), patch);
    const past = await get(`${url}/revisions/1`);
    expect(past.json()).toEqual(withoutHint(first));
    expect(past.headers.etag).toMatch(/^"1-/);
    expect((await get(`${url}/revisions/1`, writer, { 'if-none-match': past.headers.etag })).statusCode).toBe(304);
    expect((await get(`${url}/revisions/2`)).json()).toEqual(second);
    const { from, to, diff } = (await get(`${url}/revisions/2?against=1`)).json();
    expect([from, to]).toEqual([1, 2]);
    const told = diff.filter(({ pointer }: { pointer: string }) => !pointer.startsWith('/updated'));
    expect(told.map(({ pointer }: { pointer: string }) => pointer.split('/')[1])).toContain('summary');
    expect(told[0]).toMatchObject(
      plural === 'companies'
        ? { pointer: '/summary/en', from: 'first', to: 'second' }
        : { from: 'first', to: 'second' },
    );
    expect((await get(`${url}/revisions/1?against=1`)).json()).toEqual({ from: 1, to: 1, diff: [] });
  });

  test('is for those who may write', async () => {
    const { url } = await makeChanged(plural, body(), patch);
    for (const path of ['/revisions', '/revisions/1', '/revisions/1?against=2']) {
      expect((await portal.ask('GET', `${url}${path}`)).json()).toMatchObject({ status: 401 });
      expect((await get(`${url}${path}`, other)).json()).toMatchObject({ status: 403 });
    }
  });

  test('has no version that never was or has no number, and none of what never was', async () => {
    const { url } = await makeChanged(plural, body(), patch);
    for (const v of ['3', '0', '-1', '1.5', 'first', '9'.repeat(20), '2?against=7'])
      expect((await get(`${url}/revisions/${v}`)).json()).toMatchObject({ status: 404, reason: 'revision.not-found' });
    expect((await get(`${url}/revisions/2?against=one`)).json()).toMatchObject({ status: 400 });
    for (const path of ['/revisions', '/revisions/1'])
      expect((await get(`/v1/${plural}/nowhere${path}`)).json()).toMatchObject({ status: 404, code: 'NOT_FOUND' });
  });

  test('is restored over the version that was read, in one that others find', async () => {
    const { url, first } = await makeChanged(plural, body(), patch);
    expect((await restore(url, 1, undefined)).json()).toMatchObject({ status: 428, code: 'PRECONDITION_REQUIRED' });
    const stale = (await restore(url, 1, '"1"')).json();
    expect(stale).toMatchObject({ status: 412, current: { v: 2 } });
    expect(stale.diff[0]).toMatchObject({ base: 'first', current: 'second', yours: 'first' });
    const restored = await restore(url, 1, '"2"');
    expect([restored.statusCode, restored.headers['ortoo-version']]).toEqual([200, `${first.id}:3`]);
    expect(restored.json()).toMatchObject({ v: 3, status: 'draft', summary: first.summary });
    expect((await get(url)).json()).toEqual(restored.json());
    expect((await get(`${url}/revisions?limit=1`)).json().items).toMatchObject([{ v: 3, types: ['restored'] }]);
  });

  test('is restored once for one Idempotency-Key', async () => {
    const { url } = await makeChanged(plural, body(), patch);
    const headers = { 'idempotency-key': `restore-${url}` };
    const answer = await restore(url, 1, '"2"', headers);
    const again = await restore(url, 1, '"2"', headers);
    expect([again.statusCode, again.headers['idempotency-replayed'], again.body]).toEqual([200, 'true', answer.body]);
    expect((await get(url)).json().v).toBe(3);
  });

  test('is not restored from what is no version', async () => {
    const { url } = await makeChanged(plural, body(), patch);
    expect((await restore(url, 9, '"2"')).json()).toMatchObject({ status: 404, reason: 'revision.not-found' });
    for (const v of [0, '1', 1.5, undefined])
      expect((await restore(url, v, '"2"')).json()).toMatchObject({ status: 400, errors: [{ pointer: '/v' }] });
  });
});

describe('a restore', () => {
  test('goes through the rules of today: what another has meanwhile is a conflict, and nothing is written', async () => {
    const number = String(6_000_000 + Math.floor(performance.now()));
    const { url } = await makeChanged('companies', aCompany({ registrationNumber: number }), {
      registrationNumber: null,
    });
    const holder = await portal.write('POST', '/v1/companies', { body: aCompany({ registrationNumber: number }) });
    const refused = (await restore(url, 1, '"2"')).json();
    expect(refused).toMatchObject({ status: 409, reason: 'company.registration-number-taken', id: holder.id });
    expect((await get(url)).json().v).toBe(2);
  });

  test('brings back a slug that was set by hand, and lets one that was made follow the name', async () => {
    const slug = `by-hand-${Math.floor(performance.now())}`;
    const pinned = await makeChanged('companies', aCompany({ slug }), { slug: `${slug}-b` });
    expect((await restore(pinned.url, 1, '"2"')).json()).toMatchObject({ v: 3, slug });
    expect((await portal.ask('GET', `/v1/companies/${slug}-b`, { key: writer })).headers.location).toBe(
      `/v1/companies/${slug}`,
    );
    const named = await makeChanged('companies', aCompany(), { displayName: { en: `Renamed ${slug}` } });
    expect((await restore(named.url, 1, '"2"')).json()).toMatchObject({ v: 3, slug: named.first.slug });
  });

  test('of what is published stays published and is found as it was', async () => {
    const { url, first } = await makeChanged('companies', aCompany(), { foundedYear: 1999 });
    await portal.ask('POST', `${url}/publish`, { key: other });
    const restored = (await restore(url, 1, '"3"')).json();
    expect(restored).toMatchObject({ v: 4, status: 'published', publishedAt: expect.any(String) });
    expect(restored).not.toHaveProperty('foundedYear');
    expect((await portal.ask('GET', url)).json()).toMatchObject({ v: 4, displayName: first.displayName });
  });
});

describe('what was deleted', () => {
  test('keeps its past, by its id', async () => {
    const { url, first } = await makeChanged('companies', aCompany(), { foundedYear: 1999 });
    await portal.ask('DELETE', url, { key: writer, headers: { 'if-match': '"2"' } });
    const { items } = (await get(`${url}/revisions`)).json();
    expect(items.map(({ types }: { types: string[] }) => types[0])).toEqual(['deleted', 'updated', 'created']);
    expect((await get(`${url}/revisions/1`)).json()).toEqual(withoutHint(first));
    expect((await get(`${url}/revisions/3`)).json()).toMatchObject({ status: 410, reason: 'revision.deletion' });
    expect((await restore(url, 1, '"3"')).json()).toMatchObject({ status: 404 });
  });
});

test('the past of a category is read and restored like that of documents', async () => {
  const url = '/v1/categories/food';
  const first = (await get(url)).json();
  await portal.ask('PATCH', url, {
    key: writer,
    headers: { 'if-match': `"${first.v}"` },
    body: { name: { en: 'Feed' } },
  });
  const diff = (await get(`${url}/revisions/${first.v + 1}?against=${first.v}`)).json().diff;
  expect(diff).toContainEqual({ pointer: '/name/en', from: first.name.en, to: 'Feed' });
  const restored = (await restore(url, first.v, `"${first.v + 1}"`)).json();
  expect(restored).toMatchObject({ v: first.v + 2, name: first.name });
  expect((await get(`${url}/revisions?field=name.en`)).json().items[0]).toMatchObject({ types: ['restored'] });
});
