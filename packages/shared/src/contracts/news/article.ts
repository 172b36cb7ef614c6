import { type Static, type TSchema, Type } from 'typebox';
import {
  CategoryCode,
  closed,
  Display,
  documentMembers,
  ExternalId,
  FirstStatus,
  FuzzyDate,
  IdOf,
  Instant,
  LocaleTag,
  Slug,
  Text,
  TypedSlug,
  WebUrl,
} from '../atoms.ts';
import { ArticleDuplicate, POSSIBLE_ARTICLES_MAX } from './duplicates.ts';
import { Mention, mentionMembers } from './mention.ts';

export const articleKinds = ['news', 'press_release', 'analysis', 'interview', 'notice'] as const;

const BODY_TEXT_MAX = 20_000;

/** One block of an article's body, in reading order. */
export const Block = Type.Union([
  Type.Object(
    {
      type: Type.Literal('heading'),
      level: Type.Integer({ minimum: 1, maximum: 6 }),
      text: Text(300),
      anchor: Type.Optional(Text(120)),
    },
    closed,
  ),
  Type.Object({ type: Type.Literal('paragraph'), text: Text(BODY_TEXT_MAX) }, closed),
  Type.Object({ type: Type.Literal('quote'), text: Text(BODY_TEXT_MAX), by: Type.Optional(Text(200)) }, closed),
  Type.Object(
    {
      type: Type.Literal('list'),
      ordered: Type.Optional(Type.Boolean()),
      items: Type.Array(Text(2_000), { minItems: 1, maxItems: 200 }),
    },
    closed,
  ),
  Type.Object(
    { type: Type.Literal('image'), url: WebUrl, alt: Type.Optional(Text(300)), caption: Type.Optional(Text(500)) },
    closed,
  ),
]);
export type Block = Static<typeof Block>;

/** Blocks of a body at most. */
export const BLOCKS_MAX = 1_000;
/** HTML of a body at most, in characters: what a request takes. */
export const BODY_HTML_MAX = 256 * 1024;
const CORRECTIONS_MAX = 50;

const correction = { at: Instant, text: Text(2_000) };
const Correction = Type.Object(correction, closed);
const TypedCorrection = Type.Object({ ...correction, at: Type.Optional(Instant) }, closed);
const corrections = <S extends TSchema>(item: S) =>
  Type.Optional(
    Type.Array(item, {
      maxItems: CORRECTIONS_MAX,
      description: 'What was put right after publication; without `at`, it was now.',
    }),
  );

const members = {
  articleKind: Type.Optional(Type.Enum([...articleKinds])),
  language: LocaleTag,
  headline: Text(200),
  summary: Type.Optional(Text(1_000)),
  body: Type.Optional(Type.Array(Block, { maxItems: BLOCKS_MAX })),
  source: Type.Optional(
    Type.Object(
      {
        name: Type.Optional(Text(120)),
        domain: Type.Optional(Type.String({ pattern: '^[^\\s/][^\\s/.]*\\.[^\\s/]+$', maxLength: 253 })),
        url: Type.Optional(WebUrl),
      },
      closed,
    ),
  ),
  editor: Type.Optional(Text(120)),
  authors: Type.Optional(Type.Array(Text(120), { maxItems: 20 })),
  sourcePublishedAt: Type.Optional(FuzzyDate),
  categories: Type.Optional(Type.Array(CategoryCode, { maxItems: 6, uniqueItems: true })),
  rights: Type.Optional(
    Type.Object({ notice: Type.Optional(Text(500)), excerptOnly: Type.Optional(Type.Boolean()) }, closed),
  ),
  canonicalUrl: Type.Optional(WebUrl),
  translationOf: Type.Optional({ ...IdOf('article'), description: 'The original in another language.' }),
  urgency: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 9, description: '1 is the most urgent, 9 the least. Source: ninjs 3.' }),
  ),
  corrections: corrections(TypedCorrection),
  externalIds: Type.Optional(Type.Array(ExternalId, { maxItems: 20 })),
  duplicateOf: Type.Optional({
    ...IdOf('article'),
    description: 'The oldest article with nearly the same text; for staff. Set or removed by hand it stays so.',
  }),
};

/** What a caller sends to create or replace an article: a body or a summary is needed. `status` counts on create only. */
export const ArticleInput = Type.Object(
  {
    ...members,
    bodyHtml: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: BODY_HTML_MAX,
        description: 'The body as HTML, instead of `body`: its text is read into blocks, its markup is not kept.',
      }),
    ),
    slug: Type.Optional(TypedSlug),
    status: Type.Optional(FirstStatus),
  },
  { ...closed, $id: 'ArticleInput' },
);
export type ArticleInput = Static<typeof ArticleInput>;

const derived = {
  plainText: Type.String({ description: 'The text of the body, a line a block.' }),
  sections: Type.Array(Type.Object({ heading: Type.String(), level: Type.Integer(), anchor: Type.String() })),
  wordCount: Type.Integer({ minimum: 0 }),
};

const Fingerprint = Type.String({
  description: 'By which nearly the same texts are told; for staff. Absent for a short text.',
});

/** The stored state of an article (without id and v, which the store keeps beside it). */
export const ArticleState = Type.Object({
  ...members,
  corrections: corrections(Correction),
  ...documentMembers,
  ...derived,
  isSlugPinned: Type.Boolean(),
  oldSlugs: Type.Array(Slug),
  /** Unique keys of the page that this was made from (`canon:…`, `text:…`), so that it is not taken in twice. */
  ingestKeys: Type.Optional(Type.Array(Type.String())),
  fingerprint: Type.Optional(Fingerprint),
  /** What nearly the same texts have in common; readers never see it. */
  duplicateKeys: Type.Optional(Type.Array(Type.String())),
  /** An editor said what it is a duplicate of, or that it is of none. */
  isDuplicateByHand: Type.Optional(Type.Boolean()),
  ...mentionMembers,
});
export type ArticleState = Omit<Static<typeof ArticleState>, 'v'>;

/** The same article in another language. */
export const Translation = Type.Object({ id: IdOf('article'), language: LocaleTag, slug: Slug });
export type Translation = Static<typeof Translation>;

/** An article as readers get it. */
export const Article = Type.Object(
  {
    id: IdOf('article'),
    kind: Type.Literal('article'),
    ...documentMembers,
    ...members,
    corrections: corrections(Correction),
    ...derived,
    fingerprint: Type.Optional(Fingerprint),
    possibleDuplicates: Type.Optional(
      Type.Array(ArticleDuplicate, {
        maxItems: POSSIBLE_ARTICLES_MAX,
        description: 'Articles with nearly the same text: only in the answer to a create, and only when there are any.',
      }),
    ),
    bodyHtml: Type.Optional(
      Type.String({ description: 'The body as safe HTML, made from its blocks; only when `fields` names it.' }),
    ),
    translations: Type.Optional(
      Type.Array(Translation, { description: 'The same in other languages, as far as the reader may see it.' }),
    ),
    mentions: Type.Array(Mention, { description: 'Companies that the text names, in its order.' }),
    display: Display,
  },
  { $id: 'Article', description: 'News, a press release, an analysis, an interview or a notice.' },
);
export type Article = Static<typeof Article>;
