import type { ChildProcess } from 'node:child_process';
import type { RebuildState } from '@ortoo/shared/contracts';
import { openTestNamespace, spawnService, type TestNamespace, testContext } from '@ortoo/shared/testing';
import type { IndexMeta } from '../src/index/next-step.ts';
import { askElastic } from './ask-elastic.ts';
import { type Neighbours, openNeighbours } from './neighbours.ts';
import { type RunningSearch, search, startSearch } from './running-search.ts';
import { article, category, company, idOf } from './states.ts';

export const LONG_AGO = '2026-11-20T05:00:00.000Z';

/** What tests of rebuilds need: owners with 12 documents, replicas in this process or in one of their own, and the engine. */
export type RebuildRig = {
  space: TestNamespace;
  neighbours: Neighbours;
  /** Pages of the copy that were asked for, as `kind:after`. */
  exports: string[];
  start(timing?: Parameters<typeof startSearch>[1]): Promise<RunningSearch>;
  stopReplicas(): Promise<void>;
  /** A replica that can be killed. */
  startProcess(): ChildProcess;
  elastic(method: string, path: string, body?: unknown): Promise<Record<string, unknown>>;
  indexOf(n: number): string;
  metaOf(n: number): Promise<IndexMeta>;
  physicalIndexes(): Promise<string[]>;
  readIndexes(): Promise<string[]>;
  kindsNow(): Promise<Record<string, number>>;
  ask(verb: 'start' | 'state'): Promise<RebuildState>;
  isDone(n: number): Promise<RebuildState | false>;
  /** Holds the copy from the owners at some places until it is let go. */
  holdExports(isHeld: (place: string) => boolean): () => void;
  close(): Promise<void>;
};

export async function openRebuildRig(): Promise<RebuildRig> {
  const space = await openTestNamespace();
  const neighbours = await openNeighbours(space);
  const exports: string[] = [];
  const started: RunningSearch[] = [];
  const children: ChildProcess[] = [];
  fillOwners(neighbours);

  const elastic = (method: string, path: string, body?: unknown) =>
    askElastic(space.elasticsearchUrl, method, path, body);

  const indexOf = (n: number) => space.names.physicalIndex(n);
  const ask = (verb: 'start' | 'state') => neighbours.bus.call(testContext(), `rpc.search.rebuild.${verb}`, {});
  const stopReplicas = async () => {
    await Promise.all(started.splice(0).map((running) => running.stop()));
  };
  return {
    space,
    neighbours,
    exports,
    elastic,
    indexOf,
    ask,
    stopReplicas,
    start: async (timing = {}) => {
      const running = await startSearch(space, timing);
      started.push(running);
      return running;
    },
    startProcess: () => {
      const child = spawnService(new URL('../src/main.ts', import.meta.url), space);
      children.push(child);
      return child;
    },
    metaOf: async (n) => {
      const found = (await elastic('GET', `/${indexOf(n)}/_mapping`)) as Record<
        string,
        { mappings: { _meta: IndexMeta } }
      >;
      const meta = found[indexOf(n)]?.mappings._meta;
      if (!meta) throw new Error(`${indexOf(n)} says nothing of itself`);
      return meta;
    },
    physicalIndexes: async () =>
      Object.keys(await elastic('GET', `/${space.names.physicalIndexPattern}/_alias`)).toSorted(),
    readIndexes: async () => Object.keys(await elastic('GET', `/_alias/${space.names.readAlias}`)),
    kindsNow: async () => (await search(neighbours, undefined)).kinds,
    isDone: async (n) => {
      const state = await ask('state');
      return state.name === indexOf(n) && state.state === 'done' && state;
    },
    holdExports: (isHeld) => {
      const gate = Promise.withResolvers<void>();
      neighbours.onCensus(async (question, kind, after) => {
        if (question !== 'export') return;
        const place = `${kind}:${after ?? ''}`;
        exports.push(place);
        if (isHeld(place)) await gate.promise;
      });
      return () => gate.resolve();
    },
    close: async () => {
      for (const child of children) child.kill('SIGKILL');
      await stopReplicas();
      await neighbours.close();
      await space.dispose();
    },
  };
}

function fillOwners({ store }: Neighbours): void {
  store('category', 'food', { state: category({ mn: 'Хүнс', en: 'Food' }) });
  for (let n = 1; n <= 9; n += 1)
    store('company', idOf('company', n), { changedAt: LONG_AGO, state: company({ en: `Stored ${n}` }) });
  store('company', idOf('company', 10), { v: 2, live: false });
  store('article', idOf('article', 1), { state: article('Stored news') });
}
