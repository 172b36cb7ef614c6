import type { ExtractRequest } from '@ortoo/shared/contracts';
import { AppError, type Clock, type Context, type Logger, remainingMs } from '@ortoo/shared/kernel';
import { createThread } from '../threads/thread.ts';
import type { ReadPage } from './extract.rules.ts';
import type { ReadingOutcome, ReadingTask } from './read-page.ts';
import type { CategoryWords } from './topics.rules.ts';

/** One page may take this long; pages of 900 KB take a third of it. */
const READING_MAX_MS = 4_000;
/** Pages that wait at once; above it callers are told `busy`. */
const WAITING_MAX = 16;
/** The thread's memory: a page of 900 KB with its document takes a third of it. */
const MEMORY = { maxOldGenerationSizeMb: 384, maxYoungGenerationSizeMb: 64, stackSizeMb: 8 };

type Page = { page: ReadPage; canonicalUrl?: string };
export type PageReader = {
  /**
   * Reads a page in a thread of its own. Throws UNPROCESSABLE `intake.page-unreadable` for what cannot be parsed,
   * `intake.page-too-costly` for what takes too long or too much memory; UNAVAILABLE `busy` when too many wait; TIMEOUT
   * when the caller's time is over.
   */
  read(ctx: Context, request: ExtractRequest, categories: CategoryWords[]): Promise<Page>;
  close(): Promise<void>;
};

/** Pages are read one after the other; a thread that does not come to an end is ended, and a new one begun. */
export function createPageReader({ clock, log }: { clock: Clock; log: Logger }): PageReader {
  const thread = createThread<ReadingTask, ReadingOutcome>(new URL('./intake.worker.ts', import.meta.url), MEMORY);
  let waiting = 0;
  let last: Promise<unknown> = Promise.resolve();

  async function run(task: ReadingTask, limitMs: number): Promise<ReadingOutcome> {
    return await thread.run(task, limitMs).catch((error: Error) => {
      log.warn({ reason: error.message }, 'a page could not be read within its limits');
      throw tooCostly();
    });
  }

  async function readNow(ctx: Context, request: ExtractRequest, categories: CategoryWords[]): Promise<Page> {
    const left = remainingMs(ctx, clock);
    if (left === 0) throw AppError.timeout('intake.no-time', 'The deadline had passed before the page was read.');
    const outcome = await run({ request, categories }, Math.min(left, READING_MAX_MS));
    if (outcome.type === 'unreadable') throw unreadable(outcome.cause);
    const { page, canonicalUrl } = outcome;
    return { page, ...(canonicalUrl ? { canonicalUrl } : {}) };
  }

  return {
    async read(ctx, request, categories) {
      if (waiting >= WAITING_MAX) throw AppError.unavailable('busy', 'Too many pages wait to be read.');
      waiting += 1;
      const reading = last.then(() => readNow(ctx, request, categories));
      last = reading.catch(() => undefined);
      return reading.finally(() => {
        waiting -= 1;
      });
    },
    close: () => thread.close(),
  };
}

const tooCostly = () =>
  new AppError('UNPROCESSABLE', 'intake.page-too-costly', 'The page takes too long or too much memory to read.');

const unreadable = (cause: string) =>
  new AppError('UNPROCESSABLE', 'intake.page-unreadable', 'The page cannot be read as what it was sent.', { cause });
