import { eventually, openLinkProxy } from '@ortoo/shared/testing';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { aCompany } from './support/caller.ts';
import { openPortal, type Portal } from './support/portal.ts';

let portal: Portal;
let id: string;
beforeAll(async () => {
  portal = await openPortal();
  id = (await portal.write('POST', '/v1/companies', { body: aCompany({ status: 'published' }) })).id;
  await eventually(async () => (await portal.ask('GET', '/v1/articles?category=education')).statusCode === 200); // news knows the categories
  await portal.neighbours.catalog.lifecycle.stop();
});
afterAll(() => portal?.close());

test('what the missing service owns is honestly unavailable, for reads and for writes', async () => {
  const asked = [
    await portal.ask('GET', `/v1/companies/${id}`),
    await portal.ask('GET', '/v1/companies'),
    await portal.ask('GET', '/v1/categories'),
    await portal.ask('POST', '/v1/companies', { key: portal.adminKey, body: aCompany() }),
  ];
  for (const answer of asked) {
    expect(answer.json()).toMatchObject({ status: 503, code: 'UNAVAILABLE', reason: 'catalog.no-responders' });
    expect(answer.headers['retry-after']).toBe('1');
  }
});

test('what others own still answers, a filter by category too', async () => {
  expect((await portal.ask('GET', '/v1/articles?category=education')).statusCode).toBe(200);
  const found = await eventually(async () => {
    const answer = await portal.ask('GET', '/v1/search?q=cement&kinds=company');
    return answer.statusCode === 200 && answer.json().items.length > 0 && answer.json();
  });
  expect(found.items[0].id).toBe(id);
});

test('the gateway is alive, says that it is not ready, and names the one that is away', async () => {
  expect((await portal.ask('GET', '/livez')).statusCode).toBe(200);
  const ready = await portal.ask('GET', '/readyz');
  expect(ready.headers['content-type']).toBe('application/problem+json');
  expect(ready.json()).toMatchObject({
    status: 503,
    reason: 'gateway.not-ready',
    detail: 'Not ready: catalog.',
    checks: { catalog: { status: 'unavailable', detail: expect.any(String) }, news: { status: 'ok' } },
  });
  const health = await portal.ask('GET', '/health');
  expect([health.statusCode, health.json()]).toMatchObject([
    200,
    { status: 'warn', services: { catalog: { status: 'fail' }, search: { status: 'pass' } } },
  ]);
});

test('while the database of the keys is away, a key is not refused but unavailable, and the public still reads', async () => {
  const link = await openLinkProxy(inject('servers').mongoUrl);
  const own = await openPortal({ MONGO_URL: `${link.url}/?directConnection=true` });
  const key = await own.makeKey(['news:write']);
  link.cut();
  expect((await own.ask('GET', '/v1/categories')).statusCode).toBe(200);
  const refused = await own.ask('GET', '/v1/categories', { key });
  expect(refused.json()).toMatchObject({ status: 503, code: 'UNAVAILABLE', reason: 'keys.unavailable' });
  const ready = await own.ask('GET', '/readyz');
  expect(ready.json()).toMatchObject({ status: 503, checks: { mongodb: { status: 'unavailable' } } });
  expect(ready.body).not.toMatch(/127\.0\.0\.1|ECONN|mongodb:\/\//);
  link.mend();
  await eventually(async () => (await own.ask('GET', '/v1/categories', { key })).statusCode === 200);
  await own.close();
  await link.close();
});
