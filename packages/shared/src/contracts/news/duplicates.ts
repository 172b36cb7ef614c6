import { type Static, Type } from 'typebox';
import { closed, Display, IdOf, LocaleTag, Status } from '../atoms.ts';
import { type Call, READ_DEADLINE_MS } from '../calls.ts';

/** Articles that an answer names at most. */
export const ARTICLE_DUPLICATES_MAX = 50;
/** And beside a new article. */
export const POSSIBLE_ARTICLES_MAX = 5;

export const ArticleDuplicate = Type.Object({
  id: IdOf('article'),
  display: Display,
  url: Type.String({ examples: ['/v1/articles/article_01h455vb4pex5vsknk084sn02q'] }),
  status: Status,
  score: Type.Number({
    minimum: 0,
    maximum: 1,
    description: 'How much of both texts is the same; from 0.55 on they are taken for the same.',
  }),
  duplicateOf: Type.Optional({ ...IdOf('article'), description: 'What it is a duplicate of.' }),
  isByHand: Type.Optional(Type.Boolean({ description: 'Whether an editor said so.' })),
});
export type ArticleDuplicate = Static<typeof ArticleDuplicate>;

export const ArticleDuplicates = Type.Object(
  {
    items: Type.Array(ArticleDuplicate, { maxItems: ARTICLE_DUPLICATES_MAX }),
    isComplete: Type.Boolean({ description: 'False when there are more than are looked at.' }),
  },
  { $id: 'ArticleDuplicates', description: 'The articles of one group, and others whose text is nearly the same.' },
);
export type ArticleDuplicates = Static<typeof ArticleDuplicates>;

/** Articles whose text is nearly the same as that of one. */
export const articleDuplicatesCall = {
  request: Type.Object({ ref: Type.String({ minLength: 1, maxLength: 200 }), lang: LocaleTag }, closed),
  reply: ArticleDuplicates,
  deadlineMs: READ_DEADLINE_MS,
  isIdempotent: true,
} satisfies Call;
