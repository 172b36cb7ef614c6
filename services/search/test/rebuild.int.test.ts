import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { eventually, openTestNamespace, type TestNamespace, testContext } from '@ortoo/shared/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { INDEX_VERSION, indexDefinition } from '../src/index/definition.ts';
import { type Neighbours, openNeighbours } from './neighbours.ts';
import { idsFor, type RunningSearch, search, startSearch } from './running-search.ts';
import { article, category, company, idOf } from './states.ts';

const LONG_AGO = '2026-11-20T05:00:00.000Z';

let space: TestNamespace;
let neighbours: Neighbours;
let exports: string[];
const started: RunningSearch[] = [];
const children: ChildProcess[] = [];

beforeEach(async () => {
  space = await openTestNamespace();
  neighbours = await openNeighbours(space);
  exports = [];
  neighbours.store('category', 'food', { state: category({ mn: 'Хүнс', en: 'Food' }) });
  for (let n = 1; n <= 9; n += 1)
    neighbours.store('company', idOf('company', n), { changedAt: LONG_AGO, state: company({ en: `Stored ${n}` }) });
  neighbours.store('company', idOf('company', 10), { v: 2, live: false });
  neighbours.store('article', idOf('article', 1), { state: article('Stored news') });
});

afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await Promise.all(started.splice(0).map((running) => running.stop()));
  await neighbours.close();
  await space.dispose();
});

async function start(timing: Parameters<typeof startSearch>[1] = {}): Promise<RunningSearch> {
  const running = await startSearch(space, timing);
  started.push(running);
  return running;
}

