import { type Static, Type } from 'typebox';

/** Kinds as they are spelled on the wire, always in the singular. */
export const kinds = ['company', 'offering', 'article', 'event', 'category', 'inquiry'] as const;
export type Kind = (typeof kinds)[number];

/** Languages of content (BCP 47), in the portal's order. */
export const localeTags = ['mn', 'en', 'ru', 'ko', 'zh'] as const;
export type LocaleTag = (typeof localeTags)[number];
export const LocaleTag = Type.Enum([...localeTags], { description: 'Language (BCP 47).' });

/** Members that nobody named are refused in requests. */
export const closed = { additionalProperties: false } as const;

/** A TypeID of one kind. Source: TypeID 0.3. */
export const IdOf = (kind: Kind) =>
  Type.String({
    pattern: `^${kind}_[0-7][0-9a-hjkmnp-tv-z]{25}$`,
    description: `Id of a ${kind}.`,
    examples: [`${kind}_01h455vb4pex5vsknk084sn02q`],
  });

export const Instant = Type.String({ format: 'date-time', description: 'RFC 3339 in UTC with milliseconds.' });
/** A day of the calendar, without a time or a zone. */
export const Day = (description: string) => Type.String({ format: 'date', description, examples: ['2027-06-30'] });
/** A bare day is one of Ulaanbaatar. */
export const DayOrInstant = (description: string) =>
  Type.String({
    pattern: '^\\d{4}-\\d{2}-\\d{2}(?:[Tt]\\d{2}:\\d{2}(?::\\d{2}(?:\\.\\d+)?)?(?:[Zz]|[+-]\\d{2}:\\d{2}))?$',
    description,
    examples: ['2026-10-07', '2026-10-07T00:00:00Z'],
  });
export const Version = Type.Integer({ minimum: 1, description: 'Version of the document: 1, 2, 3 … without a gap.' });
export const Slug = Type.String({ minLength: 1, maxLength: 120, pattern: '^[\\p{L}\\p{N}]+(?:-[\\p{L}\\p{N}]+)*$' });
/** A slug as it may be typed: a letter may carry marks, which the stored form has not (`normalizeSlug`). */
export const TypedSlug = Type.String({
  minLength: 1,
  maxLength: 120,
  pattern: '^(?:[\\p{L}\\p{N}]\\p{M}*)+(?:-(?:[\\p{L}\\p{N}]\\p{M}*)+)*$',
});
export const CategoryCode = Type.String({
  minLength: 2,
  maxLength: 60,
  pattern: '^[a-z0-9]+(?:-[a-z0-9]+)*$',
  description: 'Code of a category.',
});

/** Plain text that is not blank. */
export const Text = (maxLength: number) => Type.String({ minLength: 1, maxLength, pattern: '\\S' });

/** The same text in one or more languages; at least one. */
export const Localized = (maxLength: number) => {
  const one = Type.Optional(Text(maxLength));
  return Type.Object(
    { mn: one, en: one, ru: one, ko: one, zh: one },
    { ...closed, minProperties: 1, description: 'Text by language; at least one.' },
  );
};
export type LocalizedText = Partial<Record<LocaleTag, string>>;

/** What a document is called in the language that was asked for. */
export const Display = Type.Object({ lang: LocaleTag, name: Type.String(), summary: Type.Optional(Type.String()) });
export type Display = Static<typeof Display>;

export const statuses = ['draft', 'in_review', 'scheduled', 'published', 'rejected', 'archived'] as const;
export type Status = (typeof statuses)[number];
export const Status = Type.Enum([...statuses]);
/** What a caller may ask for on create. */
export const FirstStatus = Type.Enum(['draft', 'in_review', 'published']);

export const WEB_URL_LENGTH_MAX = 2048;
/** Any script may be typed in host and path; owners judge the rest and store it in ASCII (`normalizeWebUrl`). */
export const WebUrl = Type.String({
  pattern: '^[Hh][Tt][Tt][Pp][Ss]?://',
  maxLength: WEB_URL_LENGTH_MAX,
  description: 'An http or https address; answered in ASCII, host in lower case.',
  examples: ['https://example.mn/'],
});
export const Email = Type.String({ format: 'email', maxLength: 254 });
/** `raw` is what was typed; `e164` is made from it. */
export const Phone = Type.Object(
  {
    raw: Type.String({ minLength: 3, maxLength: 40 }),
    e164: Type.Optional(Type.String()),
    kind: Type.Optional(Type.Enum(['landline', 'mobile', 'fax', 'other'])),
  },
  closed,
);
export const GeoPoint = Type.Object(
  { lat: Type.Number({ minimum: -90, maximum: 90 }), lon: Type.Number({ minimum: -180, maximum: 180 }) },
  closed,
);
export const Address = Type.Object(
  {
    country: Type.Optional(Type.String({ pattern: '^[A-Z]{2}$', description: 'ISO 3166-1.' })),
    region: Type.Optional(Type.String({ pattern: '^[A-Z]{2}-[A-Z0-9]{1,3}$', description: 'ISO 3166-2.' })),
    district: Type.Optional(Text(120)),
    street: Type.Optional(Text(200)),
    building: Type.Optional(Text(120)),
    postcode: Type.Optional(Text(20)),
    freeform: Type.Optional(Localized(400)),
  },
  closed,
);

/** A date as exactly as it is known: a bare day stays a day. */
export const FuzzyDate = Type.Object(
  {
    date: Type.String({ pattern: '^\\d{4}(-\\d{2}(-\\d{2}(T\\d{2}:\\d{2})?)?)?$', examples: ['2022-09-21'] }),
    precision: Type.Enum(['year', 'month', 'day', 'minute']),
    tzid: Type.Optional(Type.String({ maxLength: 64 })),
  },
  closed,
);
export type FuzzyDate = Static<typeof FuzzyDate>;

/** The id that another system gave; unique per kind and system. */
export const ExternalId = Type.Object(
  {
    system: Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,39}$' }),
    value: Type.String({ minLength: 1, maxLength: 120 }),
  },
  closed,
);
export type ExternalId = Static<typeof ExternalId>;

export const Categories = Type.Object(
  { primary: CategoryCode, secondary: Type.Optional(Type.Array(CategoryCode, { maxItems: 5, uniqueItems: true })) },
  closed,
);

const Planned = (text: string) => ({ ...Instant, description: `${text} RFC 3339 in UTC; for staff only.` });

/** Members that the server sets on every document with a workflow. */
export const documentMembers = {
  v: Version,
  slug: Slug,
  status: Status,
  createdAt: Instant,
  updatedAt: Instant,
  publishedAt: Type.Optional(Instant),
  publishAt: Type.Optional(Planned('When it will be published, while it is scheduled.')),
  unpublishAt: Type.Optional(Planned('When it will be archived, while it is scheduled or published.')),
  rejectionReason: Type.Optional(Type.String({ description: 'Why it was rejected, while it is; for staff only.' })),
  createdBy: Type.Optional(Type.String()),
  updatedBy: Type.Optional(Type.String()),
};
