import type { ImportRequest, ImportRow, ImportState } from '@ortoo/shared/contracts';
import { AppError, type Clock, type Context, pause } from '@ortoo/shared/kernel';
import type { Relay } from '@ortoo/shared/outbox';
import type { ImportStore } from './import.store.ts';
import { beginUndo, openJob, viewJob, viewRow } from './import-job.rules.ts';

/** Above this age of the oldest change that waits to be published nothing more is imported. */
export const BEHIND_MS = 60_000;
/** A small import is taken back while its caller waits. */
const UNDO_WAIT_MS = 3_000;
const UNDO_LOOK_MS = 50;

type Deps = {
  imports: ImportStore;
  offered: (request: Pick<ImportRequest, 'kind' | 'mediaType'>) => boolean;
  relay: Pick<Relay, 'state'>;
  clock: Clock;
};
export type ImportActions = ReturnType<typeof createImportActions>;

/** What can be done with imports; a worker does what they hold. */
export function createImportActions({ imports, offered, relay, clock }: Deps) {
  async function load(ctx: Context, id: string) {
    const job = await imports.find(ctx, id);
    if (!job) throw AppError.notFound('import.not-found', `There is no import ${id}.`);
    return job;
  }

  return {
    /** Throws UNSUPPORTED_MEDIA_TYPE `import.media-type-unsupported`, UNAVAILABLE `outbox.behind`. */
    create: async (ctx: Context, request: ImportRequest): Promise<ImportState> => {
      if (!offered(request)) {
        const message = `A ${request.kind} is not read from ${request.mediaType}.`;
        throw new AppError('UNSUPPORTED_MEDIA_TYPE', 'import.media-type-unsupported', message);
      }
      const { oldestMs } = await relay.state();
      if (oldestMs > BEHIND_MS)
        throw AppError.unavailable('outbox.behind', 'Changes wait to be published; import later.', {
          retryAfterMs: 30_000,
        });
      return viewJob(await imports.insert(ctx, openJob(request, { actor: ctx.actor, now: clock.now() })));
    },

    get: async (ctx: Context, { id }: { id: string }): Promise<ImportState> => viewJob(await load(ctx, id)),

    /** Throws NOT_FOUND. */
    report: async (
      ctx: Context,
      { id, after, limit }: { id: string; after: number; limit: number },
    ): Promise<{ items: ImportRow[] }> => {
      const { dryRun } = await load(ctx, id);
      const rows = await imports.report(ctx, { job: id, after, limit });
      return { items: rows.map((row) => viewRow(row, dryRun)) };
    },

    /** Throws NOT_FOUND, and what `beginUndo` throws. */
    undo: async (ctx: Context, { id }: { id: string }): Promise<ImportState> => {
      const job = await load(ctx, id);
      const undoing = beginUndo(job);
      if (undoing !== job) await imports.advance(ctx, job, undoing);
      const untilMs = clock.nowMs() + UNDO_WAIT_MS;
      for (;;) {
        const now = await load(ctx, id);
        if (now.work !== 'undo' || clock.nowMs() > untilMs) return viewJob(now);
        await pause(UNDO_LOOK_MS);
      }
    },
  };
}
