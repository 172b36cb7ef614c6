import { pause } from '@ortoo/shared/kernel';
import { eventually, openTestNamespace, removeStreams, type TestNamespace } from '@ortoo/shared/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { INDEX_HASH, INDEX_VERSION, indexDefinition } from '../src/index/definition.ts';
import { askElastic } from './ask-elastic.ts';
import { type Neighbours, openNeighbours } from './neighbours.ts';
import { idsFor, type RunningSearch, search, startSearch } from './running-search.ts';
import { article, category, company, idOf } from './states.ts';

let space: TestNamespace;
let neighbours: Neighbours;
const started: RunningSearch[] = [];

beforeEach(async () => {
  space = await openTestNamespace();
  neighbours = await openNeighbours(space);
  neighbours.store('category', 'food', { state: category({ mn: 'Хүнс', en: 'Food' }) });
  for (let n = 1; n <= 5; n += 1)
    neighbours.store('company', idOf('company', n), { state: company({ en: `Stored ${n}` }) });
  neighbours.store('company', idOf('company', 6), { v: 2, live: false });
  neighbours.store('article', idOf('article', 1), { state: article('Stored news') });
});

afterEach(async () => {
  await Promise.all(started.splice(0).map((running) => running.stop()));
  await neighbours.close();
  await space.dispose();
});

async function start(): Promise<RunningSearch> {
  const running = await startSearch(space);
  started.push(running);
  return running;
}

const elastic = (method: string, path: string, body?: unknown) =>
  askElastic(space.elasticsearchUrl, method, path, body);

const physicalIndexes = async () =>
  Object.keys(await elastic('GET', `/${space.names.physicalIndexPattern}/_alias`)).toSorted();
const readIndexes = async () => Object.keys(await elastic('GET', `/_alias/${space.names.readAlias}`));

async function expectEverythingStored(): Promise<void> {
  const reply = await search(neighbours, undefined);
  expect(reply.kinds).toEqual({ company: 5, article: 1, category: 1 });
}

test('a new index is filled from the owners, and search is not ready before, saying whom it waits for', async () => {
  await neighbours.leave();
  const running = await start();
  await eventually(async () => {
    const { status, health } = await running.readiness();
    return status === 503 && /waiting for the owner of company/.test(health.checks.index?.detail ?? '');
  });
  await expect(search(neighbours, 'stored')).rejects.toMatchObject({
    code: 'UNAVAILABLE',
    reason: 'search.index-missing',
  });
  await neighbours.comeBack();
  await running.becomesReady();
  await expectEverythingStored();
});

test('a change that is published while the index is being filled is not lost', async () => {
  await neighbours.leave();
  const running = await start();
  await eventually(async () => /waiting/.test((await running.readiness()).health.checks.index?.detail ?? ''));
  await neighbours.publish('company', idOf('company', 1), { v: 2, state: company({ en: 'Renamed meanwhile' }) });
  await neighbours.comeBack();
  await running.becomesReady();
  expect(await idsFor(neighbours, 'renamed', { waitFor: [`${idOf('company', 1)}:2`] })).toEqual([idOf('company', 1)]);
});

test('replicas that start at once make one index, share its changes and all answer', async () => {
  const replicas = await Promise.all([start(), start(), start()]);
  await Promise.all(replicas.map((running) => running.becomesReady()));
  expect(await physicalIndexes()).toEqual([space.names.physicalIndex(1)]);
  for (let n = 10; n < 30; n += 1) {
    const id = idOf('company', n);
    await neighbours.publish('company', id, { state: company({ en: `Shared ${n}` }) });
    const reply = await search(neighbours, `Shared ${n}`, { waitFor: [`${id}:1`] });
    expect(reply.consistent).toBe(true);
    expect(reply.items[0]?.id).toBe(id);
  }
});

test('an index that somebody left half filled is taken over', async () => {
  const [alias, name] = [space.names.writeAlias(space.names.physicalIndex(1)), space.names.physicalIndex(1)];
  const { settings, mappings } = indexDefinition;
  const { createdAt: stream } = await neighbours.bus.streamInfo();
  const _meta = { version: INDEX_VERSION, hash: INDEX_HASH, stream, fill: { state: 'filling', from: 1 } };
  await elastic('PUT', `/${name}`, { settings, mappings: { ...mappings, _meta }, aliases: { [alias]: {} } });
  const running = await start();
  await running.becomesReady();
  expect(await physicalIndexes()).toEqual([name]);
  await expectEverythingStored();
});

test('a deleted index is filled again by itself, also when nothing is written', async () => {
  const running = await start();
  await running.becomesReady();
  await elastic('DELETE', `/${space.names.physicalIndex(1)}`);
  await eventually(() => expectEverythingStored().then(() => true));
  await running.becomesReady();
  const id = idOf('company', 40);
  await neighbours.publish('company', id, { state: company({ en: 'After the loss' }) });
  expect(await idsFor(neighbours, 'after the loss', { waitFor: [`${id}:1`] })).toContain(id);
  expect(await readIndexes()).toHaveLength(1);
});

