import { type SearchKind, searchKinds } from '@ortoo/shared/contracts';
import { backoffMs, type Logger, pause } from '@ortoo/shared/kernel';
import type { Owners } from '../owners.client.ts';
import type { IndexDocument } from '../projections/index-document.ts';
import { projectChange } from '../projections/project-change.ts';
import type { BulkWriter } from './bulk.ts';

const RETRY = { firstMs: 250, maxMs: 1_000 };

/** The index that is being filled is gone or refuses writes; the caller looks again what is to be done. */
class FillInterrupted extends Error {
  override readonly name = 'FillInterrupted';
}

export type FillOptions = {
  alias: string;
  owners: Owners;
  writer: BulkWriter;
  log: Logger;
  signal: AbortSignal;
  /** Called before each step with what is being done or waited for, in words. */
  onProgress(doing: string): void;
};

/**
 * Copies everything that the owners have, tombstones included, through the same projection and versions as the changes
 * that flow in beside it, so order and repetition do not matter. Waits as long as an owner is away. Answers how many
 * documents were taken and how many could not be projected; throws FillInterrupted, or on an abort.
 */
export async function fillIndex({
  alias,
  owners,
  writer,
  log,
  signal,
  onProgress,
}: FillOptions): Promise<{ taken: number; left: number }> {
  const counts = { taken: 0, left: 0 };

  async function again<T>(what: string, work: () => Promise<T | undefined>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      signal.throwIfAborted();
      let reason = 'the engine is out of breath';
      try {
        const done = await work();
        if (done !== undefined) return done;
      } catch (error) {
        if (error instanceof FillInterrupted) throw error;
        reason = (error as Error).message;
      }
      onProgress(`${what}: ${reason}`);
      await pause(backoffMs(attempt, RETRY), signal);
    }
  }

  async function writeAll(documents: IndexDocument[]): Promise<true | undefined> {
    const verdicts = await writer.write(alias, documents);
    const stopped = verdicts.find(({ type }) => type === 'lost' || type === 'refused');
    if (stopped && 'reason' in stopped) throw new FillInterrupted(stopped.reason);
    verdicts.forEach((verdict, place) => {
      if (verdict.type !== 'poison') return;
      counts.left += 1;
      log.error(
        { id: documents[place]?.id, reason: verdict.reason },
        'a document could not be indexed and is left out',
      );
    });
    return verdicts.some(({ type }) => type === 'transient') ? undefined : true;
  }

  async function fillKind(kind: SearchKind): Promise<void> {
    let after: string | undefined;
    do {
      onProgress(`filling with ${kind} after ${after ?? 'the start'}`);
      const page = await again(`waiting for the owner of ${kind}`, () => owners.exportPage(kind, after));
      const documents = page.items.flatMap((item) => {
        try {
          return [projectChange(item)];
        } catch (error) {
          counts.left += 1;
          log.error({ err: error, id: item.id }, 'a document could not be projected and is left out');
          return [];
        }
      });
      await again(`writing ${kind}`, () => writeAll(documents));
      counts.taken += documents.length;
      after = page.next;
    } while (after !== undefined);
  }

  for (const kind of searchKinds) await fillKind(kind);
  return counts;
}
