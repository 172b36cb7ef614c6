import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aCompany, anArticle } from './support/caller.ts';
import { openPortal, type Portal } from './support/portal.ts';

let portal: Portal;
let writer: string;
let publisher: string;
beforeAll(async () => {
  portal = await openPortal({ PUBLIC_URL: 'https://api.example.mn' });
  writer = await portal.makeKey(['catalog:write', 'news:write']);
  publisher = await portal.makeKey(['catalog:publish', 'news:publish']);
});
afterAll(() => portal?.close());

describe('a change of a stale version', () => {
  test.each([
    ['PATCH', { summary: { mn: 'минийх' } }],
    ['PUT', undefined],
  ] as const)('by %s is told what it saw, what there is and what it wants', async (method, patch) => {
    const seen = await portal.write('POST', '/v1/companies', { body: aCompany({ summary: { en: 'a', mn: 'б' } }) });
    const url = `/v1/companies/${seen.id}`;
    await portal.write('PATCH', url, {
      headers: { 'if-match': '"1"' },
      body: { summary: { en: 'theirs' }, foundedYear: 1999 },
    });
    const refused = await portal.ask(method, url, {
      key: writer,
      headers: { 'if-match': '"1"' },
      body: patch ?? { ...seen, summary: { en: 'a', mn: 'минийх' } },
    });
    expect([refused.statusCode, refused.json().current]).toEqual([412, { v: 2 }]);
    expect(
      refused
        .json()
        .diff.toSorted((a: { pointer: string }, b: { pointer: string }) => a.pointer.localeCompare(b.pointer)),
    ).toEqual([
      { pointer: '/foundedYear', current: 1999 },
      { pointer: '/summary/en', base: 'a', current: 'theirs', yours: 'a' },
      { pointer: '/summary/mn', base: 'б', current: 'б', yours: 'минийх' },
    ]);
  });

  test('that cannot be right all the same is told the version, and of a deletion what has changed', async () => {
    const { id } = await portal.write('POST', '/v1/articles', { body: anArticle() });
    const url = `/v1/articles/${id}`;
    await portal.write('PATCH', url, { headers: { 'if-match': '"1"' }, body: { editor: 'Dorj' } });
    const stale = { key: writer, headers: { 'if-match': '"1"' } };
    const wrong = await portal.ask('PATCH', url, { ...stale, body: { headline: null } });
    const deleted = await portal.ask('DELETE', url, stale);
    for (const answer of [wrong, deleted])
      expect(answer.json()).toMatchObject({
        status: 412,
        current: { v: 2 },
        diff: [{ pointer: '/editor', current: 'Dorj' }],
      });
  });

  test('by a key that may only publish shows the status and nothing else', async () => {
    const contacts = [{ name: 'Secret Bold' }];
    const { id } = await portal.write('POST', '/v1/companies', { body: aCompany() });
    await portal.write('PATCH', `/v1/companies/${id}`, { headers: { 'if-match': '"1"' }, body: { contacts } });
    const refused = await portal.ask('POST', `/v1/companies/${id}/publish`, {
      key: publisher,
      headers: { 'if-match': '"1"' },
    });
    expect(refused.json()).toMatchObject({
      status: 412,
      diff: [{ pointer: '/status', base: 'draft', current: 'draft', yours: 'published' }],
    });
    expect(refused.body).not.toContain('Secret Bold');
  });
});

describe('a move', () => {
  test('publishes and unpublishes, with or without a version', async () => {
    const { id } = await portal.write('POST', '/v1/articles', { body: anArticle() });
    const url = `/v1/articles/${id}`;
    const out = await portal.ask('POST', `${url}/publish`, { key: publisher });
    expect([out.statusCode, out.json().status, out.headers['ortoo-version']]).toEqual([200, 'published', `${id}:2`]);
    expect((await portal.ask('GET', url)).statusCode).toBe(200);
    const back = await portal.ask('POST', `${url}/unpublish`, {
      key: publisher,
      headers: { 'if-match': out.headers.etag as string, 'content-type': 'application/json' },
      body: '',
    });
    expect(back.json()).toMatchObject({ v: 3, status: 'draft' });
    expect((await portal.ask('GET', url)).statusCode).toBe(404);
  });

  test('by a key that may only publish shows no more than the public sees', async () => {
    const contacts = [{ name: 'Secret Bold' }, { name: 'Open Dorj', public: true }];
    const { id } = await portal.write('POST', '/v1/companies', { body: aCompany({ contacts }) });
    const seen = await portal.ask('POST', `/v1/companies/${id}/publish`, { key: publisher });
    expect([seen.statusCode, seen.json().status]).toEqual([200, 'published']);
    expect(seen.body).not.toContain('Secret Bold');
    expect((await portal.ask('POST', `/v1/companies/${id}/unpublish`, { key: portal.adminKey })).body).toContain(
      'Secret Bold',
    );
  });

  test('that the workflow refuses is a conflict with the moves that are open', async () => {
    const { id } = await portal.write('POST', '/v1/articles', { body: anArticle() });
    const answer = await portal.ask('POST', `/v1/articles/${id}/unpublish`, { key: publisher });
    expect(answer.json()).toMatchObject({ status: 409, reason: 'workflow.move-refused', allowed: ['publish'] });
  });

  test('takes no body', async () => {
    const answer = await portal.ask('POST', `/v1/articles/article_01h455vb4pex5vsknk084sn02q/publish`, {
      key: publisher,
      body: { at: 'noon' },
    });
    expect(answer.json()).toMatchObject({ status: 400, reason: 'request.body-unexpected' });
  });
});
