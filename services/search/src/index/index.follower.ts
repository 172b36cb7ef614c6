import type { Bus, ConsumeOptions, Consumer, ConsumerState } from '@ortoo/shared/bus';
import { searchKinds } from '@ortoo/shared/contracts';
import type { Clock, Logger } from '@ortoo/shared/kernel';
import { createChangesHandler } from '../changes.consumer.ts';
import type { Owners } from '../owners.client.ts';
import type { BulkWriter } from './bulk.ts';
import type { Freshness } from './freshness.ts';
import type { IndexFacts } from './next-step.ts';

/** Micro-batches: handed over at once when the stream has no more, else when one of these is reached. */
const BATCH = { maxMessages: 500, maxBytes: 5_000_000, maxWaitMs: 25 };
const STATE_AGE_MAX_MS = 1_000;
const AT_REST: ConsumerState = { pending: 0, stalledMs: 0, lagMs: 0 };

export type IndexFollower = {
  /** Follows the changes into this index and no other; `isNew` when its durable had to be made. */
  follow(index: IndexFacts, from: ConsumeOptions['from']): Promise<{ isNew: boolean }>;
  stop(): Promise<void>;
  /** What keeps changes from being indexed, in a sentence; null when nothing does. */
  trouble(): string | null;
  /** How far the index is behind the stream, at most a second old. */
  state(): Promise<ConsumerState>;
};

export type FollowerDeps = {
  bus: Bus;
  owners: Owners;
  writer: BulkWriter;
  freshness: Freshness;
  log: Logger;
  clock: Clock;
  /** Called when the index that is followed is gone. */
  onLost(): void;
};

/** Owns the durable consumer of one physical index at a time; replicas share the durable. */
export function createIndexFollower({
  bus,
  owners,
  writer,
  freshness,
  log,
  clock,
  onLost,
}: FollowerDeps): IndexFollower {
  const { names } = bus;
  const subjects = searchKinds.map((kind) => names.changesOf(kind === 'article' ? 'news' : 'catalog', kind));
  let following: { name: string; consumer: Consumer } | undefined;
  let trouble: string | null = null;
  let known: { atMs: number; state: Promise<ConsumerState> } | undefined;

  async function stop(): Promise<void> {
    const { consumer } = following ?? {};
    following = undefined;
    known = undefined;
    await consumer?.stop();
  }

  async function follow({ name }: IndexFacts, from: ConsumeOptions['from']): Promise<{ isNew: boolean }> {
    if (following?.name === name) return { isNew: false };
    await stop();
    trouble = null;
    const handle = createChangesHandler({
      index: name,
      writeAlias: names.writeAlias(name),
      writer,
      owners,
      freshness,
      onTrouble: (verdict) => {
        trouble = verdict ? `changes cannot be indexed: ${verdict.reason}` : null;
        if (verdict?.type === 'lost') onLost();
      },
    });
    const consumer = await bus.consume({
      durable: names.indexDurable(name),
      subjects,
      from,
      batch: BATCH,
      handle,
      log,
    });
    following = { name, consumer };
    return { isNew: consumer.isNew };
  }

  async function state(): Promise<ConsumerState> {
    if (!following) return AT_REST;
    if (!known || clock.nowMs() - known.atMs > STATE_AGE_MAX_MS) {
      known = { atMs: clock.nowMs(), state: following.consumer.state().catch(() => AT_REST) };
    }
    return known.state;
  }

  return { follow, stop, trouble: () => trouble, state };
}
