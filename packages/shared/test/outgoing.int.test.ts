import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LookUp } from '../src/outgoing/guarded-connect.ts';
import { createOutgoing, type Outgoing } from '../src/outgoing/outgoing.ts';

/** Paths of the other server, and what each answers. */
const paths: Record<string, (request: IncomingMessage, response: ServerResponse) => void> = {
  '/plain': (request, response) => response.setHeader('x-asked', request.headers['x-from'] ?? '').end('Сайн уу'),
  '/post': (request, response) => void request.pipe(response),
  '/gone': (_request, response) => response.writeHead(410).end(),
  '/packed': (_request, response) => response.setHeader('content-encoding', 'gzip').end(gzipSync('packed')),
  '/bomb': (_request, response) =>
    response.setHeader('content-encoding', 'gzip').end(gzipSync(Buffer.alloc(64 * 1024 * 1024))),
  '/endless': (_request, response) => {
    const timer = setInterval(() => response.write('x'.repeat(10_000)), 5);
    response.on('close', () => clearInterval(timer));
  },
  '/drip': (_request, response) => {
    const timer = setInterval(() => response.write('.'), 20);
    response.on('close', () => clearInterval(timer));
  },
  '/silent': () => undefined,
  '/cut': (_request, response) => {
    response.writeHead(200, { 'content-length': '100' }).write('half');
    setTimeout(() => response.destroy(), 20);
  },
  '/headers': (_request, response) => response.setHeader('x-long', 'x'.repeat(64 * 1024)).end(),
  '/hop': (_request, response) => response.writeHead(302, { location: '/plain' }).end(),
  '/loop': (_request, response) => response.writeHead(302, { location: '/loop' }).end(),
  '/inward': (_request, response) => response.writeHead(302, { location: 'http://169.254.169.254/latest' }).end(),
  '/to-file': (_request, response) => response.writeHead(302, { location: 'file:///etc/passwd' }).end(),
  '/to-name': (_request, response) => response.writeHead(302, { location: 'http://inner.test/' }).end(),
};

const server = createServer((request, response) => paths[request.url ?? '']?.(request, response));
let base: string;
let port: number;
let outgoing: Outgoing;
/** Names as a resolver knows them that somebody else runs. */
const names: Record<string, string[][]> = {
  'inner.test': [['10.0.0.1']],
  'mixed.test': [['10.0.0.1', '127.0.0.1']],
  'rebound.test': [['127.0.0.1'], ['169.254.169.254']],
};
const asked: string[] = [];
const lookUp = ((name: string, _options: unknown, done: (error: Error | null, found: unknown) => void) => {
  asked.push(name);
  const [first = [], ...later] = names[name] ?? [];
  if (later.length > 0) names[name] = later;
  if (first.length === 0) done(Object.assign(new Error('no such name'), { code: 'ENOTFOUND' }), []);
  else
    done(
      null,
      first.map((address) => ({ address, family: 4 })),
    );
}) as unknown as LookUp;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ({ port } = server.address() as AddressInfo);
  base = `http://127.0.0.1:${port}`;
  outgoing = createOutgoing({ exempt: ['127.0.0.0/8'], lookUp });
});
afterAll(async () => {
  await outgoing.close();
  server.closeAllConnections();
  server.close();
});

const send = (url: string, more: Partial<Parameters<Outgoing['send']>[0]> = {}) =>
  outgoing.send({ url, timeoutMs: 5_000, bytesMax: 100_000, redirectsMax: 3, ...more });
const reasonOf = (sending: Promise<unknown>) =>
  sending.then(
    () => 'answered',
    (error) => error.reason ?? String(error),
  );

test('an answer comes whole, whatever its status, with the headers that were sent', async () => {
  const plain = await send(`${base}/plain`, { headers: { 'x-from': 'ortoo' } });
  expect(plain).toMatchObject({ url: `${base}/plain`, status: 200, headers: { 'x-asked': 'ortoo' } });
  expect(plain.body.toString()).toBe('Сайн уу');
  expect((await send(`${base}/gone`)).status).toBe(410);
  expect((await send(`${base}/packed`)).body.toString()).toBe('packed');
  const posted = await send(`${base}/post`, { method: 'POST', body: Buffer.from('{"a":1}') });
  expect(posted.body.toString()).toBe('{"a":1}');
});

describe('the guard', () => {
  test('without an exemption the same server is not reached', async () => {
    const strict = createOutgoing();
    const request = { timeoutMs: 5_000, bytesMax: 1_000, redirectsMax: 3 };
    expect(await reasonOf(strict.send({ url: `${base}/plain`, ...request }))).toBe('outgoing.address-refused');
    expect(await reasonOf(strict.send({ url: `http://localhost:${port}/plain`, ...request }))).toBe(
      'outgoing.address-refused',
    );
    await strict.close();
  });

  test('a name that leads inside is refused when it is looked up, and one of several addresses may pass', async () => {
    expect(await reasonOf(send('http://inner.test/'))).toBe('outgoing.address-refused');
    expect((await send(`http://mixed.test:${port}/plain`)).status).toBe(200);
    expect(await reasonOf(send('http://unknown.test/'))).toBe('outgoing.failed');
  });

  test('a name that leads elsewhere the second time is judged a second time', async () => {
    const fresh = createOutgoing({ exempt: ['127.0.0.0/8'], lookUp });
    const request = { url: `http://rebound.test:${port}/cut`, timeoutMs: 5_000, bytesMax: 1_000, redirectsMax: 3 };
    expect(await reasonOf(fresh.send(request))).toBe('outgoing.failed'); // it was reached, and hung up
    expect(await reasonOf(fresh.send(request))).toBe('outgoing.address-refused');
    expect(asked.filter((name) => name === 'rebound.test')).toHaveLength(2);
    await fresh.close();
  });

  test('redirects are followed to permitted places alone, and not for ever', async () => {
    expect(await send(`${base}/hop`)).toMatchObject({ url: `${base}/plain`, status: 200 });
    expect(await send(`${base}/hop`, { redirectsMax: 0 })).toMatchObject({ status: 302 });
    for (const path of ['/inward', '/to-file', '/to-name'])
      expect(await reasonOf(send(base + path)), path).toBe('outgoing.address-refused');
    expect(await reasonOf(send(`${base}/loop`))).toBe('outgoing.too-many-redirects');
  });
});

describe('a hostile server', () => {
  test.each(['/silent', '/drip'])('cannot hold the caller longer than it waits: %s', async (path) => {
    expect(await reasonOf(send(base + path, { timeoutMs: 300 }))).toBe('outgoing.timeout');
  });

  test.each(['/bomb', '/endless'])('cannot answer more than was allowed: %s', async (path) => {
    expect(await reasonOf(send(base + path))).toBe('outgoing.too-large');
  });

  test.each(['/cut', '/headers'])('cannot pass half an answer off as a whole one: %s', async (path) => {
    expect(await reasonOf(send(base + path))).toBe('outgoing.failed');
  });
});
