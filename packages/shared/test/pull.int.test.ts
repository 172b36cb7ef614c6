import { execFileSync } from 'node:child_process';
import { AckPolicy } from 'nats';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Connection, openConnection } from '../src/bus/connection.ts';
import { pull } from '../src/bus/pull.ts';
import { ensureStreams } from '../src/bus/streams.ts';
import { systemClock } from '../src/kernel/index.ts';
import { openTestNamespace, type TestNamespace } from '../src/testing/index.ts';

let space: TestNamespace;
let connection: Connection;

beforeAll(async () => {
  space = await openTestNamespace();
  const { natsUrl: url, names, log } = space;
  connection = await openConnection({ url, names, log, service: 'search', clock: systemClock });
  await ensureStreams(connection);
});

afterAll(async () => {
  await connection.drain();
  await space.dispose();
});

/** Puts a message into the stream from another process while this one stands still, as after a SIGSTOP. */
function standStillWhilePublishing(subject: string, standMs: number): void {
  const program = `
    const { connect } = require('nats');
    connect({ servers: process.env.URL }).then(async (nc) => {
      await nc.jetstream().publish(process.env.SUBJECT, 'x');
      setTimeout(() => nc.close(), ${standMs});
    });`;
  execFileSync(process.execPath, ['-e', program], { env: { ...process.env, URL: space.natsUrl, SUBJECT: subject } });
}

it('a message that came while the process stood still is handed on, not left to wait out its redelivery', async () => {
  const { jsm, js, names } = connection;
  const info = await jsm.consumers.add(names.changesStream, {
    durable_name: 'paused',
    ack_policy: AckPolicy.Explicit,
    filter_subjects: [names.allChanges],
  });
  const received: string[] = [];
  const pulling = pull(js.consumers.getPullConsumerFor(info), {
    size: 10,
    signal: AbortSignal.timeout(30_000),
    onMessage: (msg) => received.push(msg.string()),
  });
  await connection.nc.flush();
  standStillWhilePublishing(names.change('catalog', 'company', 'company_1'), 7_000);
  expect(await pulling).toBe(1);
  expect(received).toEqual(['x']);
});
