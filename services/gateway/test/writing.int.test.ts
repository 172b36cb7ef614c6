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

/** Writes that need a key, over both kinds and the categories. `{id}` is a draft at version 1. */
const kinds = [
  { plural: 'companies', service: 'catalog', other: 'news', body: () => aCompany() },
  { plural: 'articles', service: 'news', other: 'catalog', body: () => anArticle() },
] as const;
const unknownId = { companies: 'company_01h455vb4pex5vsknk084sn02q', articles: 'article_01h455vb4pex5vsknk084sn02q' };

describe.each(kinds)('every write of $plural', ({ plural, service, other, body }) => {
  const writes = [
    { method: 'POST', path: '', scope: `${service}:write`, hasBody: true, needsIfMatch: false },
    { method: 'PUT', path: '/{id}', scope: `${service}:write`, hasBody: true, needsIfMatch: true },
    { method: 'PATCH', path: '/{id}', scope: `${service}:write`, hasBody: true, needsIfMatch: true },
    { method: 'DELETE', path: '/{id}', scope: `${service}:write`, hasBody: false, needsIfMatch: true },
    { method: 'POST', path: '/{id}/publish', scope: `${service}:publish`, hasBody: false, needsIfMatch: false },
    { method: 'POST', path: '/{id}/unpublish', scope: `${service}:publish`, hasBody: false, needsIfMatch: false },
  ] as const;
  const at = (path: string, id: string) => `/v1/${plural}${path.replace('{id}', id)}`;
  const payload = (hasBody: boolean) => (hasBody ? { body: body() } : {});
  const ifMatch = { 'if-match': '"1"' };

  test.each(writes)(
    '$method $path is 401 without a key, and says how to bring one',
    async ({ method, path, hasBody, scope }) => {
      const answer = await portal.ask(method, at(path, unknownId[plural]), { headers: ifMatch, ...payload(hasBody) });
      expect(answer.json()).toMatchObject({
        status: 401,
        code: 'UNAUTHENTICATED',
        reason: 'key.missing',
        required: [scope],
      });
      expect(answer.headers['www-authenticate']).toBe('Bearer realm="ortoo"');
    },
  );

  test.each(writes)('$method $path is 403 for keys of other scopes', async ({ method, path, hasBody, scope }) => {
    const wrong = await portal.makeKey(
      scope.endsWith(':write') ? [`${service}:publish`, `${other}:write`] : [`${service}:write`, `${other}:publish`],
    );
    const answer = await portal.ask(method, at(path, unknownId[plural]), {
      key: wrong,
      headers: ifMatch,
      ...payload(hasBody),
    });
    expect(answer.json()).toMatchObject({ status: 403, code: 'FORBIDDEN', required: [scope] });
    expect(answer.headers['www-authenticate']).toContain(`scope="${scope}"`);
  });

  test.each(writes.filter(({ hasBody }) => hasBody))(
    '$method $path is 400 for a body that is not one',
    async ({ method, path }) => {
      const bodies = ['{', '[]', '"text"', 'null', ''];
      for (const text of bodies) {
        const answer = await portal.ask(method, at(path, unknownId[plural]), {
          key: writer,
          headers: { ...ifMatch, 'content-type': 'application/json' },
          body: text,
        });
        expect(answer.json(), text).toMatchObject({ status: 400, code: 'VALIDATION_FAILED' });
      }
    },
  );

  test.each(writes.filter(({ path }) => path !== ''))(
    '$method $path is 404 for what does not exist',
    async ({ method, path, hasBody }) => {
      const answer = await portal.ask(method, at(path, unknownId[plural]), {
        key: portal.adminKey,
        headers: ifMatch,
        ...payload(hasBody),
      });
      expect(answer.json()).toMatchObject({ status: 404, code: 'NOT_FOUND', instance: at(path, unknownId[plural]) });
    },
  );

  test.each(writes.filter(({ needsIfMatch }) => needsIfMatch))(
    '$method $path is 428 without If-Match',
    async ({ method, path, hasBody }) => {
      const { id } = await portal.write('POST', `/v1/${plural}`, { body: body() });
      const answer = await portal.ask(method, at(path, id), { key: writer, ...payload(hasBody) });
      expect(answer.json()).toMatchObject({ status: 428, code: 'PRECONDITION_REQUIRED' });
    },
  );

  test.each(writes.filter(({ path }) => path !== ''))(
    '$method $path is 412 with the current version when If-Match is stale',
    async ({ method, path, hasBody }) => {
      const { id } = await portal.write('POST', `/v1/${plural}`, { body: body() });
      const answer = await portal.ask(method, at(path, id), {
        key: portal.adminKey,
        headers: { 'if-match': '"2-9f2c01ab"' },
        ...payload(hasBody),
      });
      expect(answer.json()).toMatchObject({ status: 412, code: 'VERSION_MISMATCH', current: { v: 1 } });
    },
  );

  test.each(writes.filter(({ path }) => path !== ''))(
    '$method $path is 400 for an If-Match that names no version',
    async ({ method, path, hasBody }) => {
      const { id } = await portal.write('POST', `/v1/${plural}`, { body: body() });
      const answer = await portal.ask(method, at(path, id), {
        key: portal.adminKey,
        headers: { 'if-match': 'W/"1"' },
        ...payload(hasBody),
      });
      expect(answer.json()).toMatchObject({ status: 400, reason: 'request.if-match-invalid' });
    },
  );

  test.each(writes)('$method $path is 400 for a parameter that it does not know', async ({ method, path, hasBody }) => {
    const answer = await portal.ask(method, `${at(path, unknownId[plural])}?lnag=mn`, {
      key: portal.adminKey,
      headers: ifMatch,
      ...payload(hasBody),
    });
    expect(answer.json()).toMatchObject({ status: 400, errors: [{ pointer: '/lnag' }] });
  });
});

