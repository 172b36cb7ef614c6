import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aCompany, anArticle, type Shown } from './support/caller.ts';
import { openPortal, type Portal } from './support/portal.ts';

let portal: Portal;
beforeAll(async () => {
  portal = await openPortal({ PUBLIC_URL: 'https://api.example.mn' });
});
afterAll(() => portal?.close());

describe('the categories', () => {
  test('are all there in the order of the portal', async () => {
    const answer = await portal.ask('GET', '/v1/categories');
    const { items } = answer.json<{ items: { id: string; ordinal: number; name: { en: string } }[] }>();
    expect(Object.keys(answer.json())).toEqual(['items']);
    expect(items).toHaveLength(26);
    expect(items.map(({ ordinal }) => ordinal)).toEqual(Array.from({ length: 26 }, (_, i) => i + 1));
    expect(items[0]).toMatchObject({ kind: 'category', display: { lang: 'en', name: items[0]?.name.en } });
    expect(answer.headers.etag).toMatch(/^W\//);
  });

  test('are read one by one', async () => {
    const answer = await portal.ask('GET', '/v1/categories/mining-equipment?lang=mn');
    expect(answer.json()).toMatchObject({ id: 'mining-equipment', display: { lang: 'mn' } });
  });

  test('are renamed at once', async () => {
    const before = await portal.ask('GET', '/v1/categories/education');
    const name = { ...before.json().name, ko: '교육과 훈련' };
    const renamed = await portal.write('PATCH', '/v1/categories/education', {
      headers: { 'if-match': before.headers.etag as string },
      body: { name: { ko: name.ko } },
    });
    expect(renamed).toMatchObject({ id: 'education', v: before.json().v + 1, name });
    expect((await portal.ask('GET', '/v1/categories?lang=ko')).body).toContain(name.ko);
  });
});

describe('a list', () => {
  test.each(['/v1/offerings', '/v1/articles', '/v1/events', '/v1/search'])(
    'of %s by the id of no company is refused at its place',
    async (path) => {
      const answer = await portal.ask('GET', `${path}?companyId=foo`);
      expect(answer.json()).toMatchObject({
        status: 400,
        reason: 'request.parameter-invalid',
        errors: [{ pointer: '/companyId/0', message: 'is not in the expected form' }],
      });
    },
  );

  test('is paged without a gap or a repeat, by the addresses that it gives', async () => {
    const articles: string[] = [];
    for (let i = 0; i < 5; i += 1)
      articles.push(
        (
          await portal.write('POST', '/v1/articles', {
            body: anArticle({ status: 'published', editor: 'Paged', articleKind: 'notice' }),
          })
        ).id,
      );
    const seen: string[] = [];
    let address: string | null = '/v1/articles?articleKind=notice&limit=2&sort=createdAt&total=true';
    while (address) {
      const answer = await portal.ask('GET', address);
      const { items, page, total } = answer.json<{
        items: Shown[];
        page: { next: string | null; prev: null; limit: number };
        total: number;
      }>();
      expect([page.limit, page.prev, total]).toEqual([2, null, 5]);
      expect(answer.headers.link).toBe(page.next ? `<${page.next}>; rel="next"` : undefined);
      seen.push(...items.map(({ id }) => id));
      address = page.next;
    }
    expect(seen).toEqual(articles);
  });

  test('ends a page before it is too large to be answered, and goes on from there', async () => {
    const made: string[] = [];
    for (let i = 0; i < 3; i += 1) {
      const body = Array.from({ length: 13 }, () => ({ type: 'paragraph', text: 'Ж'.repeat(9_500) }));
      const article = anArticle({ status: 'published', articleKind: 'interview', body });
      made.push((await portal.write('POST', '/v1/articles', { body: article })).id);
    }
    const seen: string[] = [];
    let address: string | null = '/v1/articles?articleKind=interview&limit=100&sort=createdAt';
    while (address) {
      const answer = await portal.ask('GET', address);
      expect(answer.statusCode).toBe(200);
      seen.push(...answer.json().items.map(({ id }: Shown) => id));
      address = answer.json().page.next;
    }
    expect(seen).toEqual(made);
  });

  test('takes the tokens that a search waits for, and knows the writes that they name', async () => {
    const { id } = await portal.write('POST', '/v1/companies', { body: aCompany({ status: 'published' }) });
    const answer = await portal.ask('GET', `/v1/companies?ids=${id}&waitFor=${id}:1,${id}:1`);
    expect(answer.json()).toMatchObject({ items: [{ id }] });
    expect((await portal.ask('GET', `/v1/categories?waitFor=${id}:1`)).statusCode).toBe(200);
  });

  test('of nothing is empty and has no next page', async () => {
    const answer = await portal.ask('GET', '/v1/companies?registrationNumber=0000000');
    expect(answer.json()).toEqual({ items: [], page: { next: null, prev: null, limit: 20 } });
  });

  test('counts and shows what the caller may see', async () => {
    await portal.write('POST', '/v1/companies', { body: aCompany({ registrationNumber: '7654321' }) });
    const ask = async (key?: string) =>
      (await portal.ask('GET', '/v1/companies?registrationNumber=7654321&total=true', { key })).json();
    expect(await ask()).toMatchObject({ items: [], total: 0 });
    expect(await ask(portal.adminKey)).toMatchObject({ items: [{ status: 'draft' }], total: 1 });
  });

  test('that the caller already has is not sent again', async () => {
    const url = '/v1/companies?registrationNumber=0000000';
    const { etag } = (await portal.ask('GET', url)).headers;
    expect(etag).toMatch(/^W\/"/);
    expect((await portal.ask('GET', url, { headers: { 'if-none-match': etag as string } })).statusCode).toBe(304);
  });

  test.each([
    ['/v1/companies?limit=0', '/limit'],
    ['/v1/companies?limit=101', '/limit'],
    ['/v1/companies?limt=5', '/limt'],
    ['/v1/companies?lang=xx', '/lang'],
    ['/v1/companies?sort=size', '/sort/0'],
    ['/v1/companies?sort=name,-name', '/sort/1'],
    ['/v1/companies?waitFor=company', '/waitFor/0'],
    ['/v1/companies?updatedSince=2016-12-31T23:59:60Z', '/updatedSince'],
    ['/v1/companies?category=minning', '/category/0'],
    ['/v1/companies?cursor=forged.AAAA', '/cursor'],
    ['/v1/articles?publishedFrom=yesterday', '/publishedFrom'],
    ['/v1/categories?limit=5', '/limit'],
  ])('%s is refused at its place', async (url, pointer) => {
    const answer = await portal.ask('GET', url);
    expect(answer.json()).toMatchObject({ status: 400, code: 'VALIDATION_FAILED', errors: [{ pointer }] });
  });

  test('refuses a cursor of another query and names the nearest category', async () => {
    for (let i = 0; i < 2; i += 1)
      await portal.write('POST', '/v1/companies', { body: aCompany({ status: 'published' }) });
    const { page } = (await portal.ask('GET', '/v1/companies?limit=1')).json();
    const foreign = await portal.ask('GET', `${page.next}&region=MN-1`);
    expect(foreign.json()).toMatchObject({ status: 400, reason: 'cursor.invalid' });
    expect((await portal.ask('GET', '/v1/companies?category=constructoin')).json().detail).toContain('construction');
  });

  test('of drafts takes a key that may see them', async () => {
    const writer = await portal.makeKey(['catalog:write']);
    const other = await portal.makeKey(['news:write']);
    const statuses = await Promise.all(
      [undefined, other, writer].map(
        async (key) => (await portal.ask('GET', '/v1/companies?status=draft', { key })).statusCode,
      ),
    );
    expect(statuses).toEqual([401, 403, 200]);
  });
});
