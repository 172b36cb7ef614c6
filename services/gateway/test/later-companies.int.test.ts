import { eventually } from '@ortoo/shared/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aCompany, anArticle } from './support/caller.ts';
import { openPortal, type Portal } from './support/portal.ts';

let portal: Portal;
beforeAll(async () => {
  portal = await openPortal();
});
afterAll(() => portal?.close());

test('an article is found by every name of a company that was published after it, while the public sees that', async () => {
  const body = [{ type: 'paragraph', text: 'Төмөр Хөлөг Тээвэр ХХК шинэ зам нээв.' }];
  const { id } = await portal.create('articles', anArticle({ language: 'mn', status: 'published', body }));
  const found = async () =>
    (await portal.ask('GET', '/v1/search?q=iron%20steed%20haulage&kinds=article')).json().items.map(idOf);
  const idOf = (item: { id: string }) => item.id;
  expect(await found()).toEqual([]);
  const displayName = { mn: 'Төмөр Хөлөг Тээвэр ХХК', en: 'Iron Steed Haulage LLC' };
  const company = await portal.create('companies', aCompany({ status: 'published', displayName }));
  await eventually(async () => expect(await found()).toEqual([id]));
  const { items } = (await portal.ask('GET', `/v1/companies/${company.id}/articles`)).json();
  expect(items.map(idOf)).toEqual([id]);
  expect((await portal.ask('GET', `/v1/articles/${id}`)).json()).toMatchObject({
    v: 2,
    mentions: [{ companyId: company.id, text: 'Төмөр Хөлөг Тээвэр ХХК', confirmed: false }],
  });
  await portal.write('POST', `/v1/companies/${company.id}/unpublish`);
  await eventually(async () => expect(await found()).toEqual([]));
});
