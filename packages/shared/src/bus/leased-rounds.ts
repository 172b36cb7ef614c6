import { createBackground, type Logger, type Part, pause } from '../kernel/index.ts';
import type { Lease, Leases } from './leases.ts';

export type LeasedRoundsOptions = {
  name: string;
  /** The lease that one of the replicas holds, and what its note says of the work. */
  lease: string;
  note: string;
  /** How often there is a round, and how often replicas that wait look whether the one that works is gone. */
  everyMs: number;
  leases: Pick<Leases, 'take'>;
  log: Logger;
  /** What the log says once when rounds begin to fail, and when they no longer do. */
  says: { failing: string; again: string };
  /** Ends soon after `signal` aborts: the lease is lost then, or the part stops. */
  round(signal: AbortSignal): Promise<void>;
};

/** A part that does its rounds in one replica at a time; what fails is tried with the next round. */
export function createLeasedRounds(options: LeasedRoundsOptions): Part {
  const { name, lease: leaseName, note, everyMs, leases, log, says, round } = options;
  let isFailing = false;

  async function attempt(step: () => Promise<void>, signal: AbortSignal): Promise<void> {
    try {
      await step();
      if (isFailing) log.info(says.again);
      isFailing = false;
    } catch (error) {
      if (signal.aborted) return;
      if (!isFailing) log.warn({ err: error }, says.failing);
      isFailing = true;
    }
  }

  async function repeat(signal: AbortSignal, step: () => Promise<void>): Promise<void> {
    while (!signal.aborted) {
      await attempt(step, signal);
      await pause(everyMs, signal);
    }
  }

  async function work(lease: Lease, signal: AbortSignal): Promise<void> {
    try {
      await repeat(signal, () => round(signal));
    } finally {
      await lease.release();
    }
  }

  return createBackground(name, (signal) =>
    repeat(signal, async () => {
      const lease = await leases.take(leaseName, note);
      if (lease) await work(lease, AbortSignal.any([signal, lease.signal]));
    }),
  );
}
