import { readFile } from 'node:fs/promises';
import type { InjectOptions } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Scope } from '../src/keys/key.rules.ts';
import { aCompany, anArticle, anEvent, anInquiry, anOffering } from './support/caller.ts';
import { openPortal, type Portal } from './support/portal.ts';

/** What every path does with every method, and every body that is none: generated from the committed document. */
type Operation = {
  requestBody?: { content: Record<string, unknown> };
  responses: Record<string, unknown>;
  security?: { key?: string[] }[];
};
const text = await readFile(new URL('../../../openapi.json', import.meta.url), 'utf8');
const { paths } = JSON.parse(text) as { paths: Record<string, Record<string, Operation>> };

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
type Method = (typeof METHODS)[number];
const PATCH_TYPE = 'application/merge-patch+json';

const methodsOf = (path: string): Method[] => {
  const described = Object.keys(paths[path] ?? {}).map((method) => method.toUpperCase());
  return METHODS.filter((method) => described.includes(method === 'HEAD' ? 'GET' : method));
};
/** A path of something that does not exist, where it names something. */
const sampleOf = (path: string) =>
  path.replace('{id}', 'food').replace('{code}', 'conflict').replace('{v}', '1').replace('{n}', '0');
const operations = Object.entries(paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase() as Method, path, operation })),
);
/** Files have tests of their own. */
const withBody = operations.filter(({ path, operation }) => operation.requestBody && path !== '/v1/imports');
const inVersionOne = operations.filter(({ path }) => path.startsWith('/v1/'));
/** Those that nobody may call without a key, with the scopes that they are described with. */
const guarded = operations.flatMap(({ method, path, operation: { security = [] } }) =>
  security.length > 0 && security.every(({ key }) => key)
    ? [{ method, path, scopes: security.flatMap(({ key = [] }) => key) as Scope[] }]
    : [],
);
const allScopes = [...new Set(guarded.flatMap(({ scopes }) => scopes))];

let portal: Portal;
beforeAll(async () => {
  portal = await openPortal();
});
afterAll(() => portal?.close());

const ask = (
  method: NonNullable<InjectOptions['method']>,
  path: string,
  headers: Record<string, string> = {},
  body?: string,
) =>
  portal.ask(method, sampleOf(path), {
    key: path.startsWith('/v1/') ? portal.adminKey : undefined,
    headers,
    ...(body === undefined ? {} : { body }),
  });
const expectProblem = (
  answer: Awaited<ReturnType<typeof ask>>,
  problem: { status: number; code: string; reason?: string },
) => {
  expect(answer.headers['content-type']).toBe('application/problem+json');
  expect(answer.json()).toMatchObject({ ...problem, requestId: answer.headers['request-id'] });
  expect([answer.statusCode, answer.headers['cache-control']]).toEqual([problem.status, 'no-store']);
};

/** A body that the schema of an operation takes, with its type. */
function bodyOf(method: Method, path: string): [headers: Record<string, string>, body?: string] {
  if (!paths[path]?.[method.toLowerCase()]?.requestBody) return [{}];
  if (path === '/v1/imports') return [{ 'content-type': 'text/calendar' }, 'BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n'];
  const inputs: Record<string, object> = {
    companies: aCompany(),
    offerings: anOffering(),
    articles: anArticle(),
    events: anEvent(),
    inquiries: anInquiry({ kind: 'company', id: 'company_01h455vb4pex5vsknk084sn02q' }),
    extract: { text: 'A page.' },
    ingest: { text: 'A page.' },
    reply: { message: 'We do.' },
    categories: { id: 'matrix', parent: 'food', name: { en: 'Matrix' } },
    restore: { v: 1 },
    feeds: { url: 'https://matrix.example/rss', state: 'paused' },
    merge: { into: 'company_01h455vb4pex5vsknk084sn02q' },
    reject: { reason: 'A source is missing.' },
    schedule: { publishAt: '2999-01-01T00:00:00.000Z' },
    clicks: { queryId: 'query_01h455vb4pex5vsknk084sn02q', id: 'food', position: 1 },
  };
  const [plural = '', place = '', move = place in inputs ? place : plural] = path.split('/').slice(2);
  const whole = inputs[move] ?? {};
  return [{ 'content-type': 'application/json' }, JSON.stringify(method === 'PATCH' ? {} : whole)];
}

