import { type Backoff, backoffMs, type Clock, type Logger } from '../kernel/index.ts';

/**
 * Whether publishing works at the moment. The first failure opens an outage and is logged, later ones are only counted;
 * while it lasts the relay pauses, doubling from 100 ms to 5 s, and then tries with one document at a time.
 */
export type Outage = {
  failed(error: unknown): void;
  succeeded(): void;
  /** How many documents may be in work now: all, one to find out, or none while pausing. */
  window(all: number): number;
  /** Milliseconds until the pause is over; 0 when there is none. */
  pauseMs(): number;
};

const PAUSES: Backoff = { firstMs: 100, maxMs: 5_000 };

export function createOutage({ log, clock }: { log: Logger; clock: Clock }): Outage {
  let failures = 0;
  let pausedUntilMs = 0;
  let sinceMs = 0;

  const pauseMs = () => Math.max(0, pausedUntilMs - clock.nowMs());

  return {
    failed(error) {
      if (pauseMs() > 0) return;
      failures += 1;
      pausedUntilMs = clock.nowMs() + backoffMs(failures, PAUSES);
      if (failures > 1) return;
      sinceMs = clock.nowMs();
      log.warn({ err: error }, 'changes cannot be published; they are kept and tried again');
    },
    succeeded() {
      if (failures === 0) return;
      failures = 0;
      pausedUntilMs = 0;
      log.info({ durationMs: clock.nowMs() - sinceMs }, 'changes are published again');
    },
    window: (all) => (pauseMs() > 0 ? 0 : failures > 0 ? 1 : all),
    pauseMs,
  };
}
