import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  type ExitDetail,
  isProcessAlive,
  openStack,
  type RunningServer,
  type ServerName,
  type Stack,
  type StackOptions,
  serverNames,
  stackDown,
  stackStatus,
  stackUp,
} from '@ortoo/stack';
import { mongo } from 'mongoose';
import { afterAll, beforeAll, describe, expect, inject, onTestFinished, test } from 'vitest';
import { natsRequest } from './nats-request.ts';

const startMs = 300_000;

function makeClone(): { projectDir: string; lines: string[]; options: (change?: object) => StackOptions } {
  const projectDir = mkdtempSync(join(tmpdir(), 'ortoo-stack-'));
  const lines: string[] = [];
  const { MONGO_URL, NATS_URL, ELASTICSEARCH_URL, ORTOO_STACK, ORTOO_DATA_DIR, ...env } = process.env;
  const options = (change = {}) => ({
    projectDir,
    // These are about embedded servers, which come after containers: no engine answers here.
    env: { ...env, DOCKER_HOST: 'unix:///nowhere.sock', ...change },
    report: (line: string) => lines.push(line),
  });
  return { projectDir, lines, options };
}

const withMongo = async <T>(url: string, work: (client: mongo.MongoClient) => Promise<T>): Promise<T> => {
  const client = await mongo.MongoClient.connect(url, { serverSelectionTimeoutMS: 10_000 });
  try {
    return await work(client);
  } finally {
    await client.close();
  }
};

const isRunning = ({ pid = -1, startedAt = -1 }: RunningServer) => isProcessAlive(pid, startedAt);

describe('one stack, from start to stop', () => {
  const clone = makeClone();
  const deaths: { name: ServerName; detail: ExitDetail }[] = [];
  let stack: Stack;

  beforeAll(async () => {
    const onExit = (name: ServerName, detail: ExitDetail) => deaths.push({ name, detail });
    stack = await openStack({ ...clone.options(), onExit });
  }, startMs);

  afterAll(async () => {
    await stack?.stop();
    const elasticsearch = stack?.servers.elasticsearch.data;
    if (elasticsearch) rmSync(dirname(elasticsearch), { recursive: true, force: true });
    rmSync(clone.projectDir, { recursive: true, force: true });
  });

  test('way, version, address, data folder and "not for production" are told of each server', () => {
    for (const name of serverNames) {
      const { url, version, data = 'none' } = stack.servers[name];
      const told = clone.lines.filter((line) => line.startsWith(`${name}: embedded ${version} at ${url}`)).join();
      expect(told).toContain(data);
      expect(told).toContain('not for production');
    }
    expect(stack.isOurs).toBe(true);
  });

  test('MongoDB takes transactions with majority writes', async () => {
    await withMongo(stack.servers.mongodb.url, async (client) => {
      const things = client.db('stack').collection<{ _id: string }>('things');
      await client.withSession((session) =>
        session.withTransaction(
          async () => {
            await things.insertOne({ _id: 'kept' }, { session });
          },
          { writeConcern: { w: 'majority' } },
        ),
      );
      expect(await things.countDocuments({ _id: 'kept' })).toBe(1);
    });
  });

  test('NATS keeps a stream', async () => {
    const { url } = stack.servers.nats;
    const stream = { name: 'KEPT', subjects: ['kept.>'], storage: 'file' };
    expect(await natsRequest(url, '$JS.API.STREAM.CREATE.KEPT', stream)).not.toHaveProperty('error');
    expect(await natsRequest(url, 'kept.one', { hello: 1 })).toEqual({ stream: 'KEPT', seq: 1 });
  });

  test('Elasticsearch finds what was indexed', async () => {
    const { url } = stack.servers.elasticsearch;
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify({ title: 'Монгол бизнес' });
    const indexed = await fetch(`${url}/things/_doc/1?refresh=true`, { method: 'PUT', headers, body });
    expect(indexed.status).toBe(201);
    const found = await (await fetch(`${url}/things/_search?q=title:монгол`)).json();
    expect(found).toMatchObject({ hits: { total: { value: 1 } } });
  });

  test('all listen on 127.0.0.1 only', () => {
    const ports = Object.values(JSON.parse(readFileSync(join(clone.projectDir, '.ortoo', 'ports.json'), 'utf8')))
      .flatMap((pair) => Object.values(pair as object))
      .map((port: number) => port.toString(16).toUpperCase().padStart(4, '0'));
    const listening = ['tcp', 'tcp6']
      .flatMap((table) => readFileSync(`/proc/net/${table}`, 'utf8').split('\n'))
      .map((line) => line.trim().split(/\s+/))
      .filter((fields) => fields[3] === '0A' && ports.includes(fields[1]?.split(':')[1] ?? ''))
      .map((fields) => fields[1]?.split(':')[0]);
    expect(listening.length).toBeGreaterThanOrEqual(5);
    expect(
      [...new Set(listening)].every((address) =>
        ['0100007F', '0000000000000000FFFF00000100007F'].includes(address ?? ''),
      ),
    ).toBe(true);
  });

  test('a second opening in the same clone joins, and its stop leaves everything running', async () => {
    const second = await openStack(clone.options());
    expect(second.isOurs).toBe(false);
    expect(second.servers.mongodb.pid).toBe(stack.servers.mongodb.pid);
    await second.stop();
    for (const name of serverNames) expect(isRunning(stack.servers[name])).toBe(true);
    await expect(stackDown(clone.options())).rejects.toThrow(`belongs to process ${process.pid}`);
  });

  test('a died mongod is reported with its last words and comes back on the same address with its data', async () => {
    const before = stack.servers.mongodb;
    process.kill(before.pid ?? 0, 'SIGKILL');
    await expect.poll(() => deaths.map(({ name, detail }) => [name, detail.signal])).toEqual([['mongodb', 'SIGKILL']]);
    expect(deaths[0]?.detail.lastLines.length).toBeGreaterThan(0);
    const after = await stack.restart('mongodb');
    expect(after.url).toBe(before.url);
    expect(after.pid).not.toBe(before.pid);
    expect(stack.servers.mongodb).toEqual(after);
    const kept = await withMongo(after.url, (client) => client.db('stack').collection('things').countDocuments({}));
    expect(kept).toBe(1);
    expect((await stackStatus(clone.options())).servers.mongodb?.pid).toBe(after.pid);
  });

  test('stop leaves no process and no state, is not reported as a death, and may be called twice', async () => {
    await Promise.all([stack.stop(), stack.stop()]);
    for (const name of serverNames) expect(isRunning(stack.servers[name])).toBe(false);
    expect(await stackStatus(clone.options())).toEqual({ servers: {}, stale: [] });
    expect(deaths).toHaveLength(1);
  });
});

