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

test('the tag of what was written is the tag of what is read then, whatever the order of its members', async () => {
  const { id } = await portal.write('POST', '/v1/companies', {
    body: { summary: { mn: 'б' }, ...aCompany({ legalForm: 'llc', foundedYear: 1999 }) },
  });
  const url = `/v1/companies/${id}`;
  const read = async () => (await portal.ask('GET', url, { key: writer })).headers.etag;
  const patched = await portal.ask('PATCH', url, {
    key: writer,
    headers: { 'if-match': '"1"' },
    body: { legalForm: null, altNames: [{ en: 'Other' }], summary: { en: 'a' } },
  });
  expect(patched.headers.etag).toBe(await read());
  const { displayName, ...rest } = patched.json();
  const replaced = await portal.ask('PUT', url, {
    key: writer,
    headers: { 'if-match': '"2"' },
    body: { ...rest, foundedYear: 2001, displayName: Object.fromEntries(Object.entries(displayName).toReversed()) },
  });
  expect(replaced.json()).toMatchObject({ v: 3 });
  expect(replaced.headers.etag).toBe(await read());
  const submitted = await portal.ask('POST', `${url}/submit`, { key: writer });
  expect(submitted.headers.etag).toBe(await read());
});

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
    expect(answer.json()).toMatchObject({
      status: 409,
      reason: 'workflow.move-refused',
      allowed: ['submit', 'publish', 'schedule', 'archive'],
    });
  });

  test('goes from a draft over a review and its refusal to a planned publication, by who may do what', async () => {
    const writer = await portal.makeKey(['news:write']);
    const { id } = await portal.write('POST', '/v1/articles', { key: writer, body: anArticle() });
    const move = (name: string, key: string, body?: object) =>
      portal.ask('POST', `/v1/articles/${id}/${name}`, { key, ...(body ? { body } : {}) });
    expect((await move('submit', publisher)).json()).toMatchObject({ status: 403, required: ['news:write'] });
    expect((await move('submit', writer)).json()).toMatchObject({ v: 2, status: 'in_review' });
    const reason = 'A source is missing.';
    expect((await move('reject', writer, { reason })).json()).toMatchObject({
      status: 403,
      required: ['news:publish'],
    });
    const rejected = (await move('reject', publisher, { reason })).json();
    expect(rejected).toMatchObject({ v: 3, status: 'rejected' });
    expect(rejected).not.toHaveProperty('rejectionReason'); // a key that only publishes sees what the public sees
    expect((await portal.ask('GET', `/v1/articles/${id}`, { key: writer })).json().rejectionReason).toBe(reason);
    const plan = { publishAt: '2999-01-01T08:00:00+08:00', unpublishAt: '2999-02-01T00:00:00Z' };
    expect((await move('schedule', portal.adminKey, plan)).json()).toMatchObject({
      v: 4,
      status: 'scheduled',
      publishAt: '2999-01-01T00:00:00.000Z',
      unpublishAt: '2999-02-01T00:00:00.000Z',
    });
    expect((await portal.ask('GET', `/v1/articles/${id}`)).statusCode).toBe(404);
    const back = (await move('unschedule', portal.adminKey)).json();
    expect(back).toMatchObject({ v: 5, status: 'draft' });
    for (const name of ['publishAt', 'unpublishAt', 'rejectionReason']) expect(back, name).not.toHaveProperty(name);
    expect((await move('archive', publisher)).json()).toMatchObject({ v: 6, status: 'archived' });
    expect((await move('unarchive', publisher)).json()).toMatchObject({ v: 7, status: 'draft' });
  });

  test.each([
    ['reject', {}, 'request.body-invalid', ['/reason']],
    ['reject', { reason: ' ' }, 'request.body-invalid', ['/reason']],
    ['schedule', {}, 'workflow.schedule-invalid', ['/publishAt']],
    ['schedule', { publishAt: 'soon', unpublishAt: 7 }, 'request.body-invalid', ['/publishAt', '/unpublishAt']],
    [
      'schedule',
      { publishAt: '2020-01-01T00:00:00Z', unpublishAt: '2020-01-01T00:00:00Z' },
      'workflow.schedule-invalid',
      ['/publishAt', '/unpublishAt'],
    ],
  ])('%s with %j is refused with every fault and moves nothing', async (name, body, reason, pointers) => {
    const { id } = await portal.write('POST', '/v1/articles', { body: anArticle({ status: 'in_review' }) });
    const answer = await portal.ask('POST', `/v1/articles/${id}/${name}`, { key: publisher, body });
    expect(answer.json()).toMatchObject({ status: 400, reason });
    expect(answer.json().errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual(pointers);
    expect((await portal.ask('GET', `/v1/articles/${id}`, { key: portal.adminKey })).json().v).toBe(1);
  });

  test('that takes a body has one effect, however often it is repeated with its key', async () => {
    const { id } = await portal.write('POST', '/v1/companies', { body: aCompany() });
    const headers = { 'idempotency-key': 'plan-1' };
    const plan = (publishAt: string) =>
      portal.ask('POST', `/v1/companies/${id}/schedule`, { key: publisher, headers, body: { publishAt } });
    const first = await plan('2999-01-01T00:00:00Z');
    expect([first.statusCode, first.json().v]).toEqual([200, 2]);
    const again = await plan('2999-01-01T00:00:00Z');
    expect([again.headers['idempotency-replayed'], again.body]).toEqual(['true', first.body]);
    expect((await plan('2999-01-02T00:00:00Z')).statusCode).toBe(422);
  });

  test('takes no body', async () => {
    const answer = await portal.ask('POST', `/v1/articles/article_01h455vb4pex5vsknk084sn02q/publish`, {
      key: publisher,
      body: { at: 'noon' },
    });
    expect(answer.json()).toMatchObject({ status: 400, reason: 'request.body-unexpected' });
  });
});
