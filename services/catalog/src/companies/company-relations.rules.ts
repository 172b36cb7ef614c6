import {
  type CompanyState,
  isRecord,
  isSameJson,
  RELATIONS_MAX,
  type Relation,
  type RuleFault,
  type Stamp,
} from '@ortoo/shared/contracts';

/** What stands above each company, as far as it was looked up, and whether the look-up ended at its bound. */
export type Hierarchy = { above: ReadonlyMap<string, readonly string[]>; isCut: boolean };

/** What the relations of one company are judged by. */
export type RelationsAround = {
  /** The company that has the relations. */
  id: string;
  /** The companies that exist, of those that the relations name. */
  known: ReadonlySet<string>;
  /** What stood above the company and those it names before the write, its own relations left out. */
  hierarchy: Hierarchy;
};

const CYCLE = 'company.relation-cycle';

/** The relations that an unchecked body names, as far as they are in the right form. */
export function relationsIn(body: { relations?: unknown }): Relation[] {
  const listed: unknown[] = Array.isArray(body.relations) ? body.relations.slice(0, RELATIONS_MAX) : [];
  return listed.filter(
    (one): one is Relation => isRecord(one) && typeof one.type === 'string' && typeof one.companyId === 'string',
  );
}

/** The companies that stand above one by what its own relations say. */
export function aboveBy(relations: readonly Relation[]): string[] {
  return relations.filter(({ type }) => type === 'parent' || type === 'branch_of').map(({ companyId }) => companyId);
}

/**
 * The faults of relations: to the company itself, to one that does not exist (those in `kept` stood there before and
 * pass), the same one again, and a place in the hierarchy that would make a company stand above itself.
 */
export function relationFaults(
  relations: readonly Relation[],
  kept: readonly Relation[],
  around: RelationsAround,
): RuleFault[] {
  const names = relations.map(nameOf);
  const keptIds = new Set(kept.map(({ companyId }) => companyId));
  return relations.flatMap((relation, place) => {
    const { companyId } = relation;
    const at = `/relations/${place}`;
    const first = names.indexOf(names[place] ?? '');
    if (first < place) return [fault(at, `says the same as /relations/${first}`, 'each relation once', 'repeated')];
    const target = `${at}/companyId`;
    if (companyId === around.id) return [fault(target, 'is the company itself', 'another company', 'to-itself')];
    if (!around.known.has(companyId) && !keptIds.has(companyId)) {
      return [fault(target, `there is no company ${companyId}`, 'the id of a company', 'unknown')];
    }
    return hierarchyFaults(relation, relations, around).map((said) => fault(target, ...said));
  });
}

/** Whether relations that were written make their company stand above itself, with what others say by now. */
export function closesCircle(relations: readonly Relation[], around: RelationsAround): boolean {
  return relationFaults(relations, relations, around).some(({ reason }) => reason === CYCLE);
}

/**
 * A company whose relations are taken back to what they were before a change, and all of that change unless somebody has
 * written since.
 */
export function takeBackRelations(
  state: CompanyState,
  { written, before }: { written: CompanyState; before: CompanyState },
  { now, actorId }: Stamp,
): CompanyState {
  const { relations: _crossing, ...own } = isSameJson(state, written) ? before : state;
  const relations = before.relations ? { relations: before.relations } : {};
  return { ...own, ...relations, updatedAt: now, updatedBy: actorId };
}

type Said = [message: string, expected: string, reason: string];

function hierarchyFaults(relation: Relation, relations: readonly Relation[], around: RelationsAround): Said[] {
  const { id, hierarchy } = around;
  const isUpward = aboveBy([relation]).length > 0;
  if (!isUpward && relation.type !== 'subsidiary') return [];
  const start = isUpward ? [relation.companyId] : [...aboveBy(relations), ...(hierarchy.above.get(id) ?? [])];
  const wanted = isUpward ? id : relation.companyId;
  if (reaches(start, wanted, hierarchy)) {
    return [['would stand above itself', 'a company outside its own hierarchy', 'cycle']];
  }
  return hierarchy.isCut ? [['belongs to too large a hierarchy', 'fewer companies above', 'hierarchy-too-large']] : [];
}

/** Whether a company is among others or stands above one of them. */
function reaches(start: readonly string[], wanted: string, { above }: Hierarchy): boolean {
  const seen = new Set(start);
  for (const id of seen) for (const next of above.get(id) ?? []) seen.add(next); // a set goes on to what it gains
  return seen.has(wanted);
}

function nameOf({ type, companyId }: Relation): string {
  return `${type} ${companyId}`;
}

function fault(pointer: string, message: string, expected: string, reason: string): RuleFault {
  return { pointer, message, expected, reason: `company.relation-${reason}` };
}
