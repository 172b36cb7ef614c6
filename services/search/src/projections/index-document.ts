import type { Change, LocalizedText, SearchKind } from '@ortoo/shared/contracts';

/**
 * Rises with every change to what a projection makes of a state, so that the hash of the index changes with it. The
 * golden files beside the projections are the reminder.
 */
export const PROJECTION_VERSION = 5;

/** What a change says of a document, whatever its kind. */
export type ChangeData = Change['data'];

/** A deleted document leaves this much, so that a late change cannot bring it back. */
type Tombstone = {
  kind: SearchKind;
  id: string;
  v: number;
  check: number;
  live: false;
  visible: false;
  changedAt: string;
};

/** A document as search keeps it; the fields are those of `index/mapping.ts`. */
type LiveDocument = {
  kind: SearchKind;
  id: string;
  v: number;
  check: number;
  live: true;
  visible: boolean;
  changedAt: string;
  /** Place of the document when the newest come first. */
  newestAt: string;
  updatedAt: string;
  publishedAt?: string;
  status?: string;
  /** 0 to 1; settles ties. */
  quality: number;
  /** Every name in every language, without legal forms. */
  name_all: string[];
  /** The same names in Latin letters, as written and with their words sorted (`foldName`). */
  nameFold: string[];
  title: LocalizedText;
  summary: LocalizedText;
  body: LocalizedText;
  /** Ids, registration numbers, external ids and phone numbers, matched whole. */
  codes: string[];
  categories?: string[];
  region?: string[];
  district?: string[];
  legalForm?: string;
  supplierTypes?: string[];
  verification?: string;
  /** Every place where a document is; the nearest one counts. */
  location?: { lat: number; lon: number }[];
  companyId?: string | string[];
  /** Of the company that a document belongs to, or of those that it names, without legal forms. */
  companyName?: string[];
  offeringKind?: string;
  availability?: string;
  /** A price is a range of one. */
  price?: { currency: string; min: number; max: number };
  articleKind?: string;
  eventKind?: string;
  /** When an event takes place, each date from its beginning to its end, and the beginnings alone. */
  occurrences?: { gte: string; lte: string }[];
  starts?: string[];
  source?: string;
  language?: string[];
  sortName: string;
  /** What a hit shows, as the owner wrote it. */
  display: { name: LocalizedText; summary?: LocalizedText };
};

/** The part of a document that its kind's projection makes of the state. */
export type ProjectedState = Omit<
  LiveDocument,
  'kind' | 'id' | 'v' | 'check' | 'live' | 'visible' | 'changedAt' | 'nameFold'
>;

export type IndexDocument = LiveDocument | Tombstone;
