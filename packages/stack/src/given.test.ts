import { createServer as createHttpServer } from 'node:http';
import { createServer, type Server } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { checkGiven, maskUrl } from './given.ts';
import { parseNatsInfo } from './probes.ts';

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return (server.address() as { port: number }).port;
}

/** A stranger's broker: what it says of itself is all that is looked at. */
async function natsSaying(line: string): Promise<string> {
  const port = await listen(createServer((socket) => socket.on('error', () => {}).write(line)));
  return `nats://127.0.0.1:${port}`;
}

async function webSaying(status: number, body: unknown): Promise<string> {
  const server = createHttpServer((_, response) => response.writeHead(status).end(JSON.stringify(body)));
  return `http://127.0.0.1:${await listen(server)}`;
}

test('a NATS that is new enough and has JetStream is taken', async () => {
  const url = await natsSaying('INFO {"version":"2.12.1","jetstream":true}\r\n');
  expect(await checkGiven('nats', url)).toEqual({ name: 'nats', url, version: '2.12.1', way: 'given' });
});

test.each([
  ['INFO {"version":"2.10.3","jetstream":true}\r\n', 'is version 2.10.3'],
  ['INFO {"version":"2.15.1"}\r\n', 'runs without JetStream'],
  ['220 mail.example ESMTP\r\n', 'what answers is not a NATS server'],
])('a NATS that says %j is refused', async (line, sentence) => {
  await expect(checkGiven('nats', await natsSaying(line))).rejects.toThrow(sentence);
});

test('nobody there is one sentence with variable, URL and cause, and a hint', async () => {
  const free = createServer();
  const port = await listen(free);
  await new Promise((resolve) => free.close(resolve));
  const check = checkGiven('nats', `nats://user:secret@127.0.0.1:${port}`);
  await expect(check).rejects.toThrow(
    `NATS_URL=nats://user:***@127.0.0.1:${port} does not answer: connect ECONNREFUSED`,
  );
  await expect(check).rejects.toMatchObject({ server: 'nats', hint: expect.stringContaining('unset NATS_URL') });
});

test('an Elasticsearch that is new enough is taken', async () => {
  const url = await webSaying(200, { version: { number: '9.1.0' } });
  expect(await checkGiven('elasticsearch', url)).toMatchObject({ version: '9.1.0', way: 'given' });
});

test.each([
  [200, { version: { number: '7.17.0' } }, 'is version 7.17.0'],
  [200, { version: { number: '2.19.0', distribution: 'opensearch' } }, 'leads to opensearch'],
  [200, { hello: 'world' }, 'is not Elasticsearch'],
  [401, {}, 'HTTP status 401'],
])('an Elasticsearch that answers %i %j is refused', async (status, body, sentence) => {
  await expect(checkGiven('elasticsearch', await webSaying(status, body))).rejects.toThrow(new RegExp(sentence));
});

test('a password is never shown', () => {
  expect(maskUrl('mongodb://u:p%40ss@h:1,h2:2/db?x=y')).toBe('mongodb://u:***@h:1,h2:2/db?x=y');
  expect(maskUrl('http://127.0.0.1:9200')).toBe('http://127.0.0.1:9200');
});

test('an INFO line that is torn gives nothing', () => {
  expect(parseNatsInfo('INFO {"version":')).toBeUndefined();
  expect(parseNatsInfo('INFO {"version":}\r\n')).toBeUndefined();
});
