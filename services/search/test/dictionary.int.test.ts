import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { eventually, openTestNamespace, type TestNamespace, testContext } from '@ortoo/shared/testing';
import { isProcessAlive, openStack, type Stack } from '@ortoo/stack';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { definitions } from '../src/index/definition.ts';
import { askElastic } from './ask-elastic.ts';
import { type Neighbours, openNeighbours } from './neighbours.ts';
import { idsFor, type RunningSearch, startSearch } from './running-search.ts';
import { article, category, idOf } from './states.ts';

const START_MS = 300_000;
const timing = { dictionaryMs: 500 };

/** A dictionary of two words, written for this test: what it knows no stripper of endings can know. */
const AFFIXES = `SET UTF-8
SFX P Y 2
SFX P 0 чүүд .
SFX P 0 чүүдийн .
SFX H Y 1
SFX H 0 т .
`;
const WORDS = '2\nэр/P\nУлаанбаатар/H\n';

const folder = mkdtempSync(join(tmpdir(), 'ortoo-dictionary-'));
let space: TestNamespace;
let stack: Stack;
let neighbours: Neighbours;
const running: RunningSearch[] = [];

const ourFolder = () => stack.servers.elasticsearch.data ?? '';
const dictionary = () => join(ourFolder(), 'conf/hunspell/mn_MN');

function putDictionary(): void {
  mkdirSync(dictionary(), { recursive: true });
  writeFileSync(join(dictionary(), 'mn_MN.aff'), AFFIXES);
  writeFileSync(join(dictionary(), 'mn_MN.dic'), WORDS);
}

/** An engine that keeps a dictionary once it has read it forgets it only by a new start. */
async function startEngineAgain(): Promise<void> {
  const { pid = 0, startedAt = 0 } = stack.servers.elasticsearch;
  process.kill(pid, 'SIGTERM');
  await eventually(() => !isProcessAlive(pid, startedAt), { timeoutMs: 60_000 });
  await stack.restart('elasticsearch');
}

const elastic = (method: string, path: string, body?: unknown) =>
  askElastic(stack.servers.elasticsearch.url, method, path, body);

const start = async (hunspell: 'off' | 'on') => {
  const search = await startSearch(space, timing, hunspell);
  running.push(search);
  return search;
};
const state = () => neighbours.bus.call(testContext(), 'rpc.search.state', {});
const physical = async () =>
  Object.keys(await elastic('GET', `/${space.names.physicalIndexPattern}/_alias`)).toSorted();
/** By each replica: the bus asks any of them, so it is asked as often as leaves none of two out. */
const answers = (n: number, dictionaryName?: string) =>
  eventually(
    async () => {
      const states = await Promise.all(Array.from({ length: 16 }, state));
      const expected = space.names.physicalIndex(n);
      return states.every(({ name, dictionary: used }) => name === expected && used === dictionaryName);
    },
    { timeoutMs: 120_000 },
  );

beforeAll(async () => {
  const shared = await openTestNamespace();
  const { ELASTICSEARCH_URL, ORTOO_STACK, ORTOO_DATA_DIR, ...env } = process.env;
  stack = await openStack({
    projectDir: folder,
    // An Elasticsearch of its own, whose folders can be written to.
    env: { ...env, MONGO_URL: shared.mongoUrl, NATS_URL: shared.natsUrl, DOCKER_HOST: 'unix:///nowhere.sock' },
    report: () => undefined,
  });
  space = { ...shared, elasticsearchUrl: stack.servers.elasticsearch.url };
  neighbours = await openNeighbours(space);
  neighbours.store('category', 'transport', { state: category({ mn: 'Тээвэр', en: 'Transport' }) });
  const body = { language: 'mn' as const, plainText: 'Эрчүүдийн хөдөлмөр Улаанбаатарт' };
  neighbours.store('article', idOf('article', 1), { state: article('Мэдээ', body) });
}, START_MS);

afterAll(async () => {
  for (const search of running) await search.stop();
  await neighbours?.close();
  const data = stack?.servers.elasticsearch.data;
  await stack?.stop();
  if (data) rmSync(dirname(data), { recursive: true, force: true });
  rmSync(folder, { recursive: true, force: true });
  await space?.dispose();
});

describe('search by a dictionary, on an engine of its own', () => {
  test('chosen where the engine has none, it is answered without', async () => {
    const one = await start('on');
    await one.becomesReady();
    await answers(1);
    expect(await idsFor(neighbours, 'эр')).toEqual([]);
  });

  test('the engine makes one stem of what the dictionary knows, and one key of what it does not', async () => {
    putDictionary();
    const name = `${space.namespace}-analysis`;
    const { settings, mappings } = definitions.withDictionary;
    await elastic('PUT', `/${name}`, { settings, mappings });
    const analyse = async (text: string) => {
      const { tokens } = await elastic('POST', `/${name}/_analyze`, { analyzer: 'mn', text });
      return (tokens as { token: string; position: number }[]).map(({ token, position }) => `${position}:${token}`);
    };
    expect(await analyse('Эрчүүдийн ажил')).toEqual(['0:эр', '0:эрч', '1:ажил', '1:ажл']);
    expect(await analyse('улаанбаатар')).toEqual(expect.arrayContaining(['0:улаанбаатар']));
    expect(await analyse('Улаанбаатарт')).toEqual(expect.arrayContaining(['0:улаанбаатар']));
    expect(await analyse('Барилгуудын')).toEqual(expect.arrayContaining(['0:барилг']));
    expect(await analyse('Энэ барилга')).toEqual(['1:барилга', '1:барилг']);
    await elastic('DELETE', `/${name}`);
  });

  test('a rebuild takes up a dictionary that has come, and finds by it', async () => {
    await neighbours.bus.call(testContext(), 'rpc.search.rebuild.start', {});
    await answers(2, 'mn_MN');
    await eventually(async () => (await idsFor(neighbours, 'эр')).includes(idOf('article', 1)));
  });

  test('replicas that want it otherwise make one index each and then leave it', async () => {
    const other = await start('off');
    await other.becomesReady();
    await answers(3);
    await running.shift()?.stop();
    const again = await start('on');
    await answers(4, 'mn_MN');
    for (const search of [other, again]) await search.becomesReady();
    await neighbours.publish('article', idOf('article', 2), {
      state: article('Мэдээ', { language: 'mn', plainText: 'Эрчүүд' }),
    });
    await eventually(async () => (await idsFor(neighbours, 'эр')).length === 2);
    await answers(4, 'mn_MN');
    await running.shift()?.stop();
  });

  test(
    'where the engine loses it, an index without it takes over and those that nobody can open are gone',
    async () => {
      rmSync(dictionary(), { recursive: true });
      await startEngineAgain();
      await answers(5);
      await eventually(async () => !(await physical()).includes(space.names.physicalIndex(4)), { timeoutMs: 30_000 });
      for (const search of running) await search.becomesReady();
      await eventually(async () => (await idsFor(neighbours, 'хөдөлмөр')).includes(idOf('article', 1)));
      expect(await idsFor(neighbours, 'эр')).toEqual([]);
    },
    START_MS,
  );
});
