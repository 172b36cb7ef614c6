import type { Delivery } from '@ortoo/shared/bus';
import { type SearchKind, searchKinds } from '@ortoo/shared/contracts';
import { AppError } from '@ortoo/shared/kernel';
import type { Verdict } from './index/bulk-verdict.ts';
import { isWorthAsking, type Owners } from './owners.client.ts';
import type { ChangeData } from './projections/index-document.ts';

/**
 * What is to be indexed for each place: the change's own data or, where it travels by reference, what the owner says. A
 * state of the owner is never older than the change that names it.
 */
export async function fetchStates(
  owners: Pick<Owners, 'fetch'>,
  batch: Pick<Delivery, 'change'>[],
  places: number[],
): Promise<Map<number, ChangeData | Verdict>> {
  const states = new Map<number, ChangeData | Verdict>();
  const wanted = new Map<SearchKind, { place: number; id: string }[]>();
  for (const place of places) {
    const data = batch[place]?.change.data;
    if (!data) continue;
    const kind = searchKinds.find((known) => known === data.kind);
    if (kind && data.live && data.isStateByReference === true)
      wanted.set(kind, [...(wanted.get(kind) ?? []), { place, id: data.id }]);
    else states.set(place, data);
  }
  for (const [kind, documents] of wanted) {
    for (const [place, state] of await fetchKind(owners, kind, documents)) states.set(place, state);
  }
  return states;
}

/** Large states, one at a time; an owner that is away is not asked for the rest, which could take 10 s for each. */
async function fetchKind(
  owners: Pick<Owners, 'fetch'>,
  kind: SearchKind,
  documents: { place: number; id: string }[],
): Promise<[number, ChangeData | Verdict][]> {
  const states: [number, ChangeData | Verdict][] = [];
  let away: Fetched | undefined;
  for (const { place, id } of documents) {
    const fetched = away ?? (await fetchOne(owners, kind, id));
    if (fetched.isAway) away = fetched;
    states.push([place, fetched.state]);
  }
  return states;
}

type Fetched = { state: ChangeData | Verdict; isAway: boolean };

async function fetchOne(owners: Pick<Owners, 'fetch'>, kind: SearchKind, id: string): Promise<Fetched> {
  try {
    const [found] = await owners.fetch(kind, [id]);
    return { state: found ?? { type: 'poison', reason: 'the owner has no such document' }, isAway: false };
  } catch (error) {
    const { code, message } = AppError.from(error);
    const reason = `the owner of ${kind} does not answer: ${message}`;
    if (!isWorthAsking(error)) return { state: { type: 'poison', reason }, isAway: false };
    return { state: { type: 'transient', reason }, isAway: code !== 'INTERNAL' };
  }
}
