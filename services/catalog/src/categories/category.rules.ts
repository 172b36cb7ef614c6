import {
  attributeSchemaFaults,
  Category,
  CategoryInput,
  type CategoryState,
  createEditReader,
  crosswalkFaults,
  type EditRequest,
  isSameJson,
  requireNoFaults,
} from '@ortoo/shared/contracts';
import type { Instant } from '@ortoo/shared/kernel';
import type { CategorySeed } from './category-seed.ts';

const readEdit = createEditReader({ input: CategoryInput, view: Category }, 'category.invalid');

/** The first state of one of the portal's categories. */
export function openCategory({ id: _id, ordinal, ...words }: CategorySeed, now: Instant): CategoryState {
  return { ...words, ordinal, parent: null, createdAt: now, updatedAt: now };
}

/**
 * The state after its words were changed; code and place stay. The state itself when nothing changes. Throws
 * VALIDATION_FAILED naming every fault.
 */
export function reviseCategory(state: CategoryState, request: EditRequest, now: Instant): CategoryState {
  const { input } = readEdit(state, request);
  requireNoFaults([
    ...(input.crosswalk ? crosswalkFaults(input.crosswalk) : []),
    ...(input.attributeSchema ? attributeSchemaFaults(input.attributeSchema) : []),
  ]);
  const { ordinal, parent, createdAt, updatedAt } = state;
  const next = { ...input, ordinal, parent, createdAt, updatedAt };
  return isSameJson(state, next) ? state : { ...next, updatedAt: now };
}