describe('a new document', () => {
  test('is created with its place, its tag and the version to wait for', async () => {
    const answer = await portal.ask('POST', '/v1/companies', { key: writer, body: aCompany() });
    const company = answer.json();
    expect(answer.statusCode).toBe(201);
    expect(answer.headers).toMatchObject({
      location: `/v1/companies/${company.id}`,
      'ortoo-version': `${company.id}:1`,
      'cache-control': 'private, no-store',
    });
    expect(answer.headers.etag).toMatch(/^"1-[0-9a-f]{8}"$/);
    expect(company).toMatchObject({ kind: 'company', v: 1, status: 'draft' });
    const read = await portal.ask('GET', answer.headers.location as string, { key: writer });
    expect([read.body, read.headers.etag]).toEqual([answer.body, answer.headers.etag]);
  });

  test('above a draft takes the publish scope', async () => {
    for (const status of ['published', 'in_review']) {
      const refused = await portal.ask('POST', '/v1/companies', { key: writer, body: aCompany({ status }) });
      expect(refused.json()).toMatchObject({ status: 403, required: ['catalog:publish'] });
    }
    expect(
      (await portal.ask('POST', '/v1/companies', { key: writer, body: aCompany({ status: 'draft' }) })).statusCode,
    ).toBe(201);
    const both = await portal.makeKey(['catalog:write', 'catalog:publish']);
    expect(
      (await portal.ask('POST', '/v1/companies', { key: both, body: aCompany({ status: 'published' }) })).json().status,
    ).toBe('published');
  });

  test('is refused with all its faults at once, each at its place', async () => {
    const body = {
      displayName: {},
      categories: { primary: 'Construction!' },
      foundedYear: 'old',
      sumary: { en: 'x' },
      locations: [{ kind: 'moon', address: {} }],
    };
    const { status, errors } = (await portal.ask('POST', '/v1/companies', { key: writer, body })).json();
    expect(status).toBe(400);
    expect(errors.map(({ pointer }: { pointer: string }) => pointer).toSorted()).toEqual([
      '/categories/primary',
      '/displayName',
      '/foundedYear',
      '/locations/0/kind',
      '/sumary',
    ]);
    expect(errors.find(({ pointer }: { pointer: string }) => pointer === '/sumary').message).toContain('summary');
  });

  test('with a slug that is taken is a conflict', async () => {
    const { slug } = await portal.write('POST', '/v1/companies', { body: aCompany() });
    const answer = await portal.ask('POST', '/v1/companies', { key: writer, body: aCompany({ slug }) });
    expect(answer.json()).toMatchObject({ status: 409, code: 'CONFLICT', reason: 'company.slug-taken' });
  });

  test('that names a category that does not exist is refused at its place', async () => {
    const answer = await portal.ask('POST', '/v1/articles', {
      key: writer,
      body: anArticle({ categories: ['education', 'no-such'] }),
    });
    expect(answer.json()).toMatchObject({ status: 400, errors: [{ pointer: '/categories/1' }] });
  });
});

