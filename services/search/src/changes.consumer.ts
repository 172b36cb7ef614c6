import type { Delivery, Outcome } from '@ortoo/shared/bus';
import { failpoint, pause } from '@ortoo/shared/kernel';
import { holdMs, pickNewest, settleBatch, type Trouble, troubleOf } from './changes.rules.ts';
import type { BulkWriter } from './index/bulk.ts';
import type { Verdict } from './index/bulk-verdict.ts';
import type { Freshness } from './index/freshness.ts';
import type { Owners } from './owners.client.ts';
import type { ChangeData, IndexDocument } from './projections/index-document.ts';
import { projectChange } from './projections/project-change.ts';
import { fetchStates } from './states-by-reference.ts';

export type ChangesHandlerDeps = {
  index: string;
  writeAlias: string;
  writer: BulkWriter;
  owners: Pick<Owners, 'fetch'>;
  freshness: Freshness;
  /** Called after a batch with what keeps changes from being indexed; undefined when the index took one. */
  onTrouble(trouble: Trouble | undefined): void;
  /** Ends a wait, for a stop. */
  signal: AbortSignal;
};

/**
 * Indexes a batch of changes: newest of each document → its state, asked of the owner where the change does not carry
 * it → projection → one bulk. Nothing is done before the engine says so; what a repeat cannot mend is set aside. While an
 * index refuses everything or is gone the batch is held, so that no more are taken than are needed to see that it is over.
 */
export function createChangesHandler({
  index,
  writeAlias,
  writer,
  owners,
  freshness,
  onTrouble,
  signal,
}: ChangesHandlerDeps) {
  return async (batch: Delivery[]): Promise<Outcome[]> => {
    const places = pickNewest(batch);
    const verdicts = new Map<number, Verdict>();
    const states = await fetchStates(owners, batch, places);
    const documents: { place: number; document: IndexDocument }[] = [];
    for (const place of places) {
      const projected = project(states.get(place));
      if ('type' in projected) verdicts.set(place, projected);
      else documents.push({ place, document: projected });
    }
    failpoint('search.before-bulk');
    const written = await writer.write(
      writeAlias,
      documents.map(({ document }) => document),
    );
    failpoint('search.bulk-not-acked');
    for (const [turn, { place }] of documents.entries()) {
      verdicts.set(place, written[turn] ?? { type: 'transient', reason: 'no verdict' });
    }
    const applied = documents
      .filter((_, turn) => written[turn]?.type === 'done')
      .map(({ document: { id, v } }) => ({ id, v }));
    freshness.noteApplied(index, applied);
    const trouble = troubleOf([...verdicts.values()]);
    if (trouble || applied.length > 0) onTrouble(trouble);
    if (trouble) await pause(holdMs(trouble), signal);
    return settleBatch(batch, verdicts);
  };
}

function project(state: ChangeData | Verdict | undefined): IndexDocument | Verdict {
  if (!state) return { type: 'poison', reason: 'the owner has no such document' };
  if ('type' in state) return state;
  try {
    return projectChange(state);
  } catch (error) {
    return { type: 'poison', reason: `the projection failed: ${(error as Error).message}` };
  }
}
