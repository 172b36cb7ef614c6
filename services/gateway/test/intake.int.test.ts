import { typeIds } from '@ortoo/shared/kernel';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPortal, type Portal } from './support/portal.ts';

let portal: Portal;
beforeAll(async () => {
  portal = await openPortal();
});
afterAll(() => portal?.close());

const post = (
  path: string,
  body: object,
  key: string | undefined = portal.adminKey,
  headers: Record<string, string> = {},
) => portal.ask('POST', `/v1/articles/${path}`, { key, body, headers });

const SENTENCE =
  'Гүүрийг энэ долоо хоногт нээлээ. Барилгын ажил дөрвөн жил үргэлжилсэн бөгөөд урт нь хоёр зуун метр юм.';
const page = (headline: string) =>
  `Нүүр | Мэдээ | Холбоо барих\n\n${headline}\nБ.Болор | 2023 оны 5-р сарын 4, 14:30\n\n${SENTENCE}\n\n${SENTENCE.replace('Гүүрийг', 'Замыг')}\n\nХянасан: Д.Сараа\nЭх сурвалж: www.tal-medee.example`;

test('raw text is read by who may write news, and nothing is stored', async () => {
  const text = page('Орхоны шинэ гүүрийг нээлээ');
  const answer = await post('extract', { text });
  expect(answer.statusCode).toBe(200);
  expect(answer.headers['cache-control']).toBe('private, no-store');
  const { fields, unsure, ...rest } = answer.json();
  expect(fields).toMatchObject({
    headline: { value: 'Орхоны шинэ гүүрийг нээлээ' },
    authors: { value: ['Б.Болор'] },
    editor: { value: 'Д.Сараа' },
    source: { value: { domain: 'www.tal-medee.example' } },
    sourcePublishedAt: { value: { date: '2023-05-04T14:30', precision: 'minute' } },
    language: { value: 'mn' },
  });
  expect(rest.text).toBe(text);
  expect(unsure).toContain('mentions');
  const list = await portal.ask('GET', '/v1/articles?status=draft', { key: portal.adminKey });
  expect(list.json().items).toEqual([]);
});

test.each(['extract', 'ingest'])('%s takes the scope news:write', async (path) => {
  expect((await portal.ask('POST', `/v1/articles/${path}`, { body: { text: 'x' } })).statusCode).toBe(401);
  expect((await post(path, { text: 'x' }, await portal.makeKey(['catalog:write']))).json()).toMatchObject({
    status: 403,
    required: ['news:write'],
  });
});

test('a page becomes a draft under its address, and the same page again is 409 with its id', async () => {
  const made = await post('ingest', { text: page('Хоёр хөндийг холбосон шинэ гүүр') });
  expect(made.statusCode).toBe(201);
  const { id, status, extraction } = made.json();
  expect(made.headers).toMatchObject({ location: `/v1/articles/${id}`, 'ortoo-version': `${id}:1` });
  expect(status).toBe('draft');
  expect(extraction.fields.headline.value).toBe('Хоёр хөндийг холбосон шинэ гүүр');
  expect((await portal.ask('GET', `/v1/articles/${id}`)).statusCode).toBe(404);
  expect((await portal.ask('GET', `/v1/articles/${id}`, { key: portal.adminKey })).statusCode).toBe(200);

  const again = await post('ingest', { text: page('Хоёр хөндийг холбосон шинэ гүүр') });
  expect(again.json()).toMatchObject({ status: 409, code: 'CONFLICT', reason: 'article.already-ingested', id });
});

test('a repeat with the same Idempotency-Key gets the same answer', async () => {
  const headers = { 'idempotency-key': typeIds.next('try') };
  const text = page('Давтан илгээсэн хуудас нэг л удаа');
  const first = await post('ingest', { text }, portal.adminKey, headers);
  const second = await post('ingest', { text }, portal.adminKey, headers);
  expect(second.statusCode).toBe(201);
  expect(second.json().id).toBe(first.json().id);
});

test('a text of nearly 900 KB is read, a larger one is 413', async () => {
  const text = `${page('Маш урт хуудасны гарчиг энэ')}\n`.padEnd(480_000, `${SENTENCE} `);
  const bytes = Buffer.byteLength(JSON.stringify({ text }));
  expect(bytes).toBeGreaterThan(800 * 1024);
  expect(bytes).toBeLessThan(900 * 1024);
  const answer = await post('extract', { text });
  expect(answer.statusCode).toBe(200);
  expect(answer.json().text === text).toBe(true);
  expect((await post('extract', { text: text.repeat(2) })).json()).toMatchObject({
    status: 413,
    reason: 'request.body-too-large',
  });
});

test.each([
  [{}, '/text', 'intake.request-invalid'],
  [{ text: 'a', html: 'b' }, '/html', 'intake.request-invalid'],
  [{ text: '' }, '/text', 'request.body-invalid'],
  [{ txt: 'a' }, '/txt', 'request.body-invalid'],
  [{ text: 'a', url: 'no address' }, '/url', 'request.body-invalid'],
])('%j is 400 at its member', async (body, pointer, reason) => {
  const answer = await post('extract', body);
  expect(answer.json()).toMatchObject({ status: 400, reason, errors: [{ pointer }] });
});