async function elastic(method: string, path: string, body?: unknown): Promise<Record<string, unknown>> {
  const response = await fetch(`${space.elasticsearchUrl}${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const answer = (await response.json()) as Record<string, unknown>;
  if (!response.ok) throw new Error(JSON.stringify(answer));
  return answer;
}

const physicalIndexes = async () =>
  Object.keys(await elastic('GET', `/${space.names.physicalIndexPattern}/_alias`)).toSorted();
const readIndexes = async () => Object.keys(await elastic('GET', `/_alias/${space.names.readAlias}`));
const indexOf = (n: number) => space.names.physicalIndex(n);
const call = neighboursCall;
function neighboursCall(name: 'rpc.search.rebuild.start' | 'rpc.search.rebuild.state') {
  return neighbours.bus.call(testContext(), name, {});
}
const isDone = async (name: string) => {
  const state = await call('rpc.search.rebuild.state');
  return state.name === name && state.state === 'done' && state;
};
const kindsNow = async () => (await search(neighbours, undefined)).kinds;

/** Holds the copy from the owners at one place until it is let go; notes each page that is asked for. */
function holdExports(isHeld: (place: string) => boolean): () => void {
  const gate = Promise.withResolvers<void>();
  neighbours.onCensus(async (question, kind, after) => {
    if (question !== 'export') return;
    const place = `${kind}:${after ?? ''}`;
    exports.push(place);
    if (isHeld(place)) await gate.promise;
  });
  return () => gate.resolve();
}

test('while a new index is filled the old one answers and takes every change, and so does the new one', async () => {
  const running = await start();
  await running.becomesReady();
  const release = holdExports((place) => place === `company:${idOf('company', 4)}`);
  const { name } = await call('rpc.search.rebuild.start');
  expect(name).toBe(indexOf(2));
  await eventually(async () => exports.includes(`company:${idOf('company', 4)}`));

  const [copied, waiting, added] = [idOf('company', 1), idOf('company', 9), idOf('company', 20)];
  await neighbours.publish('company', copied, { v: 2, state: company({ en: 'Copied before' }) });
  await neighbours.publish('company', waiting, { v: 2, live: false });
  await neighbours.publish('company', added, { state: company({ en: 'Added meanwhile' }) });
  const during = await search(neighbours, 'meanwhile', { waitFor: [`${copied}:2`, `${waiting}:2`, `${added}:1`] });
  expect(during).toMatchObject({ consistent: true, items: [{ id: added }] });
  expect(await idsFor(neighbours, 'copied before')).toEqual([copied]);
  expect(await readIndexes()).toEqual([indexOf(1)]);
  expect((await running.readiness()).status).toBe(200);
  await eventually(async () => (await elastic('GET', `/${indexOf(2)}/_doc/${added}`)).found === true);

  release();
  await eventually(() => isDone(name));
  expect(await readIndexes()).toEqual([indexOf(2)]);
  await eventually(async () => (await search(neighbours, undefined)).kinds.company === 9);
  expect(await idsFor(neighbours, 'copied before')).toEqual([copied]);
  expect(await idsFor(neighbours, 'meanwhile')).toEqual([added]);
});

test('during rebuilds under writes the read alias stands on exactly one index, and what a reader sees never goes back', async () => {
  const running = await start();
  await running.becomesReady();
  const id = idOf('company', 30);
  let isOver = false;
  let written = 0;
  const writing = (async () => {
    while (!isOver) {
      written += 1;
      await neighbours.publish('company', id, { v: written, state: company({ en: `Counting ${written}` }) });
    }
  })();
  const seen: number[] = [];
  const aliases = new Set<number>();
  const watching = (async () => {
    while (!isOver) {
      aliases.add((await readIndexes()).length);
      const { items } = await search(neighbours, id, { lang: 'en' });
      if (items[0]) seen.push(Number(items[0].display.name.split(' ')[1]));
    }
  })();
  for (const n of [2, 3]) {
    await call('rpc.search.rebuild.start');
    await eventually(() => isDone(indexOf(n)), { timeoutMs: 30_000 });
  }
  isOver = true;
  await Promise.all([writing, watching]);
  expect([...aliases]).toEqual([1]);
  expect(seen.length).toBeGreaterThan(10);
  expect(seen).toEqual(seen.toSorted((a, b) => a - b));
  expect((await search(neighbours, id, { lang: 'en', waitFor: [`${id}:${written}`] })).items[0]?.display.name).toBe(
    `Counting ${written}`,
  );
});

test('one of several replicas fills the new index, and asking twice makes one', async () => {
  const replicas = await Promise.all([start(), start(), start()]);
  await Promise.all(replicas.map((running) => running.becomesReady()));
  const release = holdExports((place) => place === 'article:');
  const names = await Promise.all([1, 2, 3].map(() => call('rpc.search.rebuild.start')));
  expect(new Set(names.map(({ name }) => name))).toEqual(new Set([indexOf(2)]));
  await eventually(async () => exports.includes('article:'));
  release();
  await eventually(() => isDone(indexOf(2)));
  expect(exports.length).toBe(new Set(exports).size);
  expect(await physicalIndexes()).toEqual([indexOf(1), indexOf(2)]);
});

test('an index of an earlier release, with fewer fields, takes changes until ours is filled', async () => {
  const { settings, mappings } = indexDefinition;
  const { source: _source, legalForm: _legalForm, ...properties } = mappings.properties;
  const { createdAt: stream } = await neighbours.bus.streamInfo();
  const _meta = { version: INDEX_VERSION - 1, hash: 'old', stream, fill: { state: 'done' } };
  await elastic('PUT', `/${indexOf(4)}`, {
    settings,
    mappings: { dynamic: 'strict', properties, _meta },
    aliases: { [space.names.readAlias]: {}, [space.names.writeAlias(indexOf(4))]: {} },
  });
  await neighbours.leave();
  const running = await start();
  await eventually(async () => (await search(neighbours, undefined)).index.version === INDEX_VERSION - 1);
  const id = idOf('company', 40);
  await neighbours.publish('company', id, { state: company({ en: 'Between releases' }, { legalForm: 'llc' }) });
  expect(await search(neighbours, 'between releases', { waitFor: [`${id}:1`] })).toMatchObject({
    consistent: true,
    items: [{ id }],
    index: { version: INDEX_VERSION - 1 },
  });
  expect(await neighbours.bus.deadLetters.count()).toBe(0);
  await neighbours.comeBack();
  await eventually(async () => (await search(neighbours, undefined)).index.version === INDEX_VERSION);
  await running.becomesReady();
  expect(await idsFor(neighbours, 'between releases')).toEqual([id]);
});

test('what the copy did not see is found by comparing with the owners before the alias moves', async () => {
  const running = await start();
  await running.becomesReady();
  const late = idOf('company', 0);
  neighbours.onCensus(async (question, kind) => {
    const isBehindTheCopy = question === 'export' && kind === 'article';
    if (isBehindTheCopy) neighbours.store('company', late, { changedAt: LONG_AGO, state: company({ en: 'Unseen' }) });
  });
  await call('rpc.search.rebuild.start');
  await eventually(() => isDone(indexOf(2)));
  expect((await elastic('GET', `/${indexOf(2)}/_doc/${late}`)).found).toBe(true);
  await eventually(async () => (await idsFor(neighbours, 'unseen')).length === 1);
});

test('a replaced index and its consumer are kept as a way back and then removed', async () => {
  const keeping = await start();
  await keeping.becomesReady();
  await call('rpc.search.rebuild.start');
  await eventually(() => isDone(indexOf(2)));
  const retired = async () => {
    const found = (await elastic('GET', `/${indexOf(1)}/_mapping`)) as Record<string, { mappings: { _meta: object } }>;
    return found[indexOf(1)]?.mappings._meta;
  };
  await eventually(async () => 'retiredAt' in ((await retired()) ?? {}));
  expect(await neighbours.bus.positionOf(space.names.indexDurable(indexOf(1)))).toBeDefined();
  await keeping.stop();
  started.splice(0);
  const removing = await start({ wayBackMs: 10 });
  await removing.becomesReady();
  await eventually(async () => (await physicalIndexes()).length === 1);
  expect(await readIndexes()).toEqual([indexOf(2)]);
  expect(await neighbours.bus.positionOf(space.names.indexDurable(indexOf(1)))).toBeUndefined();
  expect(await kindsNow()).toEqual({ company: 9, article: 1, category: 1 });
});

test('a process that is killed in the middle of a copy is taken over where it was', async () => {
  for (let n = 11; n <= 19; n += 1)
    neighbours.store('company', idOf('company', n), { changedAt: LONG_AGO, state: company({ en: `Stored ${n}` }) });
  const held = `company:${idOf('company', 16)}`;
  const release = holdExports((place) => place === held);
  neighbours.onCensusDelay(500);
  const child = startProcess();
  await eventually(async () => exports.includes(held), { timeoutMs: 30_000 });
  const isNoted = async () => {
    const found = (await elastic('GET', `/${indexOf(1)}/_mapping`)) as Record<
      string,
      { mappings: { _meta: { fill: { place?: { after?: string } } } } }
    >;
    return (found[indexOf(1)]?.mappings._meta.fill.place?.after ?? '') >= idOf('company', 4);
  };
  await eventually(isNoted);
  child.kill('SIGKILL');
  neighbours.onCensusDelay(0);
  exports.splice(0);
  release();
  await (await start()).becomesReady();
  expect(exports).not.toContain('company:');
  expect(exports).toContain('article:');
  expect(await kindsNow()).toEqual({ company: 18, article: 1, category: 1 });
  expect(await physicalIndexes()).toEqual([indexOf(1)]);
});

test('a process that is killed while it compares leaves the old index answering, and the next one finishes', async () => {
  const held = Promise.withResolvers<void>();
  let summaries = 0;
  await (await start()).becomesReady();
  await started.splice(0)[0]?.stop();
  const child = startProcess();
  await eventually(async () => (await call('rpc.search.rebuild.state')).name === indexOf(1), { timeoutMs: 30_000 });
  neighbours.onCensus(async (question) => {
    if (question !== 'summary') return;
    summaries += 1;
    await held.promise;
  });
  await call('rpc.search.rebuild.start');
  await eventually(async () => summaries > 0);
  child.kill('SIGKILL');
  expect(await readIndexes()).toEqual([indexOf(1)]);
  held.resolve();
  const running = await start();
  await running.becomesReady();
  await eventually(() => isDone(indexOf(2)), { timeoutMs: 30_000 });
  expect(await readIndexes()).toEqual([indexOf(2)]);
  await eventually(async () => (await kindsNow()).company === 9);
});

function startProcess(): ChildProcess {
  const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));
  const { natsUrl, elasticsearchUrl, namespace } = space;
  const env = {
    ...process.env,
    NATS_URL: natsUrl,
    ELASTICSEARCH_URL: elasticsearchUrl,
    ORTOO_NAMESPACE: namespace,
    OPS_PORT: '0',
    LOG_LEVEL: 'silent',
  };
  const child = spawn(process.execPath, [main], { env, stdio: 'ignore' });
  children.push(child);
  return child;
}

test('an index whose filler was killed after the alias moved is written down as done, and nothing is copied again', async () => {
  const keeping = await start();
  await keeping.becomesReady();
  const found = (await elastic('GET', `/${indexOf(1)}/_mapping`)) as Record<string, { mappings: { _meta: object } }>;
  const _meta = found[indexOf(1)]?.mappings._meta as { fill: object };
  await keeping.stop();
  started.splice(0);
  await elastic('PUT', `/${indexOf(1)}/_mapping`, { _meta: { ..._meta, fill: { ..._meta.fill, state: 'filling' } } });
  holdExports(() => false);
  await (await start()).becomesReady();
  await eventually(() => isDone(indexOf(1)));
  expect(exports.filter((place) => !place.startsWith('category'))).toEqual([]);
});

test('an operator sees how far a rebuild is, and the figures on the port for operators', async () => {
  const running = await start();
  await running.becomesReady();
  const release = holdExports((place) => place === 'article:');
  await call('rpc.search.rebuild.start');
  await eventually(async () => /filling with article/.test((await call('rpc.search.rebuild.state')).doing ?? ''));
  const figures = await running.metrics();
  expect(figures).toMatch(/ortoo_index_rebuilding\{[^}]*\} 1/);
  for (const name of ['ortoo_index_lag_seconds', 'ortoo_index_pending_changes', 'ortoo_index_bulk_documents_total'])
    expect(figures).toMatch(new RegExp(`^${name}\\{[^}]*\\} \\d`, 'm'));
  release();
  const done = await eventually(() => isDone(indexOf(2)));
  expect(done).toMatchObject({ documents: 12, left: 0, doing: null, tookMs: expect.any(Number) });
});
