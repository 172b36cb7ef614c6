import { createLeasedRounds, type Leases } from '@ortoo/shared/bus';
import { type Clock, type Context, type Logger, type Part, serviceContext } from '@ortoo/shared/kernel';
import type { SourceFeedActions } from './source-feed.actions.ts';

/** How often it is looked for feeds that are due, and, by replicas that wait, whether the reader is gone. */
const LOOK_MS = 1_000;
const FETCH_DEADLINE_MS = 35_000;
/** Feeds that are fetched at once. */
const AT_ONCE = 4;
const BATCH = 20;

type Deps = {
  feeds: Pick<SourceFeedActions, 'due' | 'fetchDue'>;
  leases: Pick<Leases, 'take'>;
  clock: Clock;
  log: Logger;
};

/**
 * Fetches feeds when they are due; one replica at a time, so that hosts are not asked by many. Whoever loses the lease
 * stops; a fetch that was cut off goes on with the next one.
 */
export function createSourceFeedsWorker({ feeds, leases, clock, log }: Deps): Part {
  const context = (): Context => serviceContext({ log, service: 'news', clock, forMs: FETCH_DEADLINE_MS });

  async function fetchOne(id: string, signal: AbortSignal): Promise<void> {
    const outcome = await feeds.fetchDue(context(), id, signal);
    if (outcome?.error) log.warn({ feed: id, ...outcome }, 'a feed could not be read; it is tried again');
    else if (outcome && outcome.created > 0) log.info({ feed: id, ...outcome }, 'articles came from a feed');
  }

  /** Whatever is due, a few at a time; what fails is told and tried with the next look. */
  async function fetchDue(signal: AbortSignal): Promise<void> {
    const waiting = await feeds.due(context(), BATCH);
    const lane = async () => {
      for (let id = waiting.shift(); id !== undefined && !signal.aborted; id = waiting.shift())
        await fetchOne(id, signal);
    };
    const lanes = await Promise.allSettled(Array.from({ length: AT_ONCE }, lane));
    const broken = lanes.find((one) => one.status === 'rejected');
    if (broken) throw broken.reason;
  }

  return createLeasedRounds({
    name: 'source feeds',
    lease: 'source-feeds',
    note: 'reads feeds',
    everyMs: LOOK_MS,
    leases,
    log,
    says: { failing: 'feeds cannot be read; it is tried on', again: 'feeds are read again' },
    round: fetchDue,
  });
}
