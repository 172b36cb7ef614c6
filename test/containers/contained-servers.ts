import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { eventually } from '@ortoo/shared/testing';
import {
  type ExitDetail,
  openStack,
  type ServerName,
  type StackOptions,
  serverNames,
  stackDown,
  stackStatus,
  stackUp,
} from '@ortoo/stack';
import mongoose from 'mongoose';
import type { Check } from './check.ts';
import { docker, mustDocker } from './docker.ts';

const holder = fileURLToPath(new URL('../../packages/stack/test/open-and-hold.ts', import.meta.url));
const GONE_DEADLINE_MS = 60_000;

/** The containers way of `npm start` and `npx ortoo stack`, in a folder of its own. */
export async function checkServers(check: Check): Promise<void> {
  const projectDir = await mkdtemp(join(tmpdir(), 'ortoo-contained-'));
  const { MONGO_URL, NATS_URL, ELASTICSEARCH_URL, ORTOO_DATA_DIR, ...rest } = process.env;
  const env = { ...rest, ORTOO_STACK: 'containers' };
  const options: StackOptions = { projectDir, env, report: () => undefined };
  let project = '';
  try {
    await check('`stack up` starts all three, and a second opening joins them and leaves them running', async () => {
      const servers = await stackUp(options);
      project = /volume (ortoo-\w+)_/.exec(servers.mongodb.data ?? '')?.[1] ?? '';
      const joined = await openStack(options);
      assert.equal(joined.isOurs, false);
      assert.deepEqual(joined.servers, servers);
      await joined.stop();
      assert.deepEqual((await stackStatus(options)).servers, servers);
      await write(servers.mongodb.url);
    });
    await check('`stack down` leaves no container and no network', async () => {
      assert.deepEqual(await stackDown(options), ['elasticsearch', 'nats', 'mongodb']);
      assert.deepEqual(await remains(project), []);
      assert.deepEqual(await stackDown(options), []);
    });
    await check('a server that dies is told with its last words and comes back with its data, at its place', () =>
      dieAndRestart(options),
    );
    await check('stopping leaves nothing', async () => assert.deepEqual(await remains(project), []));
    await check('a parent that is killed takes its containers with it', async () => {
      const child = spawn(process.execPath, [holder, projectDir], { env, stdio: ['ignore', 'pipe', 'inherit'] });
      await said(child, 'open');
      assert.equal((await remains(project)).length, serverNames.length + 1);
      child.kill('SIGKILL');
      await eventually(async () => (await remains(project)).length === 0, { timeoutMs: GONE_DEADLINE_MS });
    });
    await check('a start that is interrupted leaves nothing', async () => {
      const interrupt = new AbortController();
      const opening = openStack({ ...options, signal: interrupt.signal });
      await eventually(async () => (await remains(project)).length > 1, { timeoutMs: GONE_DEADLINE_MS });
      interrupt.abort(new Error('interrupted'));
      await assert.rejects(opening, /interrupted/);
      assert.deepEqual(await remains(project), []);
    });
  } finally {
    await stackDown(options).catch(() => undefined);
    const volumes = project === '' ? '' : await list(['volume', 'ls', '--quiet'], project);
    if (volumes !== '') await docker(['volume', 'rm', ...volumes.split('\n')]);
    await rm(projectDir, { recursive: true, force: true });
  }
}

async function dieAndRestart(options: StackOptions): Promise<void> {
  const deaths: { name: ServerName; detail: ExitDetail }[] = [];
  const stack = await openStack({ ...options, onExit: (name, detail) => deaths.push({ name, detail }) });
  try {
    const { url, container = '' } = stack.servers.mongodb;
    await mustDocker(['kill', container]);
    await eventually(() => deaths.length > 0, { timeoutMs: GONE_DEADLINE_MS });
    assert.deepEqual(
      deaths.map(({ name, detail }) => [name, detail.code]),
      [['mongodb', 137]],
    );
    assert.ok((deaths[0]?.detail.lastLines.length ?? 0) > 0);
    assert.equal((await stack.restart('mongodb')).url, url);
    assert.equal(await count(url), 1);
  } finally {
    await stack.stop();
  }
  assert.equal(deaths.length, 1);
}

/** Containers and networks of the clone's project. */
async function remains(project: string): Promise<string[]> {
  const found = [
    await list(['ps', '--all', '--format', '{{.Names}}'], project),
    await list(['network', 'ls', '--format', '{{.Name}}'], project),
  ];
  return found.flatMap((text) => text.split('\n')).filter((name) => name !== '');
}

const list = (args: string[], project: string) =>
  mustDocker([...args, '--filter', `label=com.docker.compose.project=${project}`]);

const onThings = async <T>(url: string, work: (things: mongoose.mongo.Collection) => Promise<T>): Promise<T> => {
  const connection = await mongoose.createConnection(url, { serverSelectionTimeoutMS: 10_000 }).asPromise();
  try {
    return await work(connection.getClient().db('stack').collection('things'));
  } finally {
    await connection.close();
  }
};
const count = (url: string) => onThings(url, (things) => things.countDocuments({}));
const write = (url: string) => onThings(url, (things) => things.insertOne({ kept: true }));

function said(child: ChildProcess, word: string): Promise<void> {
  return new Promise((resolve, reject) => {
    child.stdout?.on('data', (chunk: Buffer) => chunk.toString().includes(word) && resolve());
    child.once('exit', (code) => reject(new Error(`the holder ended with ${code} before it said ${word}`)));
  });
}