test.each(['read', 'write'])(
  'a deleted %s alias is given back and nothing that was written meanwhile is lost',
  async (which) => {
    const running = await start();
    await running.becomesReady();
    const name = space.names.physicalIndex(1);
    await elastic(
      'DELETE',
      `/${name}/_alias/${which === 'read' ? space.names.readAlias : space.names.writeAlias(name)}`,
    );
    const id = idOf('company', 41);
    await neighbours.publish('company', id, { state: company({ en: 'Meanwhile' }) });
    const reply = await eventually(async () => {
      const found = await search(neighbours, 'meanwhile', { waitFor: [`${id}:1`] });
      return found.items.length > 0 && found;
    });
    expect(reply.items[0]?.id).toBe(id);
    await running.becomesReady();
    expect(await physicalIndexes()).toEqual([name]);
  },
);

test('a copy that was stopped half way is owed, and the next start makes it', async () => {
  const running = await start();
  await running.becomesReady();
  await neighbours.leave(); // the copy waits for its first page
  const name = space.names.physicalIndex(1);
  neighbours.store('company', idOf('company', 42), { state: company({ en: 'Never published' }) });
  await elastic('DELETE', `/${name}/_alias/${space.names.writeAlias(name)}`);
  await eventually(async () => JSON.stringify(await elastic('GET', `/${name}/_mapping`)).includes('"stream":""'));
  await running.stop();
  started.splice(0);
  await neighbours.comeBack();
  await (await start()).becomesReady();
  await eventually(async () => (await idsFor(neighbours, 'never published')).length === 1);
});

test('a deleted stream is noticed, and what it had not delivered is fetched from the owners', async () => {
  const running = await start();
  await running.becomesReady();
  await running.stop();
  started.splice(0);
  await neighbours.publish('company', idOf('company', 50), { state: company({ en: 'Lost with the stream' }) });
  await deleteStream();
  const again = await start();
  await again.becomesReady();
  await eventually(async () => (await idsFor(neighbours, 'lost with the stream')).length === 1);
});

test('a stream that is deleted under a running search is noticed too', async () => {
  const running = await start();
  await running.becomesReady();
  neighbours.store('company', idOf('company', 51), { state: company({ en: 'Never published' }) });
  await deleteStream();
  await eventually(async () => (await idsFor(neighbours, 'never published')).length === 1, { timeoutMs: 30_000 });
  const id = idOf('company', 52);
  await neighbours.publish('company', id, { state: company({ en: 'Published later' }) });
  await eventually(async () => (await idsFor(neighbours, 'published later')).length === 1);
});

async function deleteStream(): Promise<void> {
  await removeStreams({ url: space.natsUrl, names: space.names, log: space.log });
  await neighbours.bus.ensureStreams();
}

test('an index of a higher version answers and is left alone; one of the same version with another definition is refused', async () => {
  const running = await start();
  await running.becomesReady();
  const name = space.names.physicalIndex(1);
  const meta = { version: INDEX_VERSION, hash: INDEX_HASH, stream: 'x', fill: { state: 'done' } };
  await elastic('PUT', `/${name}/_mapping`, { _meta: { ...meta, hash: 'another' } });
  await eventually(async () => {
    const { status, health } = await running.readiness();
    return (
      status === 503 &&
      /another definition \(another, not [0-9a-f]{12}\): raise INDEX_VERSION/.test(health.checks.index?.detail ?? '')
    );
  });
  await elastic('PUT', `/${name}/_mapping`, { _meta: { ...meta, version: INDEX_VERSION + 1, hash: 'another' } });
  await running.becomesReady();
  await neighbours.publish('company', idOf('company', 60), { state: company({ en: 'For the newer release' }) });
  await pause(500);
  expect((await search(neighbours, undefined)).index.version).toBe(INDEX_VERSION + 1);
  expect(await idsFor(neighbours, 'newer release')).toEqual([]);
});

test('an index of a lower version answers until the new one is filled, then one alias moves', async () => {
  const name = space.names.physicalIndex(4);
  const { settings, mappings } = indexDefinition;
  const _meta = { version: INDEX_VERSION - 1, hash: 'old', stream: 'x', fill: { state: 'done' } };
  await elastic('PUT', `/${name}`, {
    settings,
    mappings: { ...mappings, _meta },
    aliases: { [space.names.readAlias]: {}, [space.names.writeAlias(name)]: {} },
  });
  await neighbours.leave();
  const running = await start();
  await eventually(async () => (await search(neighbours, undefined)).index.version === INDEX_VERSION - 1);
  await running.becomesReady();
  await neighbours.comeBack();
  await eventually(async () => (await search(neighbours, undefined)).index.version === INDEX_VERSION);
  expect(await readIndexes()).toEqual([space.names.physicalIndex(5)]);
  await expectEverythingStored();
});

test('a stop in the middle of a fill ends in time and a new start goes on', async () => {
  await neighbours.leave();
  const running = await start();
  await eventually(async () => /waiting/.test((await running.readiness()).health.checks.index?.detail ?? ''));
  const startedMs = performance.now();
  await running.stop();
  started.splice(0);
  expect(performance.now() - startedMs).toBeLessThan(5_000);
  await neighbours.comeBack();
  await (await start()).becomesReady();
  await expectEverythingStored();
});
