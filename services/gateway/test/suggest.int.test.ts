import { afterAll, beforeAll, expect, test } from 'vitest';
import { aCompany } from './support/caller.ts';
import { openPortal, type Portal } from './support/portal.ts';

let portal: Portal;
beforeAll(async () => {
  portal = await openPortal();
});
afterAll(() => portal?.close());

test('a name that is begun in Latin letters is completed in Cyrillic, and drafts are not, whoever asks', async () => {
  const { id, token } = await portal.create(
    'companies',
    aCompany({ status: 'published', displayName: { mn: 'Хулан Ноос ХХК', en: 'Khulan Wool LLC' } }),
  );
  const draft = await portal.create('companies', aCompany({ displayName: { mn: 'Хулан Нууц' } }));
  await portal.ask('GET', `/v1/search?waitFor=${token},${draft.token}`);
  const answer = await portal.ask('GET', '/v1/suggest?q=hulan%20no&limit=5&lang=mn', { key: portal.adminKey });
  expect(answer.statusCode).toBe(200);
  expect(answer.headers['content-language']).toBe('mn');
  expect(answer.json()).toEqual({ items: [{ text: 'Хулан Ноос ХХК', kind: 'company', id, match: [0, 10] }] });
  expect((await portal.ask('GET', '/v1/suggest?q=hulan', { key: portal.adminKey })).json().items).toHaveLength(1);
  for (const nothing of ['', '?q=', '?q=%3F!'])
    expect((await portal.ask('GET', `/v1/suggest${nothing}`)).json()).toEqual({ items: [] });
  for (const [query, pointer] of [
    ['q=a&limit=11', '/limit'],
    ['q=a&kinds=compny', '/kinds/0'],
    [`q=${'x'.repeat(201)}`, '/q'],
    ['q=a&view=staff', '/view'],
  ])
    expect((await portal.ask('GET', `/v1/suggest?${query}`)).json()).toMatchObject({
      status: 400,
      errors: [expect.objectContaining({ pointer })],
    });
});
