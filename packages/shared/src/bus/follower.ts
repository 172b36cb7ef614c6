import type { Change } from '../contracts/change.ts';
import { AppError } from '../kernel/errors.ts';
import type { Logger } from '../kernel/logger.ts';
import type { Outcome } from './batch-handler.ts';
import type { Connection } from './connection.ts';
import { consume } from './consumer.ts';
import type { Delivery } from './delivery.ts';
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
/** What then still fails for a reason that time alone does not mend is set aside, so that a person sees it. */
const DELIVERIES_MAX = 8;

/**
 * Follows changes from the stream's beginning with a durable that replicas share; resolves when it exists. A change is
 * acknowledged after its effect; what cannot be done just now comes again, later each time, and what can never be done
 * goes to the dead letters alone. A stream that is deleted and filled again is followed again from its beginning.
 */
export async function follow(connection: Connection, options: FollowOptions): Promise<Following> {
  const { durable, subjects, apply, log, ackWaitMs = TAKEOVER_MS } = options;
  const ending = new AbortController();
  const { signal } = ending;

  async function handle(deliveries: Delivery[]): Promise<Outcome[]> {
    const newest = newestOf(deliveries);
    const failure = await failureOf(() =>
      apply(
        [...newest.values()].map(({ change }) => change),
        signal,
      ),
    );
    const outcomes = new Map<string, Outcome>();
    for (const [id, delivery] of newest) {
      if (failure === undefined) outcomes.set(id, { type: 'done' });
      else if (isPassing(failure) || signal.aborted || newest.size === 1) outcomes.set(id, judge(failure, delivery));
      else outcomes.set(id, await handleAlone(delivery));
    }
    return deliveries.map(({ change }) => outcomes.get(change.data.id) ?? { type: 'retry' });
  }

  /** One that fails does not keep the others. */
  async function handleAlone(delivery: Delivery): Promise<Outcome> {
    const failure = await failureOf(() => apply([delivery.change], signal));
    return failure === undefined ? { type: 'done' } : judge(failure, delivery);
  }

  function judge(failure: unknown, { change, deliveries }: Delivery): Outcome {
    if (signal.aborted) return { type: 'retry', afterMs: 0 };
    const reason = failure instanceof Error ? failure.message : String(failure);
    log.warn(
      { durable, id: change.data.id, v: change.data.v, deliveries, err: failure },
      'a change could not be followed',
    );
    return isPassing(failure) || deliveries < DELIVERIES_MAX ? { type: 'retry' } : { type: 'poison', reason };
  }

  const consumer = await consume(connection, {
    durable,
    subjects,
    from: { type: 'all' },
    batch: BATCH,
    handle,
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

/** The newest change of each document; those before it are done with it. */
function newestOf(deliveries: Delivery[]): Map<string, Delivery> {
  const newest = new Map<string, Delivery>();
  for (const delivery of deliveries) {
    const { id, v } = delivery.change.data;
    const known = newest.get(id);
    if (!known || known.change.data.v <= v) newest.set(id, delivery);
  }
  return newest;
}

async function failureOf(work: () => Promise<void>): Promise<unknown> {
  try {
    await work();
    return undefined;
  } catch (error) {
    return error ?? new Error('Nothing was thrown, and yet it failed.');
  }
}

/** Whether time alone may mend it: somebody is away, slow, or was faster. */
function isPassing(failure: unknown): boolean {
  return failure instanceof AppError && ['UNAVAILABLE', 'TIMEOUT', 'VERSION_MISMATCH'].includes(failure.code);
}
