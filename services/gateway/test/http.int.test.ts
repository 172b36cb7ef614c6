import { connect } from 'node:net';
import { errorCodes } from '@ortoo/shared/kernel';
import { eventually } from '@ortoo/shared/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aCompany } from './support/caller.ts';
import { openPortal, type Portal } from './support/portal.ts';

let portal: Portal;
let adminOnly: string;
const ORIGIN = 'https://desk.example.mn';
beforeAll(async () => {
  portal = await openPortal({ CORS_ORIGINS: `${ORIGIN}, https://other.example.mn` });
  adminOnly = portal.adminKey;
});
afterAll(() => portal?.close());

describe('a problem', () => {
  test('names itself by a page of this server and the request by its id', async () => {
    const answer = await portal.ask('GET', '/v1/companies?limt=1', {
      headers: { 'request-id': 'my-request_1', host: 'portal.example.mn' },
    });
    expect(answer.headers['content-type']).toBe('application/problem+json');
    expect(answer.headers['request-id']).toBe('my-request_1');
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.json()).toEqual({
      type: 'http://portal.example.mn/problems/validation-failed',
      title: 'The request is not valid',
      status: 400,
      code: 'VALIDATION_FAILED',
      reason: 'request.parameter-invalid',
      detail: expect.stringContaining('limit'),
      instance: '/v1/companies',
      requestId: 'my-request_1',
      errors: [{ pointer: '/limt', message: expect.any(String), expected: expect.any(String) }],
    });
  });

  test.each(['', 'a b', 'x'.repeat(65), 'é'])('takes no request id like %j', async (given) => {
    const { headers } = await portal.ask('GET', '/v1/companies', { headers: { 'request-id': given } });
    expect(headers['request-id']).toMatch(/^[\w-]{36}$/);
  });

  test.each([...errorCodes])('%s has a page, for people and for programs', async (code) => {
    const url = `/problems/${code.toLowerCase().replaceAll('_', '-')}`;
    const page = await portal.ask('GET', url, { headers: { accept: 'text/html,*/*' } });
    expect([page.statusCode, page.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    expect(page.body).toContain(code);
    expect((await portal.ask('GET', url, { headers: { accept: 'application/json' } })).json()).toMatchObject({
      code,
      status: expect.any(Number),
    });
  });

  test('that does not exist has no page', async () => {
    expect((await portal.ask('GET', '/problems/no-such')).json()).toMatchObject({ status: 404, code: 'NOT_FOUND' });
    expect(
      (await portal.ask('GET', '/problems', { headers: { accept: 'application/json' } })).json().items,
    ).toHaveLength(errorCodes.length);
  });
});

describe('a request', () => {
  test.each([
    ['GET', '/nothing', 404],
    ['GET', '/v1', 404],
    ['GET', '/v1/nothing', 404],
    ['POST', '/v1/nothing', 404],
    ['GET', '/v1/companies/', 404],
    ['GET', '/v1/companies/a/b/c', 404],
    ['GET', '/v1/companies/%zz', 400],
    ['DELETE', '/v1/companies', 405],
    ['PUT', '/v1/search', 405],
    ['DELETE', '/v1/categories', 405],
    ['PUT', '/v1/categories/education', 405],
    ['GET', '/v1/companies/x/publish', 405],
    ['POST', '/livez', 405],
  ] as const)('%s %s is %i with a problem', async (method, url, status) => {
    const answer = await portal.ask(method, url);
    expect([answer.statusCode, answer.headers['content-type'], answer.json().status]).toEqual([
      status,
      'application/problem+json',
      status,
    ]);
    expect(answer.json().requestId).toBe(answer.headers['request-id']);
  });

  test('with a method that a path does not know is told the ones that it does', async () => {
    const refused = await portal.ask('DELETE', '/v1/companies', {
      headers: { 'content-type': 'application/xml' },
      body: '<a/>',
    });
    expect([refused.statusCode, refused.headers.allow]).toEqual([405, 'GET, HEAD, POST, OPTIONS']);
    expect(refused.json().allowed).toEqual(['GET', 'HEAD', 'POST', 'OPTIONS']);
    const asked = await portal.ask('OPTIONS', '/v1/companies/x');
    expect([asked.statusCode, asked.headers.allow]).toEqual([204, 'GET, HEAD, PUT, PATCH, DELETE, OPTIONS']);
  });

  test.each([
    ['application/xml', 406],
    ['text/html', 406],
    ['application/json;q=0', 406],
    ['application/*', 200],
    ['text/html,application/xhtml+xml,*/*;q=0.1', 200],
  ])('that accepts %s is %i', async (accept, status) => {
    expect((await portal.ask('GET', '/v1/categories', { headers: { accept } })).statusCode).toBe(status);
  });

  test.each([
    ['Bearer nonsense', 'key.malformed'],
    ['Basic dXNlcjpwYXNz', 'key.scheme-unknown'],
    ['', 'key.scheme-unknown'],
  ])('with the Authorization %j is 401 even where anyone may read', async (authorization, reason) => {
    const answer = await portal.ask('GET', '/v1/categories', { headers: { authorization } });
    expect(answer.json()).toMatchObject({ status: 401, code: 'UNAUTHENTICATED', reason });
    expect(answer.headers['www-authenticate']).toMatch(/^Bearer realm="ortoo", error="invalid_token"/);
  });

  test('with an expired or revoked key is 401', async () => {
    const past = '2026-01-01T00:00:00.000Z';
    for (const [more, reason] of [
      [{ expiresAt: past }, 'key.expired'],
      [{ revokedAt: past }, 'key.revoked'],
    ] as const) {
      const key = await portal.makeKey(['admin'], more);
      expect((await portal.ask('GET', '/v1/categories', { key })).json()).toMatchObject({ status: 401, reason });
    }
  });

  test('carries its trace through and gets the time that it took', async () => {
    const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
    const { headers } = await portal.ask('GET', '/v1/categories', { headers: { traceparent } });
    expect(headers.traceparent).toBe(traceparent);
    expect(headers['server-timing']).toMatch(/^total;dur=\d+(\.\d)?$/);
    expect(
      (await portal.ask('GET', '/v1/categories', { headers: { traceparent: '00-0-0-00' } })).headers.traceparent,
    ).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
  });

  test('that is none is answered with a problem, and the connection is closed', async () => {
    expect(await speak('NONSENSE\r\n\r\n')).toMatchObject({
      status: 400,
      code: 'VALIDATION_FAILED',
      reason: 'request.http-malformed',
    });
    expect(await speak(`GET /${'x'.repeat(20_000)} HTTP/1.1\r\nHost: a\r\n\r\n`)).toMatchObject({
      status: 431,
      code: 'PAYLOAD_TOO_LARGE',
    });
  });
});

/** Says something on a socket of its own, and reads the body of the answer until the server closes it. */
async function speak(text: string): Promise<unknown> {
  const { hostname, port } = new URL(portal.gateway.url());
  const socket = connect(Number(port), hostname);
  socket.end(text);
  const chunks: Buffer[] = [];
  for await (const chunk of socket) chunks.push(chunk as Buffer);
  const answer = Buffer.concat(chunks).toString();
  expect(answer).toContain('Content-Type: application/problem+json');
  return JSON.parse(answer.slice(answer.indexOf('\r\n\r\n')));
}

describe('a page of another origin', () => {
  const preflight = (origin: string, method: string) =>
    portal.ask('OPTIONS', '/v1/companies', {
      headers: { origin, 'access-control-request-method': method, 'access-control-request-headers': 'authorization' },
    });

  test('may read what is public, without credentials', async () => {
    const { headers } = await portal.ask('GET', '/v1/categories', { headers: { origin: 'https://anyone.example' } });
    expect(headers['access-control-allow-origin']).toBe('*');
    expect(headers['access-control-allow-credentials']).toBeUndefined();
    expect(headers['access-control-expose-headers']).toContain('ETag');
    expect(headers.vary).toContain('Origin');
  });

  test('may not write nor send a key unless it is listed', async () => {
    const stranger = await preflight('https://anyone.example', 'POST');
    expect(stranger.headers['access-control-allow-origin']).toBeUndefined();
    const reader = await preflight('https://anyone.example', 'GET');
    expect(reader.headers['access-control-allow-headers']).not.toContain('Authorization');
    const listed = await preflight(ORIGIN, 'POST');
    expect(listed.headers).toMatchObject({
      'access-control-allow-origin': ORIGIN,
      'access-control-allow-credentials': 'true',
    });
    expect(listed.headers['access-control-allow-headers']).toContain('Authorization');
  });
});

describe('health', () => {
  test('is alive without asking anyone, and ready when all that it names answer', async () => {
    expect((await portal.ask('GET', '/livez')).json()).toEqual({ status: 'ok' });
    const ready = await portal.ask('GET', '/readyz');
    expect(ready.json()).toMatchObject({
      status: 'ok',
      checks: {
        nats: { status: 'ok' },
        mongodb: { status: 'ok' },
        catalog: { status: 'ok' },
        news: { status: 'ok' },
        search: { status: 'ok' },
      },
    });
    const health = await portal.ask('GET', '/health');
    expect(health.headers['content-type']).toBe('application/health+json');
    expect(health.json()).toEqual({
      status: 'pass',
      version: expect.stringMatching(/^\d+\.\d+\.\d+/),
      services: { catalog: { status: 'pass' }, news: { status: 'pass' }, search: { status: 'pass' } },
    });
  });
});

describe('the pages', () => {
  test('run nothing but what their policy names', async () => {
    const page = await portal.ask('GET', '/docs/');
    const policy = page.headers['content-security-policy'] as string;
    expect(page.statusCode).toBe(200);
    expect(page.body).toContain('/openapi.json');
    expect(page.body).not.toMatch(/https?:\/\/(?!www\.w3\.org)/);
    expect(policy).toMatch(/script-src 'self' 'sha256-[A-Za-z0-9+/=]{44}';/);
    expect((await portal.ask('GET', '/docs/js/scalar.js')).statusCode).toBe(200);
    expect((await portal.ask('GET', '/docs')).statusCode).toBe(301);
  });

  test('are where the bare address leads, which tells programs where things are', async () => {
    for (const accept of ['text/html,*/*;q=0.8', '*/*', undefined]) {
      const led = await portal.ask('GET', '/', { headers: accept === undefined ? {} : { accept } });
      expect([led.statusCode, led.headers.location]).toEqual([302, '/docs']);
    }
    const told = await portal.ask('GET', '/', { headers: { accept: 'application/json' } });
    const { links } = told.json<{ links: Record<string, string> }>();
    expect([told.statusCode, links.openapi]).toEqual([200, '/openapi.json']);
    expect(told.headers.vary).toContain('Accept');
    for (const link of Object.values(links)) expect((await portal.ask('GET', link)).statusCode, link).toBeLessThan(400);
  });

  test('of data run nothing at all', async () => {
    const { headers } = await portal.ask('GET', '/v1/categories');
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(headers['x-content-type-options']).toBe('nosniff');
  });
});

test('the gateway answers what is in flight when it is told to stop, and keeps no idle connection', async () => {
  const own = await openPortal();
  const url = own.gateway.url();
  const agentless = { headers: { authorization: `Bearer ${own.adminKey}`, 'content-type': 'application/json' } };
  await fetch(`${url}/livez`); // leaves a connection that is kept alive
  let arrived = 0;
  own.gateway.app().server.on('request', () => {
    arrived += 1;
  });
  const writes = Array.from({ length: 20 }, () =>
    fetch(`${url}/v1/companies`, { ...agentless, method: 'POST', body: JSON.stringify(aCompany()) }),
  );
  await eventually(() => arrived === writes.length); // what has not arrived is not in flight yet
  const startedMs = performance.now();
  const [statuses] = await Promise.all([
    Promise.all(writes.map(async (write) => (await write).status)),
    own.gateway.lifecycle.stop(),
  ]);
  expect(statuses).toEqual(Array.from({ length: 20 }, () => 201));
  expect(performance.now() - startedMs).toBeLessThan(15_000); // an idle connection would hold it up for longer
  await expect(fetch(`${url}/livez`)).rejects.toThrow('fetch failed');
  await own.close();
});

test('an admin key of another installation is refused', async () => {
  const other = await openPortal({ ORTOO_SECRET: 'another secret of thirty-two characters or more' });
  expect((await other.ask('GET', '/v1/categories', { key: adminOnly })).json()).toMatchObject({
    status: 401,
    reason: 'key.unknown',
  });
  await other.close();
});
