import type { SortValues } from '@ortoo/shared/contracts';
import { type Clock, type Context, createRounds, type Logger, type Part, serviceContext } from '@ortoo/shared/kernel';
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
  /** Page by page through all whose time is over: those that cannot be erased do not keep the others. */
  async function eraseAll(signal: AbortSignal): Promise<void> {
    const now = clock.now();
    let after: SortValues | undefined;
    do {
      const ctx = begin();
      const { ids, next } = await inquiries.overdue(ctx, { now, limit: BATCH, after });
      await eraseBatch(ctx, ids, signal);
      after = next;
    } while (after && !signal.aborted);
  }

  const begin = (): Context => serviceContext({ log, service: 'catalog', clock, forMs: BATCH_DEADLINE_MS });

  async function eraseBatch(ctx: Context, ids: string[], signal: AbortSignal): Promise<void> {
    const failures: unknown[] = [];
    let erased = 0;
    for (const id of ids) {
      if (signal.aborted) break;
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
  }

  return createRounds({
    name: 'inquiry retention',
    everyMs: ROUND_EVERY_MS,
    log,
    failure: 'inquiries to be erased could not be found',
    round: eraseAll,
  });
}
