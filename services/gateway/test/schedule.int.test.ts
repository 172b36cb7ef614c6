import { shiftInstant, systemClock } from '@ortoo/shared/kernel';
import { eventually } from '@ortoo/shared/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aCompany, anArticle, type Shown } from './support/caller.ts';
import { openPortal, type Portal } from './support/portal.ts';

let portal: Portal;
beforeAll(async () => {
  portal = await openPortal();
});
afterAll(() => portal?.close());

/** How many the public finds of a word that is in one document. */
const found = async (word: string) => (await portal.ask('GET', `/v1/search?q=${word}`)).json().total.value as number;
const plan = (url: string, inMs: { publishAt?: number; unpublishAt?: number }) =>
  portal.write('POST', `${url}/schedule`, {
    body: Object.fromEntries(Object.entries(inMs).map(([name, ms]) => [name, shiftInstant(systemClock.now(), ms)])),
  });

test('search finds a scheduled document after its moment and not before, and an archived one no more', async () => {
  const { id } = await portal.write('POST', '/v1/articles', { body: anArticle({ headline: 'Wolframite ledger' }) });
  const url = `/v1/articles/${id}`;
  const planned = await plan(url, { publishAt: 2_500 });
  const ahead = await portal.ask('GET', `/v1/search?q=wolframite&waitFor=${id}:${planned.v}`);
  expect(ahead.json()).toMatchObject({ consistent: true, total: { value: 0 } });
  await eventually(async () => (await found('wolframite')) === 1);
  const shown: Shown = (await portal.ask('GET', url)).json();
  expect(String(shown.publishedAt) >= String(planned.publishAt)).toBe(true);
  await plan(url, { unpublishAt: 300 });
  await eventually(async () => (await found('wolframite')) === 0);
  expect((await portal.ask('GET', url)).statusCode).toBe(404);
  expect((await portal.ask('GET', url, { key: portal.adminKey })).json().status).toBe('archived');
});

test('staff lists by every status of a plan, the public sees nothing of it', async () => {
  const { id } = await portal.write('POST', '/v1/companies', { body: aCompany() });
  await plan(`/v1/companies/${id}`, { publishAt: 3_600_000 });
  const list = `/v1/companies?status=scheduled&status=archived&ids=${id}&total=true`;
  expect((await portal.ask('GET', list, { key: portal.adminKey })).json()).toMatchObject({ total: 1, items: [{ id }] });
  expect((await portal.ask('GET', list)).body).not.toContain('"total":1');
});
