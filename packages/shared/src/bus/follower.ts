import type { Change } from '../contracts/change.ts';
import type { Logger } from '../kernel/logger.ts';
import type { Connection } from './connection.ts';
import { consume } from './consumer.ts';
import { createFollowHandler } from './follow-handler.ts';
import type { ConsumerState } from './progress.ts';

export type FollowOptions = {
  /** Its name outlives every process: `names.followerDurable(…)`. */
  durable: string;
  subjects: string[];
  /**
   * Brings about what follows from changes, the newest of each document in hand; resolves when the effect is durable.
   * It may take as long as it needs, comes again when it throws, and may come again when it did not: its effect has to
   * be the same each time. Once the signal aborts it has to end soon, by throwing where something is left to do.
   */
  apply(changes: Change[], signal: AbortSignal): Promise<void>;
  log: Logger;
  /** After this long without a word a replica is taken for dead, and another one does its work. */
  ackWaitMs?: number | undefined;
};

export type Following = {
  /** Ends the work in hand at its next boundary; another replica, or the next start, goes on with it. */
  stop(): Promise<void>;
  /** How far it is behind the stream. */
  state(): Promise<ConsumerState>;
};

const BATCH = { maxMessages: 100, maxBytes: 2_000_000, maxWaitMs: 25 };
const TAKEOVER_MS = 15_000;

/**
 * Follows changes from the stream's beginning with a durable that replicas share; resolves when it exists. A change is
 * acknowledged after its effect; what cannot be done just now comes again, later each time, and what can never be done
 * goes to the dead letters alone. A stream that is deleted and filled again is followed again from its beginning.
 */
export async function follow(connection: Connection, options: FollowOptions): Promise<Following> {
  const { durable, subjects, apply, log, ackWaitMs = TAKEOVER_MS } = options;
  const ending = new AbortController();
  const consumer = await consume(connection, {
    durable,
    subjects,
    from: { type: 'all' },
    batch: BATCH,
    handle: createFollowHandler({ durable, apply, log, signal: ending.signal }),
    isPatient: true,
    ackWaitMs,
    log,
  });
  return {
    stop: () => {
      ending.abort();
      return consumer.stop();
    },
    state: consumer.state,
  };
}
