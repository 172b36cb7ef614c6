import type { Bus } from '@ortoo/shared/bus';
import { AppError, type Clock, pause } from '@ortoo/shared/kernel';
import type { PhysicalIndexes } from './physical-indexes.ts';

const POLL_MS = 50;
/** A consumer that has not caught up by then has trouble of its own; whoever waits begins again later. */
const DEADLINE_MS = 60_000;

export type CatchingUp = {
  bus: Pick<Bus, 'positionOf' | 'names'>;
  indexes: Pick<PhysicalIndexes, 'look'>;
  /** The index that is to take over. */
  name: string;
  clock: Clock;
  signal: AbortSignal;
  onWait(why: string): void;
};

/**
 * Waits until an index has every change that had been handed to the index that answers, so that no reader goes back when
 * the alias moves. Throws UNAVAILABLE after a minute, and when the consumer is not there.
 */
export async function untilCaughtUp({ bus, indexes, name, clock, signal, onWait }: CatchingUp): Promise<void> {
  const untilMs = clock.nowMs() + DEADLINE_MS;
  const position = (index: string) => bus.positionOf(bus.names.indexDurable(index));
  const read = (await indexes.look()).find(({ isRead }) => isRead);
  const target = Math.max(
    (await position(name))?.delivered ?? 0,
    read ? ((await position(read.name))?.delivered ?? 0) : 0,
  );
  for (;;) {
    signal.throwIfAborted();
    const own = await position(name);
    if (!own) throw AppError.unavailable('search.not-followed', `Nobody follows the changes into ${name}.`);
    if (own.pending === 0 || own.done >= target) return;
    if (clock.nowMs() > untilMs)
      throw AppError.unavailable('search.not-caught-up', `${name} did not catch up: ${own.pending} changes are open.`);
    onWait(`${own.pending} changes are still to be taken`);
    await pause(POLL_MS, signal);
  }
}
