import type { SavedQuery, SearchKind } from '@ortoo/shared/contracts';

/** What the index shows of a changed document, as far as it tells without a search that a saved query cannot find it. */
export type ChangedDocument = {
  id: string;
  v: number;
  kind: SearchKind;
  live: boolean;
  visible: boolean;
  categories?: string[];
  language?: string[];
};

type Narrowed = Pick<SavedQuery, 'kinds' | 'language' | 'view' | 'staffOf'> & {
  /** Codes with those of their sub-categories. */
  category?: string[];
};

/**
 * The documents that a saved query may find, by what is cheap to see: kind, category, language, and whether its owner
 * may see them. It never leaves out one that a search would find; the search decides about the rest.
 */
export function preselect(query: Narrowed, documents: ChangedDocument[]): ChangedDocument[] {
  return documents.filter(
    (document) =>
      document.live &&
      isSeen(query, document) &&
      isAnyOf([document.kind], query.kinds) &&
      isAnyOf(document.categories, query.category) &&
      isAnyOf(document.language, query.language),
  );
}

function isSeen({ view, staffOf = [] }: Narrowed, { visible, kind }: ChangedDocument): boolean {
  return view === 'staff' || visible || staffOf.includes(kind);
}

function isAnyOf(values: string[] = [], wanted?: string[]): boolean {
  return wanted === undefined || values.some((value) => wanted.includes(value));
}