describe('MongoDB and NATS beside a given Elasticsearch', () => {
  const clone = makeClone();
  const options = () => clone.options({ ELASTICSEARCH_URL: inject('servers').elasticsearchUrl });
  afterAll(async () => {
    await stackDown(options());
    rmSync(clone.projectDir, { recursive: true, force: true });
  });

  test(
    '`stack up` stays without its starter, a second one changes nothing, `stack down` stops just these',
    async () => {
      const first = await stackUp(options());
      expect(first.elasticsearch).toMatchObject({ way: 'given', url: inject('servers').elasticsearchUrl });
      expect(await stackUp(options())).toEqual(first);
      expect((await stackStatus(options())).servers).toEqual({ mongodb: first.mongodb, nats: first.nats });
      expect(await stackDown(options())).toEqual(['nats', 'mongodb']);
      expect(isRunning(first.mongodb) || isRunning(first.nats)).toBe(false);
      expect(await stackDown(options())).toEqual([]);
    },
    startMs,
  );

  test(
    'a killed parent takes its servers with it, and the next start tells of the stale entries',
    async () => {
      const holder = hold(options());
      await said(holder, 'open');
      const { mongodb, nats } = (await stackStatus(options())).servers as {
        mongodb: RunningServer;
        nats: RunningServer;
      };
      expect(isRunning(mongodb) && isRunning(nats)).toBe(true);
      holder.kill('SIGKILL');
      await expect.poll(() => isRunning(mongodb) || isRunning(nats), { timeout: 20_000 }).toBe(false);
      const { servers, stale } = await stackStatus(options());
      expect(servers).toEqual({});
      expect(stale.join()).toContain(`process ${mongodb.pid} of the state file no longer runs`);
    },
    startMs,
  );

  test(
    'a replica set whose port was taken comes up on another one with its data, naming who holds the old one',
    async () => {
      const first = await openStack(options());
      await withMongo(first.servers.mongodb.url, (client) =>
        client.db('stack').collection('things').insertOne({ kept: true }),
      );
      await first.stop();
      const port = Number(/127\.0\.0\.1:(\d+)/.exec(first.servers.mongodb.url)?.[1]);
      const intruder = createServer((socket) => socket.destroy());
      await new Promise<void>((resolve, reject) => {
        intruder.once('error', reject).listen(port, '127.0.0.1', resolve);
      });
      onTestFinished(() => void intruder.close());
      const second = await openStack(options());
      onTestFinished(() => second.stop());
      expect(second.servers.mongodb.url).not.toBe(first.servers.mongodb.url);
      expect(clone.lines.join('\n')).toContain(`port ${port} is held by process ${process.pid}`);
      const kept = await withMongo(second.servers.mongodb.url, (client) =>
        client.db('stack').collection('things').countDocuments({}),
      );
      expect(kept).toBe(1);
    },
    startMs,
  );

  test(
    'a server that cannot start shows its own last words, and nothing is left running',
    async () => {
      const port = JSON.parse(readFileSync(join(clone.projectDir, '.ortoo', 'ports.json'), 'utf8')).mongodb.main;
      writeFileSync(join(clone.projectDir, '.ortoo', 'mongodb', 'db', 'storage.bson'), 'garbage');
      const failing = openStack(options());
      onTestFinished(async () => (await failing.catch(() => undefined))?.stop());
      await expect(failing).rejects.toMatchObject({
        name: 'StackError',
        server: 'mongodb',
        logTail: expect.arrayContaining([expect.any(String)]),
      });
      await expect(failing).rejects.toThrow('ended while it was starting');
      await expect(fetch(`http://127.0.0.1:${port}`)).rejects.toThrow('fetch failed');
      expect(await stackStatus(options())).toEqual({ servers: {}, stale: [] });
      expect(existsSync(join(clone.projectDir, '.ortoo', 'mongodb.lock'))).toBe(false);
    },
    startMs,
  );
});

function hold({ projectDir, env }: StackOptions): ChildProcess {
  const program = fileURLToPath(new URL('./open-and-hold.ts', import.meta.url));
  const child = spawn(process.execPath, [program, projectDir], {
    env: env as NodeJS.ProcessEnv,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

function said(child: ChildProcess, word: string): Promise<void> {
  return new Promise((resolve, reject) => {
    child.stdout?.on('data', (chunk: Buffer) => chunk.toString().includes(word) && resolve());
    child.once('exit', (code) => reject(new Error(`the holder ended with ${code} before it said ${word}`)));
  });
}
