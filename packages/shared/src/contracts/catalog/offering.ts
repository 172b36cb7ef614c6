import { type Static, Type } from 'typebox';
import {
  Categories,
  closed,
  Day,
  Display,
  documentMembers,
  ExternalId,
  FirstStatus,
  IdOf,
  LocaleTag,
  Localized,
  Slug,
  Text,
  TypedSlug,
  Version,
  WebUrl,
} from '../atoms.ts';
import { Price, PriceRange } from '../money.ts';
import { ATTRIBUTES_MAX } from './attribute-schema.ts';

export const offeringKinds = ['product', 'service'] as const;
/** Who bears cost and risk until where. Source: ICC Incoterms 2020. */
export const incoterms = ['EXW', 'FCA', 'CPT', 'CIP', 'DAP', 'DPU', 'DDP', 'FAS', 'FOB', 'CFR', 'CIF'] as const;
/** Source: schema.org ItemAvailability, those that a directory can know. */
export const availabilities = [
  'in_stock',
  'limited',
  'out_of_stock',
  'pre_order',
  'back_order',
  'made_to_order',
  'discontinued',
] as const;
export const conditions = ['new', 'used', 'refurbished', 'damaged'] as const;

const LEAD_TIME_DAYS_MAX = 3_650;

/** A sheet, a certificate, a drawing: where it is and what it is called. */
const OfferingDocument = Type.Object(
  { url: WebUrl, title: Type.Optional(Text(200)), language: Type.Optional(LocaleTag) },
  closed,
);

const members = {
  offeringKind: Type.Enum([...offeringKinds]),
  companyId: IdOf('company'),
  name: Localized(200),
  summary: Type.Optional(Localized(300)),
  description: Type.Optional(Localized(20_000)),
  categories: Categories,
  brand: Type.Optional(Text(120)),
  model: Type.Optional(Text(120)),
  sku: Type.Optional(Text(80)),
  gtin: Type.Optional(
    Type.String({
      pattern: '^(?:\\d{8}|\\d{12,14})$',
      description: 'GTIN-8, -12, -13 or -14; its last digit checks the others (GS1).',
      examples: ['4006381333931'],
    }),
  ),
  hsCode: Type.Optional(
    Type.String({
      pattern: '^\\d{4}(?:\\.?\\d{2}){0,3}$',
      description: 'A heading or subheading of the Harmonized System, 4 to 10 digits; answered without dots.',
      examples: ['252329'],
    }),
  ),
  attributes: Type.Optional(
    Type.Record(Type.String(), Type.Unknown(), {
      maxProperties: ATTRIBUTES_MAX,
      description: 'What the category of the offering asks for; texts, numbers, truth values and lists of them.',
    }),
  ),
  price: Type.Optional(Price),
  priceRange: Type.Optional(PriceRange),
  onRequest: Type.Optional(Type.Literal(true, { description: 'Instead of a price: it is told when asked for.' })),
  unit: Type.Optional(Text(40)),
  minOrderQty: Type.Optional(Type.Number({ exclusiveMinimum: 0, maximum: 1e12 })),
  leadTimeDays: Type.Optional(Type.Integer({ minimum: 0, maximum: LEAD_TIME_DAYS_MAX })),
  incoterm: Type.Optional(Type.Enum([...incoterms], { description: 'Incoterms 2020.' })),
  originCountry: Type.Optional(Type.String({ pattern: '^[A-Z]{2}$', description: 'ISO 3166-1.' })),
  availability: Type.Optional(Type.Enum([...availabilities])),
  condition: Type.Optional(Type.Enum([...conditions])),
  mediaUrls: Type.Optional(Type.Array(WebUrl, { maxItems: 20, uniqueItems: true })),
  documents: Type.Optional(Type.Array(OfferingDocument, { maxItems: 20 })),
  validFrom: Type.Optional(Day('The first day on which it is offered.')),
  validTo: Type.Optional(Day('The last day on which it is offered.')),
  externalIds: Type.Optional(Type.Array(ExternalId, { maxItems: 20 })),
};

/**
 * What a caller sends to create or replace an offering; exactly one of `price`, `priceRange` and `onRequest`. A `slug`
 * pins it; `status` counts on create only.
 */
export const OfferingInput = Type.Object(
  { ...members, slug: Type.Optional(TypedSlug), status: Type.Optional(FirstStatus) },
  { ...closed, $id: 'OfferingInput' },
);
export type OfferingInput = Static<typeof OfferingInput>;

/** What an offering knows of its company without asking: copies that the owner keeps right. */
const copies = {
  companyName: Localized(200),
  companyVisible: Type.Boolean({ description: 'Whether the public sees the company.' }),
};

/** The stored state of an offering (without id and v, which the store keeps beside it). */
export const OfferingState = Type.Object({
  ...members,
  ...documentMembers,
  ...copies,
  /** The version of the company that the copies are of: an older one never replaces them. */
  companyV: Version,
  isSlugPinned: Type.Boolean(),
  oldSlugs: Type.Array(Slug),
});
export type OfferingState = Omit<Static<typeof OfferingState>, 'v'>;

/** An offering as readers get it; `companyVisible` is for staff. */
export const Offering = Type.Object(
  {
    id: IdOf('offering'),
    kind: Type.Literal('offering'),
    ...documentMembers,
    ...members,
    companyName: copies.companyName,
    companyVisible: Type.Optional(copies.companyVisible),
    display: Display,
  },
  { $id: 'Offering', description: 'A product or a service of a company.' },
);
export type Offering = Static<typeof Offering>;
