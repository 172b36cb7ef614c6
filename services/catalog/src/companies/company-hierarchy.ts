import type { Relation } from '@ortoo/shared/contracts';
import { aboveBy, type Hierarchy } from './company-relations.rules.ts';

/** A company and what it says of others. */
export type Related = { id: string; relations: readonly Relation[] };

/** Looks up those of the companies that exist, and those that call one of them a subsidiary, at most `limit` of each. */
export type LoadLevel = (ids: string[], limit: number) => Promise<{ named: Related[]; owners: Related[] }>;

/** A chain of owners is never that long; above it the look-up ends, and the write is refused. */
const LEVELS_MAX = 20;
/** Companies that one look-up reads at most. */
const COMPANIES_MAX = 500;

/**
 * Walks up from some companies, level by level: at most 20 levels and 500 companies. What the company `except` says
 * itself is left out, since it is about to say something else.
 */
export async function walkUp(start: string[], except: string, load: LoadLevel): Promise<Hierarchy> {
  const above = new Map<string, string[]>();
  let level = [...new Set(start)];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth === LEVELS_MAX || above.size + level.length > COMPANIES_MAX) return { above, isCut: true };
    const { named, owners } = await load(level, COMPANIES_MAX);
    if (owners.length === COMPANIES_MAX) return { above, isCut: true };
    const others = { named: named.filter(isNot(except)), owners: owners.filter(isNot(except)) };
    for (const id of level) above.set(id, aboveOf(id, others));
    level = [...new Set(level.flatMap((id) => above.get(id) ?? []))].filter((id) => !above.has(id));
  }
  return { above, isCut: false };
}

function aboveOf(id: string, { named, owners }: { named: Related[]; owners: Related[] }): string[] {
  const own = named.filter((company) => company.id === id).flatMap(({ relations }) => aboveBy(relations));
  const calling = owners.filter(({ relations }) =>
    relations.some(({ type, companyId }) => type === 'subsidiary' && companyId === id),
  );
  return [...own, ...calling.map((owner) => owner.id)];
}

function isNot(id: string) {
  return (company: Related): boolean => company.id !== id;
}
