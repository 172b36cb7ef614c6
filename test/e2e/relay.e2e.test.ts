import { eventually } from '@ortoo/shared/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPortal, type Portal } from '../support/portal.ts';

let portal: Portal;
beforeAll(async () => {
  portal = await openPortal();
});
afterAll(async () => portal?.dispose());

const company = (name: { mn: string; en?: string }, more: object = {}) => ({
  displayName: name,
  categories: { primary: 'construction' },
  status: 'published',
  ...more,
});

/** Ids that a search answers, best first. */
async function found(query: string, as: 'public' | 'staff' = 'public'): Promise<string[]> {
  const { body } = await portal.call('GET', `/v1/search?${query}`, as === 'staff' ? {} : { key: null });
  return (body.items as { id: string }[]).map((item) => item.id);
}

test('a written company is found, in the other script too, by a reader who waits for the write', async () => {
  const made = await portal.call('POST', '/v1/companies', { body: company({ mn: 'Говь Цемент ХХК' }) });
  expect(made.status).toBe(201);
  const { body } = await portal.call('GET', `/v1/search?q=gobi%20tsement&waitFor=${made.version}`, { key: null });
  expect(body.consistent).toBe(true);
  const [first] = body.items as object[];
  expect(first).toMatchObject({ id: made.id, kind: 'company', url: `/v1/companies/${made.id}` });
});

test('a written company is found without asking to wait, a moment later', async () => {
  const made = await portal.call('POST', '/v1/companies', { body: company({ mn: 'Хустай Агро ХХК' }) });
  await eventually(async () => (await found('q=khustai')).includes(made.id));
});

test('a renamed category is right at once', async () => {
  const made = await portal.call('POST', '/v1/companies', {
    body: company({ mn: 'Орд Констракшн' }, { categories: { primary: 'lighting' } }),
  });
  await portal.call('GET', `/v1/search?waitFor=${made.version}`);
  const before = await portal.call('GET', '/v1/categories/lighting');
  const renamed = await portal.call('PATCH', '/v1/categories/lighting', {
    headers: { 'if-match': before.etag },
    body: { name: { ...(before.body.name as object), en: 'Luminous wonders' } },
  });
  expect(renamed.status).toBe(200);
  const read = await portal.call('GET', '/v1/categories/lighting', { key: null });
  expect(read.body).toMatchObject({ id: 'lighting', name: { en: 'Luminous wonders' } });
  // The company was not written, and is found by the new words of its category.
  const { body } = await portal.call(
    'GET',
    `/v1/search?q=luminous%20wonders&kinds=company&waitFor=${renamed.version}`,
    { key: null },
  );
  expect(body.items).toContainEqual(expect.objectContaining({ id: made.id }));
  expect((await portal.call('GET', `/v1/companies/${made.id}`)).body).toMatchObject({ v: 1 });
});

test('a deleted article disappears', async () => {
  const made = await portal.call('POST', '/v1/articles', {
    body: { language: 'en', headline: 'Zephyr turbines arrive', summary: 'They arrive.', status: 'published' },
  });
  await portal.call('GET', `/v1/search?waitFor=${made.version}`);
  expect(await found('q=zephyr')).toEqual([made.id]);
  const removed = await portal.call('DELETE', `/v1/articles/${made.id}`, { headers: { 'if-match': made.etag } });
  expect(removed.status).toBe(204);
  const { body } = await portal.call('GET', `/v1/search?q=zephyr&waitFor=${removed.version}`);
  expect(body).toMatchObject({ consistent: true, items: [] });
  expect((await portal.call('GET', `/v1/articles/${made.id}`)).status).toBe(404);
});

test('an unpublished company is found by nobody but staff', async () => {
  const made = await portal.call('POST', '/v1/companies', {
    body: company({ mn: 'Нууц Булан ХХК', en: 'Quiet Corner LLC' }),
  });
  await portal.call('GET', `/v1/search?waitFor=${made.version}`);
  expect((await found('q=nuuts%20bulan'))[0]).toBe(made.id);
  const hidden = await portal.call('POST', `/v1/companies/${made.id}/unpublish`);
  expect(hidden).toMatchObject({ status: 200, body: { status: 'draft' } });
  const { body } = await portal.call('GET', `/v1/search?q=nuuts%20bulan&waitFor=${hidden.version}`, { key: null });
  expect(body).toMatchObject({ consistent: true });
  expect(JSON.stringify(body)).not.toContain(made.id);
  for (const path of [`/v1/companies/${made.id}`, '/v1/companies/quiet-corner']) {
    expect((await portal.call('GET', path, { key: null })).status).toBe(404);
  }
  const list = await portal.call('GET', '/v1/companies?limit=100&total=true', { key: null });
  expect(JSON.stringify(list.body)).not.toContain('Нууц Булан');
  expect((await found('q=nuuts%20bulan', 'staff'))[0]).toBe(made.id);
});

test('what was written while search was stopped is found when it is back', async () => {
  await portal.stopSearch();
  const made = await portal.call('POST', '/v1/companies', { body: company({ mn: 'Шөнийн Галт Тэрэг ХХК' }) });
  expect(made.status).toBe(201);
  expect((await portal.call('GET', '/v1/search?q=shuniin')).status).toBe(503);
  await portal.startSearch();
  const { body } = await portal.call('GET', `/v1/search?q=shuniin%20galt%20tereg&waitFor=${made.version}`, {
    key: null,
  });
  expect(body.consistent).toBe(true);
  expect((body.items as object[])[0]).toMatchObject({ id: made.id });
});
