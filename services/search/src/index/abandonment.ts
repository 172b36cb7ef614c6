import type { Clock } from '@ortoo/shared/kernel';
import type { IndexFacts } from './next-step.ts';

/** A fill whose beat stands still this long was abandoned: its process was killed. It beats every second. */
const ABANDONED_MS = 5_000;

/** Watches another replica's fill by our own clock, since clocks of machines differ. */
export function createAbandonment(clock: Clock) {
  let watched: { name: string; beat: number; sinceMs: number } | undefined;
  return {
    isAbandoned({ name, meta }: IndexFacts): boolean {
      const beat = meta?.fill.beat ?? 0;
      if (watched?.name !== name || watched.beat !== beat) watched = { name, beat, sinceMs: clock.nowMs() };
      return clock.nowMs() - watched.sinceMs > ABANDONED_MS;
    },
    forget(): void {
      watched = undefined;
    },
  };
}
