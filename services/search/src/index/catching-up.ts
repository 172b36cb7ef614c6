import type { Bus } from '@ortoo/shared/bus';
import { AppError, type Clock, pause } from '@ortoo/shared/kernel';

const POLL_MS = 50;
/** A consumer that has not caught up by then has trouble of its own; whoever waits begins again later. */
const DEADLINE_MS = 60_000;

export type CatchingUp = {
  bus: Pick<Bus, 'positionOf' | 'streamInfo' | 'names'>;
  /** The index that is to take over. */
  name: string;
  clock: Clock;
  signal: AbortSignal;
  onWait(why: string): void;
};

/**
 * Waits until an index has every change that was in the stream when the wait began, so that no reader goes back when the
 * alias moves. Throws UNAVAILABLE after a minute, and when the consumer is not there.
 */
export async function untilCaughtUp({ bus, name, clock, signal, onWait }: CatchingUp): Promise<void> {
  const untilMs = clock.nowMs() + DEADLINE_MS;
  const { lastSequence } = await bus.streamInfo();
  for (;;) {
    signal.throwIfAborted();
    const own = await bus.positionOf(bus.names.indexDurable(name));
    if (!own) throw AppError.unavailable('search.not-followed', `Nobody follows the changes into ${name}.`);
    if (own.pending === 0 || own.done >= lastSequence) return;
    if (clock.nowMs() > untilMs)
      throw AppError.unavailable('search.not-caught-up', `${name} did not catch up: ${own.pending} changes are open.`);
    onWait(`${own.pending} changes are still to be taken`);
    await pause(POLL_MS, signal);
  }
}
