import type { CategoryCounts, CountsReply } from '@ortoo/shared/contracts';
import type { Query } from '../index/engine-documents.ts';

/** What is counted, by the name that readers know it by. */
const counted = { companies: 'company', offerings: 'offering', articles: 'article', events: 'event' } as const;
type Plural = keyof typeof counted;
const plurals = Object.keys(counted) as Plural[];

/** What the public sees: nothing else is counted, whoever asks. */
const PUBLISHED: Query[] = [{ term: { live: true } }, { term: { visible: true } }];

/** The question to the engine: for each category the codes that count for it, its own and its sub-categories'. */
export function buildCounts(families: ReadonlyMap<string, string[]>): Record<Plural, Record<string, Query>> {
  const filtersOf = (kind: string) =>
    Object.fromEntries(
      [...families].map(([code, codes]): [string, Query] => [
        code,
        { bool: { filter: [...PUBLISHED, { term: { kind } }, { terms: { categories: codes } }] } },
      ]),
    );
  return {
    companies: filtersOf(counted.companies),
    offerings: filtersOf(counted.offerings),
    articles: filtersOf(counted.articles),
    events: filtersOf(counted.events),
  };
}

/** The counts of each category from the engine's, which are by plural and then by code. */
export function readCounts(
  codes: Iterable<string>,
  found: Record<string, Record<string, number>>,
): CountsReply['categories'] {
  const countOf = (plural: Plural, code: string) => found[plural]?.[code] ?? 0;
  return Object.fromEntries(
    [...codes].map((code): [string, CategoryCounts] => [
      code,
      Object.fromEntries(plurals.map((plural) => [plural, countOf(plural, code)])) as CategoryCounts,
    ]),
  );
}
