import type { Change } from '../contracts/change.ts';
import { AppError } from '../kernel/errors.ts';
import type { Logger } from '../kernel/logger.ts';
import type { Handle, Outcome } from './batch-handler.ts';
import type { Delivery } from './delivery.ts';

/** What has failed that often, each time for a reason that time alone does not mend, is set aside for a person to see. */
const FAILURES_MAX = 8;
/** Changes whose failures are counted; those of one more are begun anew, so that it comes again some times more. */
const COUNTED_MAX = 10_000;

type FollowHandlerOptions = {
  durable: string;
  apply(changes: Change[], signal: AbortSignal): Promise<void>;
  log: Logger;
  /** Aborts when the follower stops. */
  signal: AbortSignal;
};

/**
 * What becomes of the changes in hand, as `follow` has it. A change is set aside for its own failures alone: neither for
 * deliveries while somebody was away, nor with a newer one of its document. Failures are counted in the process, so that
 * a restart or another replica begins anew.
 */
export function createFollowHandler({ durable, apply, log, signal }: FollowHandlerOptions): Handle {
  const failures = createFailureCount();

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
    return deliveries.map((delivery) => {
      const { id } = delivery.change.data;
      const outcome = outcomes.get(id) ?? { type: 'retry' };
      if (outcome.type !== 'retry') failures.forget(delivery);
      return outcome.type === 'poison' && newest.get(id) !== delivery ? { type: 'retry' } : outcome;
    });
  }

  /** One that fails does not keep the others. */
  async function handleAlone(delivery: Delivery): Promise<Outcome> {
    const failure = await failureOf(() => apply([delivery.change], signal));
    return failure === undefined ? { type: 'done' } : judge(failure, delivery);
  }

  function judge(failure: unknown, delivery: Delivery): Outcome {
    if (signal.aborted) return { type: 'retry', afterMs: 0 };
    const { change, deliveries } = delivery;
    const { id, v } = change.data;
    log.warn({ durable, id, v, deliveries, err: failure }, 'a change could not be followed');
    if (isPassing(failure) || failures.add(delivery) < FAILURES_MAX) return { type: 'retry' };
    return { type: 'poison', reason: failure instanceof Error ? failure.message : String(failure) };
  }

  return handle;
}

/** Counts by version of a document: its sequence may be another one when the stream was made anew. */
function createFailureCount() {
  const counts = new Map<string, number>();
  const keyOf = ({ change }: Delivery): string => `${change.data.id}:${change.data.v}`;
  return {
    /** Answers how many there are with this one. */
    add(delivery: Delivery): number {
      const key = keyOf(delivery);
      const count = (counts.get(key) ?? 0) + 1;
      const [oldest] = counts.keys();
      if (!counts.has(key) && counts.size >= COUNTED_MAX && oldest !== undefined) counts.delete(oldest);
      counts.set(key, count);
      return count;
    },
    forget: (delivery: Delivery): void => void counts.delete(keyOf(delivery)),
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
