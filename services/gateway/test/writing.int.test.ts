import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aCompany, anArticle, anEvent, anOffering } from './support/caller.ts';
import { openPortal, type Portal } from './support/portal.ts';

let portal: Portal;
let writer: string;
let companyId: string;
beforeAll(async () => {
  portal = await openPortal({ PUBLIC_URL: 'https://api.example.mn' });
  writer = await portal.makeKey(['catalog:write', 'news:write']);
  companyId = (await portal.write('POST', '/v1/companies', { body: aCompany({ status: 'published' }) })).id;
});
afterAll(() => portal?.close());

/** Writes that need a key, over all kinds. `{id}` is a draft at version 1. */
const kinds = [
  { plural: 'companies', service: 'catalog', other: 'news', body: () => aCompany() },
  { plural: 'offerings', service: 'catalog', other: 'news', body: () => anOffering({ companyId }) },
  { plural: 'articles', service: 'news', other: 'catalog', body: () => anArticle() },
  { plural: 'events', service: 'news', other: 'catalog', body: () => anEvent() },
] as const;
const unknownId = {
  companies: 'company_01h455vb4pex5vsknk084sn02q',
  offerings: 'offering_01h455vb4pex5vsknk084sn02q',
  articles: 'article_01h455vb4pex5vsknk084sn02q',
  events: 'event_01h455vb4pex5vsknk084sn02q',
};

describe.each(kinds)('every write of $plural', ({ plural, service, other, body }) => {
  const writes = [
    { method: 'POST', path: '', scope: `${service}:write`, hasBody: true, needsIfMatch: false },
    { method: 'PUT', path: '/{id}', scope: `${service}:write`, hasBody: true, needsIfMatch: true },
    { method: 'PATCH', path: '/{id}', scope: `${service}:write`, hasBody: true, needsIfMatch: true },
    { method: 'DELETE', path: '/{id}', scope: `${service}:write`, hasBody: false, needsIfMatch: true },
    { method: 'POST', path: '/{id}/submit', scope: `${service}:write`, hasBody: false, needsIfMatch: false },
    { method: 'POST', path: '/{id}/reject', scope: `${service}:publish`, hasBody: true, needsIfMatch: false },
    { method: 'POST', path: '/{id}/restore', scope: `${service}:write`, hasBody: true, needsIfMatch: true },
    { method: 'POST', path: '/{id}/publish', scope: `${service}:publish`, hasBody: false, needsIfMatch: false },
    { method: 'POST', path: '/{id}/schedule', scope: `${service}:publish`, hasBody: true, needsIfMatch: false },
    { method: 'POST', path: '/{id}/unschedule', scope: `${service}:publish`, hasBody: false, needsIfMatch: false },
    { method: 'POST', path: '/{id}/unpublish', scope: `${service}:publish`, hasBody: false, needsIfMatch: false },
    { method: 'POST', path: '/{id}/archive', scope: `${service}:publish`, hasBody: false, needsIfMatch: false },
    { method: 'POST', path: '/{id}/unarchive', scope: `${service}:publish`, hasBody: false, needsIfMatch: false },
  ] as const;
  const moveBodies: Record<string, object> = {
    '/{id}/reject': { reason: 'A source is missing.' },
    '/{id}/restore': { v: 1 },
    '/{id}/schedule': { publishAt: '2999-01-01T00:00:00.000Z' },
  };
  const at = (path: string, id: string) => `/v1/${plural}${path.replace('{id}', id)}`;
  const payload = (path: string, hasBody: boolean) => (hasBody ? { body: moveBodies[path] ?? body() } : {});
  const ifMatch = { 'if-match': '"1"' };

  test.each(writes)(
    '$method $path is 401 without a key, and says how to bring one',
    async ({ method, path, hasBody, scope }) => {
      const answer = await portal.ask(method, at(path, unknownId[plural]), {
        headers: ifMatch,
        ...payload(path, hasBody),
      });
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
      ...payload(path, hasBody),
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
          key: portal.adminKey,
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
        ...payload(path, hasBody),
      });
      expect(answer.json()).toMatchObject({ status: 404, code: 'NOT_FOUND', instance: at(path, unknownId[plural]) });
    },
  );

  test.each(writes.filter(({ needsIfMatch }) => needsIfMatch))(
    '$method $path is 428 without If-Match',
    async ({ method, path, hasBody }) => {
      const { id } = await portal.write('POST', `/v1/${plural}`, { body: body() });
      const answer = await portal.ask(method, at(path, id), { key: writer, ...payload(path, hasBody) });
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
        ...payload(path, hasBody),
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
        ...payload(path, hasBody),
      });
      expect(answer.json()).toMatchObject({ status: 400, reason: 'request.if-match-invalid' });
    },
  );

  test.each(writes)('$method $path is 400 for a parameter that it does not know', async ({ method, path, hasBody }) => {
    const answer = await portal.ask(method, `${at(path, unknownId[plural])}?lnag=mn`, {
      key: portal.adminKey,
      headers: ifMatch,
      ...payload(path, hasBody),
    });
    expect(answer.json()).toMatchObject({ status: 400, errors: [{ pointer: '/lnag' }] });
  });
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
