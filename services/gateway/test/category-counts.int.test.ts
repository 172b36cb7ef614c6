import { eventually } from '@ortoo/shared/testing';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aCompany, anArticle, anOffering } from './support/caller.ts';
import { openPortal, type Portal } from './support/portal.ts';

let portal: Portal;
beforeAll(async () => {
  portal = await openPortal();
  for (const [id, parent] of Object.entries(parents))
    await portal.write('POST', '/v1/categories', { body: { id, parent, name: { en: id } } });
});
afterAll(() => portal?.close());

type Counts = { companies: number; offerings: number; articles: number; events: number };
type Shown = { id: string; v: number; counts?: Counts };

const parents = { dairy: 'food', meat: 'food', bridges: 'road' };
const codes = ['food', 'road', 'energy', ...Object.keys(parents)];
const none: Counts = { companies: 0, offerings: 0, articles: 0, events: 0 };
const listed = async (query = '') => (await portal.ask('GET', `/v1/categories${query}`)).json().items as Shown[];
const totalOf = async (plural: string, code: string): Promise<number> =>
  (await portal.ask('GET', `/v1/${plural}?category=${code}&total=true&limit=1`)).json().total;

const anyMember = fc.record({
  plural: fc.constantFrom('companies', 'offerings', 'articles'),
  named: fc.uniqueArray(fc.constantFrom(...codes), { minLength: 1, maxLength: 4 }),
  status: fc.constantFrom('published', 'draft', 'in_review'),
});

test('counts are the totals of the public lists, whatever is in the categories, and right after a write that is waited for', async () => {
  const members = fc.sample(anyMember, 60);
  const made: { plural: string; id: string; v: number }[] = [];
  const owner = await portal.write('POST', '/v1/companies', {
    body: aCompany({ status: 'published', categories: { primary: 'travel' } }),
  });
  for (const { plural, named, status } of members) {
    const [primary, ...secondary] = named;
    const categories = { primary, ...(secondary.length > 0 ? { secondary } : {}) };
    const bodies: Record<string, () => object> = {
      companies: () => aCompany({ status, categories }),
      offerings: () => anOffering({ companyId: owner.id, status, categories }),
      articles: () => anArticle({ status, categories: named }),
    };
    const body = bodies[plural]?.();
    made.push({ plural, ...(await portal.write('POST', `/v1/${plural}`, { body })) });
  }
  for (const { plural, id, v } of made.slice(0, 5))
    await portal.ask('DELETE', `/v1/${plural}/${id}`, { key: portal.adminKey, headers: { 'if-match': `"${v}"` } });

  const totals = new Map<string, Counts>();
  for (const code of codes)
    totals.set(code, {
      ...none,
      companies: await totalOf('companies', code),
      offerings: await totalOf('offerings', code),
      articles: await totalOf('articles', code),
    });
  await eventually(async () => {
    const items = await listed();
    return codes.every((code) => {
      const counts = items.find(({ id }) => id === code)?.counts;
      return JSON.stringify(counts) === JSON.stringify(totals.get(code));
    });
  });
  expect((await listed()).find(({ id }) => id === 'health')?.counts).toEqual(none);

  const before = totals.get('road')?.companies ?? 0;
  const body = aCompany({ status: 'published', categories: { primary: 'bridges', secondary: ['road'] } });
  const { id, v } = await portal.write('POST', '/v1/companies', { body });
  const after = await listed(`?waitFor=${id}:${v}`);
  expect(after.find(({ id: code }) => code === 'road')?.counts?.companies).toBe(before + 1);
});

test('a category is read with its counts, and its tag changes with them', async () => {
  const read = () => portal.ask('GET', '/v1/categories/insurance');
  const first = await read();
  expect(first.json()).toMatchObject({ id: 'insurance', counts: none });
  const list = await portal.ask('GET', '/v1/categories');
  const body = aCompany({ status: 'published', categories: { primary: 'insurance' } });
  await portal.write('POST', '/v1/companies', { body });
  const second = await eventually(async () => {
    const answer = await read();
    return answer.json().counts.companies === 1 && answer;
  });
  expect(second.headers.etag).not.toBe(first.headers.etag);
  expect(String(second.headers.etag)).toMatch(/^"1-/);
  expect((await portal.ask('GET', '/v1/categories')).headers.etag).not.toBe(list.headers.etag);
});

test('who picks other members gets no counts, who picks one gets that one', async () => {
  const [plain] = await listed('?fields=name');
  expect(Object.keys(plain ?? {})).toEqual(['id', 'kind', 'v', 'name']);
  const picked = await portal.ask('GET', '/v1/categories/labor-safety?fields=counts.articles');
  expect(picked.json()).toEqual({ id: 'labor-safety', kind: 'category', v: 1, counts: { articles: 0 } });
});

test('without search the categories come all the same: with the last counts', async () => {
  const [before] = await listed();
  await portal.neighbours.search.lifecycle.stop();
  const answer = await portal.ask('GET', '/v1/categories?waitFor=company_x:1');
  expect(answer.statusCode).toBe(200);
  expect(answer.json().items[0]).toEqual(before);
});
