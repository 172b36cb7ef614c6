import { pause, type Random } from '@ortoo/shared/kernel';
import type { EngineProxy } from './engine-proxy.ts';
import { killAt, rebuildIndex, replayShuffled } from './faults.ts';
import type { Product } from './product.ts';
import type { ScenarioOptions } from './scenario.ts';
import type { ServiceName } from './service-process.ts';

export type Stage = { product: Product; proxy: EngineProxy; random: Random };
export type Scenario = { fault(stage: Stage): Promise<void>; options?: ScenarioOptions };

const ownerPoints = [
  'store.before-commit',
  'store.committed-not-answered',
  'store.tombstone-not-published',
  'rpc.answered',
  'relay.queued-not-read',
  'relay.published-not-acked',
  'relay.acked-not-cleared',
  'relay.cleared',
];
const searchPoints = ['search.before-bulk', 'search.bulk-not-acked'];
const rebuildPoints = ['search.filling', 'search.filled-not-attached', 'search.attached-not-recorded'];
const services: ServiceName[] = ['catalog', 'news', 'search', 'gateway'];

const killAtPoint = (names: ServiceName[], point: string): Scenario => ({
  fault: ({ product, random }) => killAt(product, names, `${point}=kill@${1 + random.whole(6)}`),
});

const standStill = (name: ServiceName): Scenario => ({
  fault: async ({ product, random }) => {
    for (const one of product.running(name)) one.signal('SIGSTOP');
    await pause(2_000 + random.whole(3_000));
    for (const one of product.running(name)) one.signal('SIGCONT');
  },
});

const killAtRandom = (name: ServiceName): Scenario => ({
  fault: async ({ product, random }) => {
    await pause(random.whole(800));
    for (const one of product.running(name)) one.signal('SIGKILL');
    await product.start(name);
  },
});

const table = (names: string[], prefix: string, make: (name: string) => Scenario) =>
  Object.fromEntries(names.map((name) => [`${prefix} ${name}`, make(name)]));

/** What can be played on the run's own servers, by name. Each must leave no finding. */
export const scenarios: Record<string, Scenario> = {
  ...table(ownerPoints, 'owners killed at', (point) => killAtPoint(['catalog', 'news'], point)),
  // Here no later change of the same document covers one that was lost.
  'owners killed at relay.cleared while documents are only created': {
    ...killAtPoint(['catalog', 'news'], 'relay.cleared'),
    options: { load: { shares: { create: 1, remove: 0 } } },
  },
  ...table(searchPoints, 'search killed at', (point) => killAtPoint(['search'], point)),
  ...table(rebuildPoints, 'search killed in a rebuild at', (point) => ({
    fault: async ({ product }) => {
      const armed = await product.restart('search', { failpoints: `${point}=kill@1` });
      await rebuildIndex(product);
      await armed.ended;
      await product.start('search');
    },
    options: { afterMs: 2_000 },
  })),
  ...table(services, 'killed at random:', (name) => killAtRandom(name as ServiceName)),
  ...table(services, 'standing still:', (name) => standStill(name as ServiceName)),
  ...table(services.slice(0, 3), 'rolling restart of two replicas of', (name) => ({
    fault: async ({ product }) => {
      const old = product.running(name as ServiceName);
      await product.start(name as ServiceName);
      for (const one of old) await one.stop();
    },
  })),
  'many writers on few documents': {
    fault: () => pause(2_000),
    options: { load: { clients: 12, restMs: 0, shares: { create: 0.01, remove: 0.01 } } },
  },
  'deletes and creates': { fault: () => pause(1_000), options: { load: { shares: { create: 0.5, remove: 0.4 } } } },
  'a shuffled replay': { fault: ({ product }) => replayShuffled(product, 300) },
  'an engine out of breath': {
    fault: async ({ proxy }) => {
      proxy.spoil({ items: 0.4, bulks: 0.2 });
      await pause(2_500);
      proxy.spoil({ items: 0, bulks: 0 });
    },
  },
  'a stream that takes nothing': {
    fault: async ({ product }) => {
      await product.stream.refuse();
      await pause(2_000);
      await product.stream.accept();
    },
  },
  'a deleted stream': { fault: ({ product }) => product.stream.delete(), options: { afterMs: 3_000 } },
  'a rebuild under load': {
    fault: async ({ product }) => {
      await product.restart('search', { failpoints: 'search.filling=pause1200:always' });
      await rebuildIndex(product);
      await pause(6_000);
    },
    options: { afterMs: 1_000 },
  },
};

/** For each seeded bug the scenario that must show it. */
export const scenarioOfBug: Record<string, string> = {
  'reply-before-commit': 'owners killed at store.before-commit',
  'clear-before-puback': 'owners killed at relay.cleared while documents are only created',
  'clear-forgets-newer': 'many writers on few documents',
  'write-without-version': 'many writers on few documents',
  'start-without-sweep': 'owners killed at store.committed-not-answered',
  'stream-not-watched': 'a deleted stream',
  'no-external-version': 'a shuffled replay',
  'delete-without-tombstone': 'deletes and creates',
  'ack-before-bulk': 'an engine out of breath',
  'item-errors-ignored': 'an engine out of breath',
  'busy-is-poison': 'an engine out of breath',
  'alias-before-verification': 'a rebuild under load',
};
