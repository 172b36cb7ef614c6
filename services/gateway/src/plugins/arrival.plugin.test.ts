import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import type { Readable } from 'node:stream';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { answerBrokenRequest } from '../http/broken-request.ts';
import { arrivalPlugin } from './arrival.plugin.ts';

const ARRIVAL_MS = 100;

let app: FastifyInstance;
beforeAll(async () => {
  app = Fastify({ clientErrorHandler: answerBrokenRequest });
  await app.register(arrivalPlugin, { arrivalMs: ARRIVAL_MS });
  app.post('/document', async () => 'taken');
  app.addContentTypeParser('text/calendar', (_request, payload, done) => done(null, payload));
  app.post('/file', { config: { isUpload: true } }, async ({ body }) => {
    await once((body as Readable).resume(), 'end');
    return 'taken';
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(() => app.close());

/** Sends the head and half of the body, waits three times as long as a body may take, and sends the rest. */
async function sendSlowly(path: string, type: string): Promise<string> {
  const { port } = app.server.address() as AddressInfo;
  const socket = connect(port, '127.0.0.1');
  let answer = '';
  socket.on('data', (bytes) => {
    answer += bytes;
  });
  const ended = once(socket, 'close');
  socket.write(
    `POST ${path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: ${type}\r\nContent-Length: 4\r\n\r\n{ `,
  );
  const rest = setTimeout(() => socket.writable && socket.end(' }'), 3 * ARRIVAL_MS);
  await ended;
  clearTimeout(rest);
  return answer;
}

test('a body that does not arrive in time is answered 408', async () => {
  const answer = await sendSlowly('/document', 'application/json');
  expect(answer).toMatch(/^HTTP\/1.1 408 /);
  expect(answer).toContain('request.too-slow');
});

test('a file may take longer', async () => {
  expect(await sendSlowly('/file', 'text/calendar')).toMatch(/^HTTP\/1.1 200 /);
});
