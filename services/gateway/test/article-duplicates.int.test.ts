import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPortal, type Portal } from './support/portal.ts';

let portal: Portal;
let writer: string;
beforeAll(async () => {
  portal = await openPortal();
  writer = await portal.makeKey(['news:write']);
});
afterAll(() => portal?.close());

const words = Array.from({ length: 120 }, (_, n) => `word${n}`);
const article = (headline: string, changed: number) => ({
  language: 'en',
  headline,
  body: [{ type: 'paragraph', text: words.map((word, n) => (n === changed ? 'another' : word)).join(' ') }],
});
const create = (body: object, headers = {}) => portal.ask('POST', '/v1/articles', { key: writer, headers, body });

test('articles with nearly the same text are told to editors on create and on demand, and to nobody else', async () => {
  const first = (await create(article('First', -1))).json();
  const answer = await create(article('Second', 60), { 'idempotency-key': 'second' });
  const second = answer.json();
  expect([answer.statusCode, second.duplicateOf]).toEqual([201, first.id]);
  expect(second.possibleDuplicates).toMatchObject([{ id: first.id, display: { name: 'First' }, status: 'draft' }]);
  expect((await create(article('Second', 60), { 'idempotency-key': 'second' })).json()).toEqual(second);

  const url = `/v1/articles/${first.id}/duplicates`;
  expect((await portal.ask('GET', url, { key: writer })).json()).toEqual({
    items: [
      {
        id: second.id,
        display: { lang: 'en', name: 'Second' },
        url: `/v1/articles/${second.id}`,
        status: 'draft',
        score: expect.any(Number),
        duplicateOf: first.id,
      },
    ],
    isComplete: true,
  });
  expect((await portal.ask('GET', url)).statusCode).toBe(401);
  const stranger = await portal.makeKey(['catalog:write']);
  expect((await portal.ask('GET', url, { key: stranger })).statusCode).toBe(403);
  const unknown = '/v1/articles/article_01h455vb4pex5vsknk084sn02q/duplicates';
  expect((await portal.ask('GET', unknown, { key: writer })).json()).toMatchObject({ status: 404 });

  await portal.write('POST', `/v1/articles/${second.id}/publish`, {});
  const seen = await portal.ask('GET', `/v1/articles/${second.id}`);
  expect(seen.statusCode).toBe(200);
  expect(seen.body).not.toMatch(/duplicate|fingerprint/iu);
});

test('lists by what is a duplicate are for staff', async () => {
  const [query, of] = ['/v1/articles?duplicate=true', '/v1/articles?duplicateOf=article_01h455vb4pex5vsknk084sn02q'];
  const found = await portal.ask('GET', query, { key: writer });
  expect(found.json().items).toMatchObject([{ headline: 'Second' }]);
  expect((await portal.ask('GET', of, { key: writer })).json().items).toEqual([]);
  for (const url of [query, of, '/v1/articles?duplicate=false'])
    expect((await portal.ask('GET', url)).statusCode).toBe(401);
  const stranger = await portal.makeKey(['catalog:write']);
  expect((await portal.ask('GET', query, { key: stranger })).statusCode).toBe(403);
  for (const name of ['duplicate=true', 'duplicateOf=article_01h455vb4pex5vsknk084sn02q'])
    expect((await portal.ask('GET', `/feeds/articles.json?${name}`, { key: writer })).statusCode).toBe(400);
  expect((await portal.ask('GET', '/v1/articles?duplicate=maybe', { key: writer })).statusCode).toBe(400);
});

test('what was read can be sent back as it is, and says nothing by hand', async () => {
  const text = article('Sent back', 30);
  await create({ ...text, headline: 'The head' });
  const made = await create(text);
  const sent = await portal.ask('PUT', `/v1/articles/${made.json().id}`, {
    key: writer,
    headers: { 'if-match': String(made.headers.etag) },
    body: made.json(),
  });
  expect([sent.statusCode, sent.json().v]).toEqual([200, 1]);
});

test('a duplicate of nothing that can be one is a 400 that names the member', async () => {
  for (const duplicateOf of ['nonsense', 'company_01h455vb4pex5vsknk084sn02q', 7, '']) {
    const answer = await create({ ...article('Bad', 2), duplicateOf });
    expect([answer.statusCode, answer.json().errors?.[0]?.pointer]).toEqual([400, '/duplicateOf']);
  }
  const unknown = await create({ ...article('Bad', 3), duplicateOf: 'article_01h455vb4pex5vsknk084sn02q' });
  expect(unknown.json()).toMatchObject({ status: 400, reason: 'article.duplicate-invalid' });
});
