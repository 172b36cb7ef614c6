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

/** What an editor may change of a category; its code and place stay. */
export const CategoryInput = Type.Object(
  {
    name: Localized(120),
    synonyms: Type.Optional(Synonyms),
    description: Type.Optional(Localized(600)),
    crosswalk: Type.Optional(Crosswalk),
    attributeSchema: Type.Optional(AttributeSchema),
  },
  closed,
);
export type CategoryInput = Static<typeof CategoryInput>;

/** The stored state of a category (without id and v, which the store keeps beside it). */
export const CategoryState = Type.Object({
  ...CategoryInput.properties,
  ordinal: Type.Integer({ minimum: 1, description: "Place in the portal's order." }),
  parent: Type.Union([CategoryCode, Type.Null()]),
  createdAt: Instant,
  updatedAt: Instant,
});
export type CategoryState = Static<typeof CategoryState>;

export const Category = Type.Object(
  {
    id: CategoryCode,
    kind: Type.Literal('category'),
    v: Version,
    ...CategoryState.properties,
    counts: Type.Optional(
      Type.Object({
        companies: Type.Integer(),
        offerings: Type.Integer(),
        articles: Type.Integer(),
        events: Type.Integer(),
      }),
    ),
    display: Display,
  },
  { $id: 'Category', description: 'One of the 26 categories of the portal, or a sub-category of one.' },
);
export type Category = Static<typeof Category>;
