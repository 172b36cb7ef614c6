import { CategoryCode, CategoryEdit, closed, createParser } from '@ortoo/shared/contracts';
import { type Static, Type } from 'typebox';
import categories from '../../../../data/categories.json' with { type: 'json' };

const { parent: _parent, ordinal: _ordinal, ...said } = CategoryEdit.properties;
const CategorySeed = Type.Object(
  { id: CategoryCode, ordinal: Type.Integer({ minimum: 1, maximum: 26 }), ...said },
  closed,
);
export type CategorySeed = Static<typeof CategorySeed>;

const parseSeed = createParser(Type.Array(CategorySeed, { minItems: 26, maxItems: 26 }), 'category.seed-invalid');

/** The portal's 26 fixed top categories (`data/categories.json`), in its order. Throws when the file is not valid. */
export function readCategorySeed(): CategorySeed[] {
  return parseSeed(categories);
}
