import {
  attributeSchemaFaults,
  Category,
  CategoryEdit,
  type CategoryInput,
  type CategoryState,
  createEditReader,
  crosswalkFaults,
  type EditRequest,
  isSameJson,
  type RuleFault,
  requireNoFaults,
} from '@ortoo/shared/contracts';
import { AppError, type Instant } from '@ortoo/shared/kernel';
import { allParts, differingParts, type Said, takeParts } from './category-parts.rules.ts';
import type { CategorySeed } from './category-seed.ts';

const readEdit = createEditReader({ input: CategoryEdit, view: Category }, 'category.invalid');

/** Where a sub-category stands whose maker does not say: some may be put before it and some after. */
const ORDINAL_DEFAULT = 100;
/** Sub-categories of one category at most. */
export const CHILDREN_MAX = 100;

/** The first state of one of the portal's categories. */
export function openCategory({ id: _id, ordinal, ...said }: CategorySeed, now: Instant): CategoryState {
  const place = placeOf(ordinal);
  return { ...said, ordinal, parent: null, place, edited: [], createdAt: now, updatedAt: now };
}

/**
 * A planted category by what the seed says now: what editors have set or removed stays as they left it. The state
 * itself when nothing changes. One from before edits were noted counts as edited whole, unless it never was (version 1).
 */
export function plantCategory(
  { v, state }: { v: number; state: CategoryState },
  { id: _id, ordinal: _ordinal, ...seed }: CategorySeed,
  now: Instant,
): CategoryState {
  const edited = state.edited ?? (v === 1 ? [] : allParts(state));
  const { ordinal, parent, createdAt, updatedAt } = state;
  const next = { ...takeParts(state, seed, edited), ordinal, parent, createdAt, updatedAt, edited };
  return touch(state, { ...next, place: placeOf(ordinal) }, now);
}

type Parent = Pick<CategoryState, 'ordinal' | 'parent'>;

/** The first state of a sub-category. Throws VALIDATION_FAILED naming every fault, CONFLICT `category.too-many`. */
export function openSubCategory(
  { id: _id, parent: code, ordinal = ORDINAL_DEFAULT, ...said }: CategoryInput,
  { parent, siblings }: { parent: Parent | undefined; siblings: number },
  now: Instant,
): CategoryState {
  requireNoFaults([...parentFaults(code, parent), ...saidFaults(said)]);
  if (siblings >= CHILDREN_MAX)
    throw AppError.conflict('category.too-many', `${code} has ${siblings} sub-categories already, as many as it may.`);
  const place = placeOf(parent?.ordinal ?? 0, ordinal);
  return { ...said, ordinal, parent: code, place, createdAt: now, updatedAt: now };
}

/**
 * The state after what it says was changed, or the place of a sub-category; code and parent stay. The state itself when
 * nothing changes. Throws VALIDATION_FAILED naming every fault.
 */
export function reviseCategory(state: CategoryState, request: EditRequest, now: Instant): CategoryState {
  const { input } = readEdit(state, request);
  const { parent: _parent, ordinal: asked = ORDINAL_DEFAULT, ...said } = input;
  requireNoFaults([...placeFaults(state, request.body), ...saidFaults(said)]);
  const { parent, createdAt, updatedAt } = state;
  const ordinal = parent === null ? state.ordinal : asked;
  const next = { ...said, ordinal, parent, createdAt, updatedAt, ...traces(state, said, ordinal) };
  return touch(state, next, now);
}

/** Throws CONFLICT `category.fixed` for one of the portal's own categories. */
export function requireNotFixed({ id, state }: { id: string; state: CategoryState }): void {
  if (state.parent !== null) return;
  const sentence = `${id} is one of the portal's own categories: it can be renamed, not deleted.`;
  throw AppError.conflict('category.fixed', sentence);
}

/** Throws CONFLICT `category.in-use` with the numbers of what is in a category, by plural. */
export function requireUnused(id: string, uses: Record<string, number>): void {
  const named = Object.entries(uses).filter(([, count]) => count > 0);
  if (named.length === 0) return;
  const numbers = new Intl.ListFormat('en-GB').format(named.map(([plural, count]) => countOf(plural, count)));
  const message = `${id} still has ${numbers}, published or not; give them another category first.`;
  throw AppError.conflict('category.in-use', message, { uses: Object.fromEntries(named) });
}

/** `1 company`, `2 companies`. */
function countOf(plural: string, count: number): string {
  return `${count} ${count === 1 ? plural.replace(/ies$/, 'y').replace(/s$/, '') : plural}`;
}

/** What only the store sees: the sort key, and of a planted category the parts that an editor has set by now. */
function traces(state: CategoryState, said: Said, ordinal: number): Pick<CategoryState, 'place' | 'edited'> {
  const { parent, place = placeOf(ordinal), edited = [] } = state;
  if (parent !== null) return { place: placeOf(place.slice(0, place.indexOf('/')), ordinal) };
  return { place, edited: [...new Set([...edited, ...differingParts(state, said)])].toSorted() };
}

/** A text that sorts as the portal does: a top category, then what is in it by ordinal. Ties are settled by the code. */
function placeOf(ordinal: number | string, ownOrdinal?: number): string {
  const top = String(ordinal).padStart(4, '0');
  return ownOrdinal === undefined ? top : `${top}/${String(ownOrdinal).padStart(4, '0')}`;
}

function saidFaults({ crosswalk, attributeSchema }: Said): RuleFault[] {
  return [
    ...(crosswalk ? crosswalkFaults(crosswalk) : []),
    ...(attributeSchema ? attributeSchemaFaults(attributeSchema) : []),
  ];
}

function parentFaults(code: string, parent: Parent | undefined): RuleFault[] {
  if (parent?.parent === null) return [];
  const message = parent ? `${code} is a sub-category itself` : `there is no category ${code}`;
  return [{ pointer: '/parent', message, expected: 'the code of a top category', reason: 'category.parent-invalid' }];
}

/** A category stays where it is; a top one also at its number. */
function placeFaults(state: CategoryState, body: Record<string, unknown>): RuleFault[] {
  const fixed = state.parent === null ? (['parent', 'ordinal'] as const) : (['parent'] as const);
  return fixed
    .filter((name) => name in body && body[name] !== state[name])
    .map((name) => {
      const expected = JSON.stringify(state[name]);
      return { pointer: `/${name}`, message: 'stays as it is', expected, reason: 'category.place-fixed' };
    });
}

function touch(before: CategoryState, after: CategoryState, now: Instant): CategoryState {
  return isSameJson(before, after) ? before : { ...after, updatedAt: now };
}
