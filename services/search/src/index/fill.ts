import { type SearchKind, searchKinds } from '@ortoo/shared/contracts';
import { failpoint, type Logger } from '@ortoo/shared/kernel';
import { isWorthAsking, type Owners } from '../owners.client.ts';
import type { BulkWriter } from './bulk.ts';
import type { FillPlace } from './next-step.ts';
import { createPatience, createStateWriter, type Written } from './state-writer.ts';

export type FillOptions = {
  alias: string;
  owners: Pick<Owners, 'exportPage'>;
  writer: BulkWriter;
  log: Logger;
  signal: AbortSignal;
  /** Where to go on, and what was done until there. */
  begin?: { place: FillPlace } & Written;
  /** Called before each step with what is being done or waited for, in words. */
  onProgress(doing: string): void;
  /** Called when everything before a place is in the index. */
  onPlace?(place: FillPlace, written: Written): void;
};

/**
 * Copies everything that the owners have, tombstones included, into an index; a page is read while the one before it is
 * written. Waits as long as an owner is away. Answers
 * how many documents were taken and how many could not be; throws WriteInterrupted, what an owner refuses with (it would
 * refuse again), or on an abort.
 */
export async function fillIndex(options: FillOptions): Promise<Written> {
  const { owners, signal, begin, onProgress, onPlace } = options;
  const counts = { taken: begin?.taken ?? 0, left: begin?.left ?? 0 };
  const write = createStateWriter({ ...options, onWait: onProgress });
  const untilDone = createPatience({ signal, onWait: onProgress });
  const first = begin ? searchKinds.indexOf(begin.place.kind) : 0;
  const read = (kind: SearchKind, after: string | undefined) =>
    untilDone(
      `waiting for the owner of ${kind}`,
      () => owners.exportPage(kind, after),
      (error) => !isWorthAsking(error),
    );
  for (const kind of searchKinds.slice(first)) {
    let after = begin?.place.kind === kind ? begin.place.after : undefined;
    let reading = read(kind, after);
    do {
      onProgress(`filling with ${kind} after ${after ?? 'the start'}, ${counts.taken} documents so far`);
      const page = await reading;
      after = page.next;
      if (after !== undefined) reading = read(kind, after); // while this page is written
      reading.catch(() => undefined); // met when it is waited for, or not at all when the writing ends the copy
      const { taken, left } = await write(page.items);
      failpoint('search.filling');
      counts.taken += taken;
      counts.left += left;
      if (after !== undefined) onPlace?.({ kind, after }, { ...counts });
    } while (after !== undefined);
    const next = searchKinds[searchKinds.indexOf(kind) + 1];
    if (next) onPlace?.({ kind: next }, { ...counts });
  }
  return counts;
}
