import type { Delivery, Outcome } from '@ortoo/shared/bus';
import { type SearchKind, searchKinds } from '@ortoo/shared/contracts';
import { pickNewest, settleBatch } from './changes.rules.ts';
import type { BulkWriter } from './index/bulk.ts';
import type { Verdict } from './index/bulk-verdict.ts';
import type { Freshness } from './index/freshness.ts';
import type { Owners } from './owners.client.ts';
import type { ChangeData, IndexDocument } from './projections/index-document.ts';
import { projectChange } from './projections/project-change.ts';

export type ChangesHandlerDeps = {
  index: string;
  writeAlias: string;
  writer: BulkWriter;
  owners: Owners;
  freshness: Freshness;
  /** Called after each batch with what keeps the index from taking changes, or undefined. */
  onTrouble(trouble: Extract<Verdict, { type: 'lost' | 'refused' }> | undefined): void;
};

/**
 * Indexes a batch of changes: newest of each document → its state, asked of the owner where the change does not carry
 * it → projection → one bulk. Nothing is done before the engine says so; what a repeat cannot mend is set aside.
 */
export function createChangesHandler({ index, writeAlias, writer, owners, freshness, onTrouble }: ChangesHandlerDeps) {
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
    const written = await writer.write(
      writeAlias,
      documents.map(({ document }) => document),
    );
    for (const [turn, { place }] of documents.entries()) {
      verdicts.set(place, written[turn] ?? { type: 'transient', reason: 'no verdict' });
    }
    const applied = documents
      .filter((_, turn) => written[turn]?.type === 'done')
      .map(({ document: { id, v } }) => ({ id, v }));
    freshness.noteApplied(index, applied);
    onTrouble(written.find((verdict) => verdict.type === 'lost' || verdict.type === 'refused'));
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

/** What is to be indexed for each place: the change's own data or, where it travels by reference, what the owner says. */
async function fetchStates(
  owners: Owners,
  batch: Delivery[],
  places: number[],
): Promise<Map<number, ChangeData | Verdict>> {
  const states = new Map<number, ChangeData | Verdict>();
  const wanted = new Map<SearchKind, Map<string, number>>();
  for (const place of places) {
    const data = batch[place]?.change.data;
    if (!data) continue;
    const kind = searchKinds.find((known) => known === data.kind);
    if (kind && data.live && data.isStateByReference === true)
      wanted.set(kind, (wanted.get(kind) ?? new Map()).set(data.id, place));
    else states.set(place, data);
  }
  for (const [kind, ids] of wanted) {
    for (const [id, place] of ids) states.set(place, await fetchOne(owners, kind, id));
  }
  return states;
}

/** States by reference are large: one at a time. A state of the owner is never older than the change that names it. */
async function fetchOne(owners: Owners, kind: SearchKind, id: string): Promise<ChangeData | Verdict> {
  try {
    const [found] = await owners.fetch(kind, [id]);
    return found ?? { type: 'poison', reason: 'the owner has no such document' };
  } catch (error) {
    return { type: 'transient', reason: (error as Error).message };
  }
}
