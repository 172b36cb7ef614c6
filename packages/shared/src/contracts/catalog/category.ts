import { type Static, Type } from 'typebox';
import { CategoryCode, closed, Display, Instant, Localized, Text, Version } from '../atoms.ts';
import { AttributeSchema } from './attribute-schema.ts';
import { Crosswalk } from './crosswalk.ts';

const Words = Type.Array(Text(80), { maxItems: 40, uniqueItems: true });
const Synonyms = Type.Object(
  {
    mn: Type.Optional(Words),
    en: Type.Optional(Words),
    ru: Type.Optional(Words),
    ko: Type.Optional(Words),
    zh: Type.Optional(Words),
  },
  { ...closed, description: 'Other words for the category by language; search understands them at once.' },
);

/** What a category says of itself; editors change it. */
const said = {
  name: Localized(120),
  synonyms: Type.Optional(Synonyms),
  description: Type.Optional(Localized(600)),
  crosswalk: Type.Optional(Crosswalk),
  attributeSchema: Type.Optional(AttributeSchema),
};
const Ordinal = Type.Integer({
  minimum: 1,
  maximum: 9_999,
  description: "Place in the portal's order; of a sub-category, among those of its parent (100 when left out).",
});
const Parent = Type.Union([CategoryCode, Type.Null()], {
  description: 'The top category that a sub-category belongs to; null for a top category.',
});

/** What a caller sends to make a sub-category. Its code is the caller's to choose. */
export const CategoryInput = Type.Object(
  { id: CategoryCode, parent: CategoryCode, ordinal: Type.Optional(Ordinal), ...said },
  { ...closed, $id: 'CategoryInput' },
);
export type CategoryInput = Static<typeof CategoryInput>;

/** What an editor may change. `parent` is taken as it is; so is the `ordinal` of a top category. */
export const CategoryEdit = Type.Object(
  { ...said, ordinal: Type.Optional(Ordinal), parent: Type.Optional(Parent) },
  closed,
);
export type CategoryEdit = Static<typeof CategoryEdit>;

const shown = { ...said, ordinal: Ordinal, parent: Parent, createdAt: Instant, updatedAt: Instant };

/** The stored state of a category (without id and v, which the store keeps beside it). */
export const CategoryState = Type.Object({
  ...shown,
  place: Type.Optional(
    Type.String({ description: "What lists are sorted by: its parent's ordinal, if it has one, then its own." }),
  ),
  edited: Type.Optional(
    Type.Array(Type.String(), {
      description: 'Members that editors have set, dotted by language: what is planted leaves them alone.',
    }),
  ),
});
export type CategoryState = Static<typeof CategoryState>;

const Count = Type.Integer({ minimum: 0 });
/** Published documents of each kind. */
export const CategoryCounts = Type.Object(
  { companies: Count, offerings: Count, articles: Count, events: Count },
  {
    description:
      'What is published in the category and its sub-categories: the `total` of the public list with that `category`. A second behind at most; left out while search is away.',
  },
);
export type CategoryCounts = Static<typeof CategoryCounts>;

export const Category = Type.Object(
  {
    id: CategoryCode,
    kind: Type.Literal('category'),
    v: Version,
    ...shown,
    counts: Type.Optional(CategoryCounts),
    display: Display,
  },
  { $id: 'Category', description: 'One of the 26 categories of the portal, or a sub-category of one.' },
);
export type Category = Static<typeof Category>;
