import type { SearchHit } from '@ortoo/shared/contracts';
import type { Query } from '../index/engine-documents.ts';

type Matched = NonNullable<SearchHit['explain']>['matched'][number];

/** Names of clauses are unique in a request; what stands behind the last `|` only makes them so. */
const nameOf = ({ field, form, boost }: Matched, place: string) => `${field}|${form}|${boost}|${place}`;

/** A clause that the answer can tell of: which field it looks at, in which form of what was typed, how much it weighs. */
export function explained(matched: Matched, clause: Query, place = ''): Query {
  const _name = nameOf(matched, place);
  const named = <B extends object>(body: B) => ({ ...body, _name });
  if (!clause.match)
    return Object.fromEntries(Object.entries(clause).map(([type, body]) => [type, named(body as object)]));
  return {
    match: Object.fromEntries(
      Object.entries(clause.match).map(([field, asked]) => [field, named(asked as { query: string })]),
    ),
  };
}

/** The clause as it stands, for searches that need not be explained: names cost time. */
export const unexplained = (_matched: Matched, clause: Query): Query => clause;

/** The clause of hits that hold everything that was typed, by a name that is no explanation. */
export const COMPLETE = 'complete';
/** The clause of hits that are called as was typed, or have its code; no explanation either. */
export const WHOLE = 'whole';

/** What matched, each field and form once with its greatest weight, the heaviest first. */
export function readExplanation(names: string[]): { matched: Matched[] } {
  const found = new Map<string, Matched>();
  for (const name of names.filter((one) => one !== COMPLETE && one !== WHOLE)) {
    const [field = '', form = '', weight = '0'] = name.split('|');
    const known = found.get(`${field}|${form}`);
    const boost = Number(weight);
    if (!known || boost > known.boost) found.set(`${field}|${form}`, { field, form, boost });
  }
  return { matched: [...found.values()].toSorted((a, b) => b.boost - a.boost || (a.field < b.field ? -1 : 1)) };
}
