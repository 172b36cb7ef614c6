import { type Static, type TSchema, Type } from 'typebox';
import { CategoryCode, closed, FuzzyDate, IdOf, LocaleTag, WebUrl } from '../atoms.ts';
import { type Call, createCall, WRITE_DEADLINE_MS } from '../calls.ts';
import { Article, Block } from './article.ts';

/** A body of `/v1/articles/extract` and `/ingest` at most, in bytes. */
export const INTAKE_BYTES_MAX = 900 * 1024;

const Raw = Type.String({ minLength: 1, maxLength: INTAKE_BYTES_MAX });

/** Raw text or HTML of one page; exactly one of the two. */
export const ExtractRequest = Type.Object(
  {
    text: Type.Optional(Raw),
    html: Type.Optional(Raw),
    url: Type.Optional({ ...WebUrl, description: 'Where the page stands; the source when the page names none.' }),
  },
  { ...closed, $id: 'ExtractRequest', description: 'Raw text or HTML of one page; exactly one of `text` and `html`.' },
);
export type ExtractRequest = Static<typeof ExtractRequest>;

/** Begin and end (exclusive) in UTF-16 units. */
export type Span = [start: number, end: number];
const SpanSchema = Type.Unsafe<Span>({
  type: 'array',
  items: { type: 'integer', minimum: 0 },
  minItems: 2,
  maxItems: 2,
  description: 'Begin and end (exclusive) in `text`, in UTF-16 units.',
});
const Confidence = Type.Number({ minimum: 0, maximum: 1 });

const found = <S extends TSchema>(value: S) =>
  Type.Optional(Type.Object({ value, confidence: Confidence, span: SpanSchema }));

/** What was read in a page. A field below its threshold is absent and named in `unsure`. */
const extractedFields = {
  headline: found(Type.String()),
  source: found(Type.Object({ name: Type.Optional(Type.String()), domain: Type.Optional(Type.String()) })),
  editor: found(Type.String()),
  authors: found(Type.Array(Type.String())),
  sourcePublishedAt: found(FuzzyDate),
  language: found(LocaleTag),
  sections: found(Type.Array(Type.Object({ heading: Type.String(), level: Type.Integer() }))),
  categories: found(Type.Array(CategoryCode)),
  mentions: found(
    Type.Array(
      Type.Object({ companyId: IdOf('company'), text: Type.String(), span: SpanSchema, confidence: Confidence }),
    ),
  ),
};

/** The fields of an extraction, in the order in which `unsure` lists them. */
export type FieldName = keyof typeof extractedFields;
export const fieldNames = Object.keys(extractedFields) as FieldName[];

export const Extraction = Type.Object(
  {
    fields: Type.Object(extractedFields),
    body: Type.Array(Block),
    text: Type.String({ description: 'What the spans point into: the text that was sent, or the text of the HTML.' }),
    unsure: Type.Array(Type.Enum(fieldNames), { description: 'Fields that were not found, or not surely enough.' }),
  },
  {
    $id: 'Extraction',
    description: 'What a raw page says, field by field, each with its evidence. Nothing is made up.',
  },
);
export type Extraction = Static<typeof Extraction>;

/** An article that was just ingested, with what was read for it. */
export const IngestedArticle = Type.Object(
  { ...Article.properties, extraction: Type.Unsafe<Static<typeof Extraction>>({ $ref: 'Extraction#' }) },
  { $id: 'IngestedArticle', description: 'The draft that was stored, and how each of its fields was found.' },
);

/** Room for the other members of a request around the page. */
const ENVELOPE_BYTES = 4 * 1024;
const requestBytesMax = INTAKE_BYTES_MAX + ENVELOPE_BYTES;

/** Reads a page and stores nothing; `bytes` of an Extraction. */
export const extractCall = {
  request: ExtractRequest,
  reply: 'bytes' as const,
  deadlineMs: WRITE_DEADLINE_MS,
  isIdempotent: true,
  requestBytesMax,
} satisfies Call;

/** Reads a page and stores it as a draft; `bytes` of an IngestedArticle. */
export const ingestCall = { ...createCall(ExtractRequest), requestBytesMax };
