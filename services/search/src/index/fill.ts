import { type SearchKind, searchKinds } from '@ortoo/shared/contracts';
import { failpoint, type Logger } from '@ortoo/shared/kernel';
import { isWorthAsking, type Owners } from '../owners.client.ts';
import { type BulkWriter, DOCUMENTS_MAX } from './bulk.ts';
import type { FillPlace } from './next-step.ts';
import { readAhead } from './read-ahead.ts';
import { createPatience, createStateWriter, type Projected, projectStates, type Written } from './state-writer.ts';

/** Pages that are kept ready while the engine takes those before them; each has 256 KB, or one document that is larger. */
const PAGES_AHEAD = 4;

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

/** A page as the index is to keep it. `next`: where the copy goes on after it; nowhere after the last. */
type Page = Projected & { next: FillPlace | undefined };

/**
 * Copies everything that the owners have, tombstones included, into an index. While the engine takes one bulk the next pages
 * are read and projected, a few at most; a bulk is made of those that are ready. Waits as long as an owner is away. Answers
 * how many documents were taken and how many could not be; throws WriteInterrupted, what an owner refuses with (it would
 * refuse again), or on an abort.
 */
export async function fillIndex(options: FillOptions): Promise<Written> {
  const { begin, onProgress, onPlace } = options;
  const ending = new AbortController();
  const signal = AbortSignal.any([options.signal, ending.signal]);
  const counts = { taken: begin?.taken ?? 0, left: begin?.left ?? 0 };
  const write = createStateWriter({ ...options, signal, onWait: onProgress });
  const pages = readAhead(readPages({ ...options, signal }, counts), { most: PAGES_AHEAD, sizeOf });
  try {
    for (;;) {
      const taken = await pages.take(DOCUMENTS_MAX);
      const last = taken.at(-1);
      if (!last) return counts;
      const written = await write(joinPages(taken));
      failpoint('search.filling');
      counts.taken += written.taken;
      counts.left += written.left;
      if (last.next) onPlace?.(last.next, { ...counts });
    }
  } finally {
    ending.abort();
    pages.stop();
  }
}

const sizeOf = ({ documents }: Page) => documents.length;

function joinPages(pages: Page[]): Projected {
  return {
    documents: pages.flatMap(({ documents }) => documents),
    left: pages.reduce((sum, { left }) => sum + left, 0),
  };
}

/** Every page of every kind, from where the copy begins. */
async function* readPages(options: FillOptions, counts: Readonly<Written>): AsyncGenerator<Page> {
  const { owners, begin, log, signal, onProgress } = options;
  const untilDone = createPatience({ signal, onWait: onProgress });
  const read = (kind: SearchKind, after: string | undefined) =>
    untilDone(
      `waiting for the owner of ${kind}`,
      () => owners.exportPage(kind, after),
      (error) => !isWorthAsking(error),
    );
  let place: FillPlace | undefined = begin?.place ?? { kind: searchKinds[0] };
  while (place) {
    const { kind, after }: FillPlace = place;
    onProgress(`filling with ${kind} after ${after ?? 'the start'}, ${counts.taken} documents so far`);
    const page = await read(kind, after);
    place = page.next === undefined ? placeAfter(kind) : { kind, after: page.next };
    yield { ...projectStates(page.items, log), next: place };
  }
}

function placeAfter(kind: SearchKind): FillPlace | undefined {
  const next = searchKinds[searchKinds.indexOf(kind) + 1];
  return next && { kind: next };
}
