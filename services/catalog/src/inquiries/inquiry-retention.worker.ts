import {
  type Clock,
  jitterMs,
  type Logger,
  newRequestId,
  newTraceparent,
  type Part,
  pause,
  serviceContext,
} from '@ortoo/shared/kernel';
import { eraseOverdue } from './inquiry.rules.ts';
import type { InquiryStore } from './inquiry.store.ts';

/** With jitter still often enough that nothing is kept a minute longer than it may. */
const ROUND_EVERY_MS = 30_000;
const BATCH = 100;
const BATCH_DEADLINE_MS = 30_000;

type RetentionDeps = { inquiries: InquiryStore; clock: Clock; log: Logger };

/**
 * Erases the personal data of inquiries whose time is over; at the start and then twice a minute. Runs in each replica:
 * every erasure is one versioned write that decides again, so two of them at once erase once, and a restart goes on with
 * what is left. What cannot be erased now is tried in the next round.
 */
export function createInquiryRetention({ inquiries, clock, log }: RetentionDeps): Part {
  const ending = new AbortController();
  let running: Promise<void> = Promise.resolve();

  async function run(): Promise<void> {
    while (!ending.signal.aborted) {
      try {
        while (!ending.signal.aborted && (await eraseBatch()) > 0);
      } catch (error) {
        if (!ending.signal.aborted) log.warn({ err: error }, 'inquiries to be erased could not be found');
      }
      await pause(jitterMs(ROUND_EVERY_MS), ending.signal);
    }
  }

  /** One batch, those that have waited longest first; answers how many are erased. */
  async function eraseBatch(): Promise<number> {
    const ctx = serviceContext({
      log,
      service: 'catalog',
      requestId: newRequestId(),
      traceparent: newTraceparent(),
      deadlineMs: clock.nowMs() + BATCH_DEADLINE_MS,
    });
    const failures: unknown[] = [];
    let erased = 0;
    for (const id of await inquiries.overdue(ctx, { now: clock.now(), limit: BATCH })) {
      if (ending.signal.aborted) break;
      try {
        await inquiries.change(ctx, { id, type: 'erased', decide: (inquiry) => eraseOverdue(inquiry, clock.now()) });
        erased += 1;
      } catch (error) {
        failures.push(error);
      }
    }
    if (erased > 0) log.info({ inquiries: erased }, 'the time of inquiries was over: their personal data is erased');
    if (failures.length > 0)
      log.warn(
        { err: failures[0], inquiries: failures.length },
        'inquiries could not be erased; the next round does it',
      );
    return erased;
  }

  return {
    name: 'inquiry retention',
    start: async () => {
      running = run();
    },
    stop: async () => {
      ending.abort();
      await running;
    },
  };
}
