import { type Static, Type } from 'typebox';
import {
  Address,
  Categories,
  closed,
  Day,
  Display,
  documentMembers,
  Email,
  ExternalId,
  FirstStatus,
  GeoPoint,
  IdOf,
  Instant,
  LocaleTag,
  Localized,
  Phone,
  Slug,
  Text,
  TypedSlug,
  WebUrl,
} from '../atoms.ts';

export const legalForms = ['llc', 'jsc', 'ngo', 'coop', 'nbfi', 'state', 'rep_office', 'other'] as const;
export const supplierTypes = [
  'manufacturer',
  'distributor',
  'importer',
  'exporter',
  'service_provider',
  'contractor',
] as const;
export const employeeBands = ['1-9', '10-49', '50-249', '250-999', '1000+'] as const;
const operatingStatuses = ['open', 'temporarily_closed', 'permanently_closed'] as const;
/** How well somebody has checked that the company is what it says, weakest first. */
export const verificationLevels = ['none', 'email', 'phone', 'document', 'onsite'] as const;
export type VerificationLevel = (typeof verificationLevels)[number];
/** What the company named is to this one; `parent`, `subsidiary` and `branch_of` make a hierarchy without cycles. */
const relationTypes = ['parent', 'subsidiary', 'branch_of', 'partner', 'distributor_of'] as const;
export const RELATIONS_MAX = 50;

const Location = Type.Object(
  {
    kind: Type.Enum(['hq', 'branch', 'site', 'warehouse']),
    address: Address,
    geo: Type.Optional(GeoPoint),
    phones: Type.Optional(Type.Array(Phone, { maxItems: 10 })),
    hours: Type.Optional(Text(200)),
  },
  closed,
);

const Contact = Type.Object(
  {
    name: Text(120),
    role: Type.Optional(Text(120)),
    phone: Type.Optional(Phone),
    email: Type.Optional(Email),
    public: Type.Optional(
      Type.Boolean({ description: 'Only a public contact is shown to readers without the write scope.' }),
    ),
  },
  closed,
);

/** Something that an issuer granted. Whether it has run out is for readers to see: a stored answer knows no clock. */
const Credential = Type.Object(
  {
    scheme: Text(120),
    number: Type.Optional(Text(80)),
    issuer: Type.Optional(Text(160)),
    validUntil: Type.Optional(Day('The last day on which it is valid; without one it has no end.')),
  },
  closed,
);

const Relation = Type.Object({ type: Type.Enum([...relationTypes]), companyId: IdOf('company') }, closed);
export type Relation = Static<typeof Relation>;

const Verification = Type.Object(
  {
    level: Type.Enum([...verificationLevels]),
    checkedAt: Type.Optional({ ...Instant, description: 'When it was checked; the time of the write when left out.' }),
  },
  { ...closed, description: 'Only a caller with the scope `catalog:publish` may change it.' },
);
export type Verification = Static<typeof Verification>;

const members = {
  displayName: Localized(200),
  legalName: Type.Optional(Localized(200)),
  altNames: Type.Optional(Type.Array(Localized(200), { maxItems: 20 })),
  registrationNumber: Type.Optional(Type.String({ pattern: '^\\d{7}$', description: 'Seven digits; unique.' })),
  legalForm: Type.Optional(Type.Enum([...legalForms])),
  foundedYear: Type.Optional(Type.Integer({ minimum: 1600, maximum: 2100 })),
  employeeBand: Type.Optional(Type.Enum([...employeeBands])),
  supplierTypes: Type.Optional(Type.Array(Type.Enum([...supplierTypes]), { maxItems: 6, uniqueItems: true })),
  categories: Categories,
  summary: Type.Optional(Localized(300)),
  description: Type.Optional(Localized(20_000)),
  locations: Type.Optional(Type.Array(Location, { maxItems: 100 })),
  contacts: Type.Optional(Type.Array(Contact, { maxItems: 50 })),
  websites: Type.Optional(Type.Array(WebUrl, { maxItems: 10, uniqueItems: true })),
  socials: Type.Optional(Type.Array(WebUrl, { maxItems: 10, uniqueItems: true })),
  logoUrl: Type.Optional(WebUrl),
  certificates: Type.Optional(Type.Array(Credential, { maxItems: 50 })),
  licences: Type.Optional(Type.Array(Credential, { maxItems: 50 })),
  operatingStatus: Type.Optional(Type.Enum([...operatingStatuses])),
  verification: Type.Optional(Verification),
  relations: Type.Optional(Type.Array(Relation, { maxItems: RELATIONS_MAX })),
  languages: Type.Optional(Type.Array(LocaleTag, { maxItems: 5, uniqueItems: true })),
  exportMarkets: Type.Optional(Type.Array(Type.String({ pattern: '^[A-Z]{2}$' }), { maxItems: 60, uniqueItems: true })),
  externalIds: Type.Optional(Type.Array(ExternalId, { maxItems: 20 })),
};

