import { type Clock, pause } from '@ortoo/shared/kernel';
import type { Engine } from './engine.ts';

/** Refreshes cost the engine a segment each: at most five a second of an index, shared by all who wait. */
const REFRESH_GAP_MS = 200;
/** Nobody waits longer; a refresh that hangs must not hold up the next. */
const REFRESH_LIMIT_MS = 5_000;

/** Marks count what was applied: a refresh shows every mark given before it began. */
export type Refresher = {
  /** The mark of what is applied now. */
  mark(): number;
  /** Resolves when searches see everything with this mark. Throws when the engine could not refresh. */
  see(mark: number): Promise<void>;
};

/** Refreshes one index on demand, one at a time. */
export function createRefresher({
  engine,
  clock,
  index,
}: {
  engine: Pick<Engine, 'refresh'>;
  clock: Clock;
  index: string;
}): Refresher {
  let counter = 1;
  let seen = 0;
  let lastMs = 0;
  let running: { mark: number; done: Promise<void> } | undefined;
  let next: Promise<void> | undefined;

  async function run(): Promise<void> {
    await running?.done.catch(() => undefined);
    await pause(Math.max(0, lastMs + REFRESH_GAP_MS - clock.nowMs()));
    next = undefined;
    lastMs = clock.nowMs();
    const mark = counter;
    counter += 1;
    const done = engine.refresh(index, REFRESH_LIMIT_MS);
    running = { mark, done };
    await done.finally(() => {
      running = undefined;
    });
    seen = mark;
  }

  return {
    mark: () => counter,
    see: async (mark) => {
      if (mark <= seen) return;
      if (running && mark <= running.mark) return running.done;
      next ??= run();
      return next;
    },
  };
}