test('the matrix is made of all that is described', () => {
  expect(operations.length).toBeGreaterThan(25);
  expect(withBody.length).toBeGreaterThanOrEqual(8);
});

describe.each(Object.keys(paths))('%s', (path) => {
  const known = methodsOf(path);
  const allowed = [...known, 'OPTIONS'].join(', ');

  test(`answers OPTIONS with ${allowed}`, async () => {
    const answer = await ask('OPTIONS', path);
    expect([answer.statusCode, answer.headers.allow, answer.body]).toEqual([204, allowed, '']);
  });

  const unknown = METHODS.filter((method) => !known.includes(method));
  test.each(unknown)('refuses %s with 405 and what it allows, whatever the body', async (method) => {
    const answer = await ask(method, path, { 'content-type': 'application/xml' }, '<a/>');
    expect([answer.statusCode, answer.headers.allow]).toEqual([405, allowed]);
    if (method === 'HEAD') return;
    expectProblem(answer, { status: 405, code: 'METHOD_NOT_ALLOWED' });
    expect(answer.json().allowed).toEqual([...known, 'OPTIONS']);
  });

  test.each(known.filter((method) => method === 'HEAD'))('answers %s like GET, without the body', async () => {
    const [got, headed] = [await ask('GET', path), await ask('HEAD', path)];
    expect([headed.statusCode, headed.body]).toEqual([got.statusCode, '']);
    for (const name of ['content-type', 'etag', 'cache-control', 'vary', 'link', 'location'])
      expect(headed.headers[name], name).toBe(got.headers[name]);
  });
});

test.each(guarded)('$method $path takes the one scope that it is described with', async ({ method, path, scopes }) => {
  expect(scopes).toHaveLength(1);
  const key = await portal.makeKey(allScopes.filter((scope) => scope !== 'admin' && !scopes.includes(scope)));
  const answer = await portal.ask(method, sampleOf(path), { key });
  expectProblem(answer, { status: 403, code: 'FORBIDDEN', reason: 'key.scope-missing' });
  expect(answer.json().required).toEqual(scopes);
});

test.each(inVersionOne)('$method $path is 406 where JSON is not accepted', async ({ method, path }) => {
  expectProblem(await ask(method, path, { accept: 'application/xml' }), { status: 406, code: 'NOT_ACCEPTABLE' });
});

test.each(operations)(
  '$method $path says the id, the trace and the time of the request, also when it fails',
  async ({ method, path }) => {
    const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
    const { headers } = await ask(method, path, { 'request-id': 'matrix-1', traceparent, 'if-match': 'W/"1"' });
    expect(headers).toMatchObject({ 'request-id': 'matrix-1', traceparent });
    expect(headers['server-timing']).toMatch(/^total;dur=\d/);
  },
);

test.each(inVersionOne)('$method $path is 400 for a parameter that nobody knows', async ({ method, path }) => {
  const [headers, body] = bodyOf(method, path);
  const needed = path === '/v1/imports' ? '&kind=event' : '';
  const answer = await ask(method, `${path}?nonsense=1${needed}`, { 'if-match': '"1"', ...headers }, body);
  expectProblem(answer, { status: 400, code: 'VALIDATION_FAILED', reason: 'request.parameter-invalid' });
  expect(answer.json().errors).toEqual([expect.objectContaining({ pointer: '/nonsense' })]);
});