/**
 * What a caller sends to create or replace a company. A `slug` pins it; `status` counts on create only; a replacement
 * without `verification` keeps it.
 */
export const CompanyInput = Type.Object(
  { ...members, slug: Type.Optional(TypedSlug), status: Type.Optional(FirstStatus) },
  { ...closed, $id: 'CompanyInput' },
);
export type CompanyInput = Static<typeof CompanyInput>;

const Quality = Type.Object({
  score: Type.Number({ minimum: 0, maximum: 1 }),
  parts: Type.Object({
    completeness: Type.Number({ minimum: 0, maximum: 1 }),
    verification: Type.Number({ minimum: 0, maximum: 1 }),
  }),
});

const MergedInto = {
  ...IdOf('company'),
  description: 'The company that this one is a copy of: it is archived, and reads of it are led there.',
};

/** What two companies have in common that may be one. */
const duplicateReasons = ['name', 'phone', 'website'] as const;
export const PossibleDuplicate = Type.Object({
  id: IdOf('company'),
  display: Display,
  url: Type.String({ examples: ['/v1/companies/company_01h455vb4pex5vsknk084sn02q'] }),
  reasons: Type.Array(Type.Enum([...duplicateReasons])),
  score: Type.Number({ minimum: 0, maximum: 1, description: 'How sure the reasons make; the surest come first.' }),
});
export type PossibleDuplicate = Static<typeof PossibleDuplicate>;
const DUPLICATES_MAX = 5;

export const PossibleDuplicates = Type.Object(
  { items: Type.Array(PossibleDuplicate, { maxItems: DUPLICATES_MAX }) },
  { $id: 'PossibleDuplicates' },
);

/** The stored state of a company (without id and v, which the store keeps beside it). */
export const CompanyState = Type.Object({
  ...members,
  ...documentMembers,
  isSlugPinned: Type.Boolean(),
  oldSlugs: Type.Array(Slug),
  quality: Quality,
  /** What duplicates have in common; readers never see it. */
  matchKeys: Type.Optional(Type.Array(Type.String())),
  mergedInto: Type.Optional(MergedInto),
  mergePair: Type.Optional(
    Type.String({
      description: 'The two companies of the merge, in order: only one of them can be merged into the other.',
    }),
  ),
});
export type CompanyState = Omit<Static<typeof CompanyState>, 'v'>;

/** A company as readers get it. */
export const Company = Type.Object(
  {
    id: IdOf('company'),
    kind: Type.Literal('company'),
    ...documentMembers,
    ...members,
    quality: Quality,
    mergedInto: Type.Optional(MergedInto),
    possibleDuplicates: Type.Optional(
      Type.Array(PossibleDuplicate, {
        maxItems: DUPLICATES_MAX,
        description: 'Companies that may be the same: only in the answer to a create, and only when there are any.',
      }),
    ),
    display: Display,
  },
  { $id: 'Company', description: 'A company of the directory.' },
);
export type Company = Static<typeof Company>;

/** Which company a copy is merged into. */
export const CompanyMerge = Type.Object(
  { into: Type.String({ minLength: 1, maxLength: 200, description: 'Id or slug of the company that stays.' }) },
  { ...closed, $id: 'CompanyMerge', description: 'What `merge` takes.' },
);
