import type { Change } from '../contracts/change.ts';
import { AppError } from '../kernel/errors.ts';
import type { Logger } from '../kernel/logger.ts';
import type { Handle, Outcome } from './batch-handler.ts';
import type { Delivery } from './delivery.ts';

/** What then still fails for a reason that time alone does not mend is set aside, so that a person sees it. */
const DELIVERIES_MAX = 8;

type FollowHandlerOptions = {
  durable: string;
  apply(changes: Change[], signal: AbortSignal): Promise<void>;
  log: Logger;
  /** Aborts when the follower stops. */
  signal: AbortSignal;
};

/** What becomes of the changes in hand, as `follow` has it. */
export function createFollowHandler({ durable, apply, log, signal }: FollowHandlerOptions): Handle {
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

  return handle;
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
