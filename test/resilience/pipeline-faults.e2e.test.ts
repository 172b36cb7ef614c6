import { createSeededRandom, pause } from '@ortoo/shared/kernel';
import { buildTestChange, eventually } from '@ortoo/shared/testing';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { type EngineProxy, openEngineProxy } from './engine-proxy.ts';
import { killAt, replayShuffled } from './faults.ts';
import type { Write } from './history.ts';
import { openProduct, type Product } from './product.ts';
import { runScenario } from './scenario.ts';

let proxy: EngineProxy;
let product: Product;
const history = { writes: [] as Write[], seed: 500 };
/** What scenarios have put aside themselves, once for each reader. */
let deadLettersExpected = 0;

beforeAll(async () => {
  const servers = inject('servers');
  proxy = await openEngineProxy(servers.elasticsearchUrl, createSeededRandom(7));
  product = await openProduct({ servers, env: { search: { ELASTICSEARCH_URL: proxy.url } } });
});
afterAll(async () => {
  await product?.stop();
  await proxy?.close();
});

const run = (fault: () => Promise<void>, afterMs = 500) =>
  runScenario(product, history, fault, { afterMs, deadLettersExpected });

// Before anything is poisoned: what is replayed would be set aside once more.
test('duplicates, changes out of order and a replay of the whole stream change nothing in the index', async () => {
  const verdict = await run(() => replayShuffled(product, 300));
  expect(verdict.findings).toEqual([]);
});

test('search killed before a bulk, after it, and while a poison change is set aside: redelivery is harmless', async () => {
  const { names } = product.space;
  const poison = () =>
    product.stream.put(names.change('catalog', 'company', 'company_poison'), '{"no":"change"}', 'poison-1');
  deadLettersExpected += await product.stream.countReaders(names.changesOf('catalog', 'company'));
  const verdict = await runScenario(
    product,
    history,
    async () => {
      await killAt(product, ['search'], 'search.before-bulk=kill@2');
      await killAt(product, ['search'], 'search.bulk-not-acked=kill@2');
      await killAt(product, ['search'], 'consumer.dead-letter-not-termed=kill@1', poison);
    },
    { deadLettersExpected },
  );
  expect(verdict.findings).toEqual([]);
});

test('changes of a version that nobody knows yet are set aside, and their neighbours are indexed', async () => {
  const { names } = product.space;
  deadLettersExpected += await product.stream.countReaders(names.changesOf('catalog', 'company'));
  const verdict = await run(async () => {
    const unknown = { ...buildTestChange({ id: 'company_later' }), type: 'mn.ortoo.company.changed.v9' };
    await product.stream.put(names.change('catalog', 'company', 'company_later'), JSON.stringify(unknown), 'later-1');
  });
  expect(verdict.findings).toEqual([]);
});

test('an engine that is out of breath drops nothing and nothing is set aside', async () => {
  const verdict = await run(async () => {
    proxy.spoil({ items: 0.3, bulks: 0.3 });
    await pause(2_500);
    proxy.spoil({ items: 0, bulks: 0 });
  });
  expect(proxy.spoiled().items).toBeGreaterThan(0);
  expect(proxy.spoiled().bulks).toBeGreaterThan(0);
  expect(verdict.findings).toEqual([]);
});

test('a stream that takes nothing any more holds up no write; all is published when it does again', async () => {
  const verdict = await run(async () => {
    await product.stream.refuse();
    await pause(2_000);
    await product.stream.accept();
  });
  expect(verdict.findings).toEqual([]);
  expect(verdict.counts.unknown).toBe(0);
});

test('a stream that is deleted after it acknowledged is found, and what it held is published again by itself', async () => {
  const alarmsBefore = product.alarms();
  const verdict = await run(() => product.stream.delete(), 3_000);
  expect(verdict.findings).toEqual([]);
  expect(product.alarms()).toBeGreaterThan(alarmsBefore);
});

test('a service that stands still for two seconds and goes on changes nothing that was newer', async () => {
  const verdict = await run(async () => {
    for (const name of ['catalog', 'news', 'search', 'gateway'] as const) {
      for (const one of product.running(name)) one.signal('SIGSTOP');
      await pause(2_000);
      for (const one of product.running(name)) one.signal('SIGCONT');
    }
  });
  expect(verdict.findings).toEqual([]);
});

test('two replicas of each owner and of search, restarted one after the other by SIGTERM, answer every write', async () => {
  const names = ['catalog', 'news', 'search'] as const;
  const old = names.flatMap((name) => product.running(name));
  await Promise.all(names.map((name) => product.start(name)));
  const endings: (number | null)[] = [];
  const verdict = await run(async () => {
    for (const one of old) endings.push((await one.stop()).code);
  });
  expect(verdict.findings).toEqual([]);
  expect(endings).toEqual([0, 0, 0]);
  expect(verdict.counts.unknown).toBe(0);
  expect(verdict.counts.refused).toBeLessThanOrEqual(verdict.counts.ok * 0.2);
});

test('SIGTERM under load ends every process by itself, and nothing that was accepted is lost', async () => {
  const endings: (number | null)[] = [];
  const verdict = await run(async () => {
    for (const name of ['gateway', 'catalog', 'news', 'search'] as const)
      endings.push(...(await Promise.all(product.running(name).map((one) => one.stop()))).map(({ code }) => code));
    for (const name of ['catalog', 'news', 'search', 'gateway'] as const) await product.start(name);
    await eventually(async () => (await product.call('GET', '/v1/companies?limit=1')).status === 200);
  });
  expect(verdict.findings).toEqual([]);
  expect(new Set(endings)).toEqual(new Set([0]));
});
