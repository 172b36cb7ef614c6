import { type Static, Type } from 'typebox';
import { CategoryCode, closed, DayOrInstant, IdOf, Instant, LocaleTag, Status } from './atoms.ts';
import { legalForms, supplierTypes, verificationLevels } from './catalog/company.ts';
import { inquiryKinds, inquiryStates } from './catalog/inquiry.ts';
import { availabilities, offeringKinds } from './catalog/offering.ts';
import { articleKinds } from './news/article.ts';
import { eventKinds, eventStatuses } from './news/event.ts';

const anyOf = <S extends Parameters<typeof Type.Array>[0]>(item: S) =>
  Type.Optional(Type.Array(item, { minItems: 1, maxItems: 50 }));
const Name = Type.String({ minLength: 1, maxLength: 200 });

/** Filters that each list has; repeated means any of. Only staff may filter by another status than published. */
const common = {
  category: anyOf(CategoryCode),
  ids: Type.Optional(Type.Array(Name, { minItems: 1, maxItems: 100 })),
  externalId: anyOf(Type.String({ pattern: '^[a-z0-9][a-z0-9-]*:.+$', description: '`system:value`' })),
  updatedSince: Type.Optional(Instant),
  status: anyOf(Status),
};

export const CompanyFilter = Type.Object(
  {
    ...common,
    region: anyOf(Name),
    district: anyOf(Name),
    legalForm: anyOf(Type.Enum([...legalForms])),
    supplierType: anyOf(Type.Enum([...supplierTypes])),
    verification: anyOf(Type.Enum([...verificationLevels])),
    registrationNumber: anyOf(Name),
  },
  closed,
);
export type CompanyFilter = Static<typeof CompanyFilter>;
export const companySorts = ['name', 'createdAt', 'updatedAt', 'publishedAt', 'quality'];

export const OfferingFilter = Type.Object(
  {
    ...common,
    companyId: anyOf(IdOf('company')),
    offeringKind: anyOf(Type.Enum([...offeringKinds])),
    availability: anyOf(Type.Enum([...availabilities])),
  },
  closed,
);
export type OfferingFilter = Static<typeof OfferingFilter>;
export const offeringSorts = ['name', 'createdAt', 'updatedAt', 'publishedAt'];

export const ArticleFilter = Type.Object(
  {
    ...common,
    language: anyOf(LocaleTag),
    source: anyOf(Name),
    companyId: anyOf(IdOf('company')),
    articleKind: anyOf(Type.Enum([...articleKinds])),
    duplicate: Type.Optional(Type.Boolean({ description: 'Duplicates of others, or those that are none; for staff.' })),
    duplicateOf: anyOf(Name),
    publishedFrom: Type.Optional(Instant),
    publishedTo: Type.Optional(Instant),
  },
  closed,
);
export type ArticleFilter = Static<typeof ArticleFilter>;
export const articleSorts = ['publishedAt', 'createdAt', 'updatedAt', 'sourcePublishedAt'];

/** With `from` or `to` the list is of occurrences: half-open, and an event that has begun and not ended is in it. */
export const EventFilter = Type.Object(
  {
    ...common,
    from: Type.Optional(DayOrInstant('The day, or instant, from which on.')),
    to: Type.Optional(DayOrInstant('The day, or instant, before which.')),
    eventKind: anyOf(Type.Enum([...eventKinds])),
    eventStatus: anyOf(Type.Enum([...eventStatuses])),
    region: anyOf(Name),
    companyId: anyOf(IdOf('company')),
  },
  closed,
);
export type EventFilter = Static<typeof EventFilter>;
export const eventSorts = ['start', 'createdAt', 'updatedAt', 'publishedAt'];

/** For staff alone: nothing of an inquiry is public. `spam` asks for those that are, or are not, taken for spam. */
export const InquiryFilter = Type.Object(
  {
    state: anyOf(Type.Enum([...inquiryStates])),
    inquiryKind: anyOf(Type.Enum([...inquiryKinds])),
    target: anyOf(Name),
    spam: Type.Optional(Type.Boolean()),
    updatedSince: Type.Optional(Instant),
  },
  closed,
);
export type InquiryFilter = Static<typeof InquiryFilter>;
export const inquirySorts = ['createdAt', 'updatedAt'];