describe('a change', () => {
  test('of what was read can be sent back whole, and changes nothing', async () => {
    const company = await portal.write('POST', '/v1/companies', { body: aCompany({ status: 'published' }) });
    const back = await portal.ask('PUT', `/v1/companies/${company.id}`, {
      key: writer,
      headers: { 'if-match': '"1"' },
      body: company,
    });
    expect([back.statusCode, back.json()]).toEqual([200, company]);
  });

  test('by a merge patch leaves what it does not name, under either media type', async () => {
    const company = await portal.write('POST', '/v1/companies', {
      body: aCompany({ foundedYear: 1999, legalForm: 'llc' }),
    });
    const url = `/v1/companies/${company.id}`;
    const one = await portal.ask('PATCH', url, {
      key: writer,
      headers: { 'if-match': '"1"', 'content-type': 'application/merge-patch+json' },
      body: '{"foundedYear":null}',
    });
    expect(one.json()).toMatchObject({ v: 2, legalForm: 'llc' });
    expect(one.json()).not.toHaveProperty('foundedYear');
    const two = await portal.ask('PATCH', url, {
      key: writer,
      headers: { 'if-match': one.headers.etag as string },
      body: { legalForm: 'jsc', v: 77 },
    });
    expect(two.json()).toMatchObject({ v: 3, legalForm: 'jsc' });
    expect(two.headers['ortoo-version']).toBe(`${company.id}:3`);
  });

  test('of an unknown member is refused with the nearest', async () => {
    const { id } = await portal.write('POST', '/v1/companies', { body: aCompany() });
    const answer = await portal.ask('PATCH', `/v1/companies/${id}`, {
      key: writer,
      headers: { 'if-match': '"1"' },
      body: { legalFrom: 'llc' },
    });
    expect(answer.json()).toMatchObject({
      status: 400,
      errors: [{ pointer: '/legalFrom', message: expect.stringContaining('legalForm') }],
    });
  });

  test('of the status is refused with the moves that lead there', async () => {
    const { id } = await portal.write('POST', '/v1/companies', { body: aCompany() });
    const answer = await portal.ask('PATCH', `/v1/companies/${id}`, {
      key: portal.adminKey,
      headers: { 'if-match': '"1"' },
      body: { status: 'published' },
    });
    expect(answer.json()).toMatchObject({
      status: 400,
      errors: [{ pointer: '/status', message: expect.stringContaining('publish') }],
    });
  });
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
    expect(answer.json()).toMatchObject({ status: 409, reason: 'workflow.move-refused', allowed: ['publish'] });
  });

  test('takes no body', async () => {
    const answer = await portal.ask('POST', `/v1/articles/${unknownId.articles}/publish`, {
      key: publisher,
      body: { at: 'noon' },
    });
    expect(answer.json()).toMatchObject({ status: 400, reason: 'request.body-unexpected' });
  });
});

test('a deleted document is gone, and its deletion has a version to wait for', async () => {
  const { id } = await portal.write('POST', '/v1/companies', { body: aCompany({ status: 'published' }) });
  const answer = await portal.ask('DELETE', `/v1/companies/${id}`, { key: writer, headers: { 'if-match': '"1"' } });
  expect([answer.statusCode, answer.body, answer.headers['ortoo-version']]).toEqual([204, '', `${id}:2`]);
  expect((await portal.ask('GET', `/v1/companies/${id}`, { key: writer })).statusCode).toBe(404);
});

describe('a body', () => {
  const post = (body: string | Buffer, type = 'application/json') =>
    portal.ask('POST', '/v1/companies', { key: writer, headers: { 'content-type': type }, body });

  test.each([
    ['application/xml', '<a/>'],
    ['text/plain', '{}'],
    ['application/x-www-form-urlencoded', 'a=1'],
    ['application/merge-patch+json', '{}'],
    ['application/jsonx', '{}'],
  ])('of the type %s is 415', async (type, text) => {
    expect((await post(text, type)).json()).toMatchObject({ status: 415, code: 'UNSUPPORTED_MEDIA_TYPE' });
  });

  test('over 256 KB is 413', async () => {
    expect((await post(JSON.stringify({ a: 'x'.repeat(257 * 1024) }))).json()).toMatchObject({
      status: 413,
      code: 'PAYLOAD_TOO_LARGE',
    });
  });

  test('that reaches for a prototype, is too deep or no UTF-8 is 400', async () => {
    const reasons = [];
    for (const text of ['{"__proto__":{"x":1}}', '['.repeat(50) + ']'.repeat(50), Buffer.from([0x7b, 0xff, 0x7d])])
      reasons.push((await post(text)).json().reason);
    expect(reasons).toEqual(['request.member-forbidden', 'request.too-deep', 'request.json-malformed']);
  });

  test('with a charset in its type is read', async () => {
    expect((await post(JSON.stringify(aCompany()), 'application/json; charset=utf-8')).statusCode).toBe(201);
  });
});