describe.each(withBody)('the body of $method $path', ({ method, path, operation }) => {
  const types = Object.keys(operation.requestBody?.content ?? {});
  const send = (type: string | undefined, body: string) =>
    ask(method, path, { 'if-match': '"1"', ...(type ? { 'content-type': type } : {}) }, body);

  test.each(['application/xml', 'text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', 'nonsense'])(
    'is 415 as %s',
    async (type) => {
      expectProblem(await send(type, '{}'), { status: 415, code: 'UNSUPPORTED_MEDIA_TYPE' });
    },
  );

  test(`is taken as ${types.join(' and as ')}, and nothing else of JSON`, async () => {
    expect(types).toEqual(method === 'PATCH' ? [PATCH_TYPE, 'application/json'] : ['application/json']);
    for (const type of types)
      expect((await send(type, '[]')).json(), type).toMatchObject({ status: 400, reason: 'request.body-invalid' });
    const patch = await send(PATCH_TYPE, '[]');
    expect(patch.statusCode).toBe(method === 'PATCH' ? 400 : 415);
  });

  test.each([
    ['nothing', '', 'request.body-missing'],
    ['half of it', '{"a":', 'request.json-malformed'],
    ['no JSON', 'a=1', 'request.json-malformed'],
    ['too deep', `${'{"a":'.repeat(40)}1${'}'.repeat(40)}`, 'request.too-deep'],
    ['a prototype', '{"__proto__":{}}', 'request.member-forbidden'],
    ['no object', '"text"', 'request.body-invalid'],
    ['an unknown member', '{"nonsense":1}', 'request.body-invalid'],
  ])('is 400 when it is %s', async (_what, body, reason) => {
    expectProblem(await send('application/json', body), { status: 400, code: 'VALIDATION_FAILED', reason });
  });

  const limitKb = /\/articles\/(extract|ingest)$/.test(path) ? 900 : 256;
  test(`is 413 over ${limitKb} KB`, async () => {
    const answer = await send('application/json', JSON.stringify({ a: 'x'.repeat(limitKb * 1024) }));
    expectProblem(answer, { status: 413, code: 'PAYLOAD_TOO_LARGE', reason: 'request.body-too-large' });
  });
});

test.each(withBody)('$method $path describes how it refuses a body', ({ operation }) => {
  expect(Object.keys(operation.responses)).toEqual(expect.arrayContaining(['400', '413', '415']));
});

test.each(withBody)('$method $path without a body and a type is 400', async ({ method, path }) => {
  expectProblem(await ask(method, path, { 'if-match': '"1"' }), {
    status: 400,
    code: 'VALIDATION_FAILED',
    reason: 'request.body-missing',
  });
});

const withoutBody = operations.filter(({ method, operation }) => !operation.requestBody && method !== 'GET');
test.each(withoutBody)(
  '$method $path takes no body, and an empty one of any type of ours',
  async ({ method, path }) => {
    const headers = { 'if-match': '"1"' };
    const bare = await ask(method, path, headers);
    const empty = await ask(method, path, { ...headers, 'content-type': 'application/json' }, '');
    const done = path.includes('{') ? [404, 409] : [202, 409]; // what is named does not exist; one run at a time
    expect(done).toContain(bare.statusCode);
    expect(done).toContain(empty.statusCode);
    expect((await ask(method, path, { ...headers, 'content-type': 'text/plain' }, 'x')).statusCode).toBe(415);
  },
);

const changing = operations.filter(({ method }) => ['PUT', 'PATCH', 'DELETE'].includes(method));
test('If-Match may be left out where a setting of the desk is changed, and of documents never', () => {
  const free = changing.filter(({ operation }) => !('428' in operation.responses));
  expect(free.map(({ method, path }) => `${method} ${path}`)).toEqual([
    'DELETE /v1/feeds/{id}',
    'PATCH /v1/feeds/{id}',
  ]);
});

test.each(changing)(
  '$method $path is 428 without an If-Match that it needs, and 400 with one that names no version',
  async ({ method, path, operation }) => {
    const [headers, body] = bodyOf(method, path);
    if ('428' in operation.responses)
      expectProblem(await ask(method, path, headers, body), { status: 428, code: 'PRECONDITION_REQUIRED' });
    for (const tag of ['*', 'W/"1"', '1', '"1", "2"', '"x"']) {
      const answer = await ask(method, path, { ...headers, 'if-match': tag }, body);
      expectProblem(answer, { status: 400, code: 'VALIDATION_FAILED', reason: 'request.if-match-invalid' });
    }
  },
);
