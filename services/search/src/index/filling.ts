import type { Bus, StreamState } from '@ortoo/shared/bus';
import { type Logger, pause } from '@ortoo/shared/kernel';
import type { Owners } from '../owners.client.ts';
import type { BulkWriter } from './bulk.ts';
import type { Engine } from './client.ts';
import { INDEX_HASH, INDEX_VERSION } from './definition.ts';
import { fillIndex } from './fill.ts';
import type { IndexFollower } from './index.follower.ts';
import type { IndexFacts, IndexMeta } from './next-step.ts';
import type { PhysicalIndexes } from './physical-indexes.ts';

/** How often the one who fills says that it still does; see `createAbandonment`. */
const BEAT_MS = 1_000;

export type FillingDeps = {
  bus: Bus;
  engine: Engine;
  indexes: PhysicalIndexes;
  follower: IndexFollower;
  owners: Owners;
  writer: BulkWriter;
  log: Logger;
  signal: AbortSignal;
};

export type Filling = {
  /** Fills a new index and gives it the read alias; `onProgress` is told in words what is being done or waited for. */
  fillNew(index: IndexFacts, onProgress: (doing: string) => void): Promise<void>;
  /** Copies from the owners, in the background, into an index that already answers: what it may have missed. */
  refill(index: IndexFacts, stream?: StreamState): void;
  /** Resolves when nothing runs in the background any more. */
  settled(): Promise<void>;
};

/** Brings what the owners have into an index, for the first time or again. */
export function createFilling({ bus, engine, indexes, follower, owners, writer, log, signal }: FillingDeps): Filling {
  let refilling: Promise<void> | undefined;

  function copy({ name }: IndexFacts, onProgress: (doing: string) => void) {
    return fillIndex({ alias: bus.names.writeAlias(name), owners, writer, log, signal, onProgress });
  }

  async function fillNew(index: IndexFacts, onProgress: (doing: string) => void): Promise<void> {
    const { lastSequence, createdAt: stream } = await bus.streamInfo();
    // The consumer comes before the copy: a change is either older, then the copy has it, or newer, then it is delivered.
    await follower.follow(index, { type: 'sequence', sequence: lastSequence + 1 });
    const meta = { version: INDEX_VERSION, hash: INDEX_HASH, stream };
    const stopBeat = startBeat(index, meta);
    const counts = await copyUntil(index, onProgress, stopBeat);
    await engine.refresh(index.name);
    await indexes.attach(index, await indexes.look());
    await indexes.setMeta(index, { ...meta, fill: { state: 'done', beat: 0 } });
    log.info({ index: index.name, ...counts }, 'a new index is filled and answers');
  }

  async function copyUntil(index: IndexFacts, onProgress: (doing: string) => void, end: () => Promise<void>) {
    try {
      return await copy(index, onProgress);
    } finally {
      await end();
    }
  }

  function startBeat(index: IndexFacts, meta: Omit<IndexMeta, 'fill'>): () => Promise<void> {
    const ending = new AbortController();
    const until = AbortSignal.any([ending.signal, signal]);
    const beating = (async () => {
      for (let beat = (index.meta?.fill.beat ?? 0) + 1; !until.aborted; beat += 1) {
        await indexes.setMeta(index, { ...meta, fill: { state: 'filling', beat } }).catch(() => undefined);
        await pause(BEAT_MS, until);
      }
    })();
    return () => {
      ending.abort();
      return beating;
    };
  }

  async function copyAgain(index: IndexFacts, stream: string | undefined): Promise<void> {
    log.warn({ index: index.name }, 'copying from the owners into the index: it may have missed changes');
    const counts = await copy(index, () => undefined);
    if (index.meta && stream !== undefined) {
      await indexes.setMeta(index, { ...index.meta, stream, fill: { state: 'done', beat: 0 } });
    }
    log.info({ index: index.name, ...counts }, 'the index holds what its owners have');
  }

  return {
    fillNew,
    refill: (index, stream) => {
      refilling ??= copyAgain(index, stream?.createdAt)
        .catch((error: unknown) => log.warn({ reason: (error as Error).message }, 'the copy was interrupted'))
        .finally(() => {
          refilling = undefined;
        });
    },
    settled: async () => refilling,
  };
}
