import type { Bus, ConsumeOptions, ConsumerState } from '@ortoo/shared/bus';
import { searchKinds } from '@ortoo/shared/contracts';
import type { Clock, Logger } from '@ortoo/shared/kernel';
import { createChangesHandler } from '../changes.consumer.ts';
import { type Owners, ownerOf } from '../owners.client.ts';
import type { BulkWriter } from './bulk.ts';
import { watchConsumer } from './consumer-watch.ts';
import type { Engine } from './engine.ts';
import type { Freshness } from './freshness.ts';
import type { IndexFacts } from './next-step.ts';
import { createOlderIndexWriter } from './older-index.ts';
import { createTroubleWatch } from './trouble.ts';

/** Micro-batches: handed over at once when the stream has no more, else when one of these is reached. */
const BATCH = { maxMessages: 500, maxBytes: 5_000_000, maxWaitMs: 25 };

export type FollowerDeps = {
  bus: Bus;
  engine: Pick<Engine, 'readProperties'>;
  owners: Owners;
  writer: BulkWriter;
  freshness: Freshness;
  log: Logger;
  clock: Clock;
  /** Called when an index that is followed is gone. */
  onLost(): void;
};

/** What is to be followed: `isOlder` when an earlier release made the index, `from` where its durable begins if it must be made. */
export type Wanted = { index: IndexFacts; from: ConsumeOptions['from']; isOlder: boolean };

/** The changes flowing into one physical index. */
export type IndexFollower = {
  /** Its durable had to be made: nothing is known of what came before its beginning. */
  isNew: boolean;
  stop(): Promise<void>;
  /** What keeps changes from being indexed, in a sentence; null when nothing does. */
  trouble(): string | null;
  /** How far the index is behind the stream, as last heard. Never waits. */
  state(): ConsumerState;
};

/** Follows the changes into one index through its own durable, which replicas share. */
export async function followIndex(deps: FollowerDeps, { index, from, isOlder }: Wanted): Promise<IndexFollower> {
  const { bus, engine, writer, log, clock, onLost } = deps;
  const { names } = bus;
  const { name } = index;
  const trouble = createTroubleWatch({ index: name, log });
  const ending = new AbortController();
  const handle = createChangesHandler({
    ...deps,
    index: name,
    writeAlias: names.writeAlias(name),
    writer: isOlder ? createOlderIndexWriter({ writer, properties: await engine.readProperties(name), log }) : writer,
    onTrouble: (verdict) => {
      trouble.note(verdict);
      if (verdict?.type === 'lost') onLost();
    },
    signal: ending.signal,
  });
  const consumer = await bus.consume({
    durable: names.indexDurable(name),
    subjects: searchKinds.map((kind) => names.changesOf(ownerOf[kind], kind)),
    from,
    batch: BATCH,
    handle,
    log,
  });
  const watch = watchConsumer(consumer, { clock, signal: ending.signal });
  return {
    isNew: consumer.isNew,
    stop: () => {
      ending.abort();
      return consumer.stop();
    },
    trouble: trouble.sentence,
    state: watch.state,
  };
}
