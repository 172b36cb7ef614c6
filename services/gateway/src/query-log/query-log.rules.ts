import {
  normaliseText,
  type SearchKind,
  type SearchReply,
  type SearchRequest,
  searchFilters,
  searchPlaces,
} from '@ortoo/shared/contracts';

/** What is kept of one search: nothing of who asked, and of what was typed only what names no person. */
export type LoggedQuery = {
  id: string;
  /** In lower case, NFKC and with single blanks; e-mail addresses and long numbers are masked. */
  query: string;
  isMasked: boolean;
  kinds: SearchKind[];
  /** The names of the filters, without their values. */
  filters: string[];
  /** Exact up to 10,000. */
  hits: number;
  /** Whether names or texts with a typo were added to them. */
  isRelaxed: boolean;
  lang: string;
  /** Whether what the public does not see was searched too. */
  isOfStaff: boolean;
  /** From the question to the answer; null for a search that had to wait for a write. */
  latencyMs: number | null;
  atMs: number;
};

/** A search that was answered. */
export type Searched = {
  request: Pick<SearchRequest, 'q' | 'kinds' | 'view' | 'staffOf' | 'waitFor' | 'lang'> & Record<string, unknown>;
  found: Pick<SearchReply, 'total' | 'relaxed'>;
  startedMs: number;
};

export type Click = { queryId: string; id: string; position: number };

const EMAIL = '[e-mail]';
const NUMBER = '[number]';
/** Digits that belong together when at most this much of anything but letters stands between two of them. */
const BETWEEN = '[^\\p{L}\\p{N}\\[\\]]{0,3}';
/**
 * What names a person by its form: whatever has an at sign, the number of a citizen (two letters and eight digits), and
 * seven digits or more, as phones, cards, accounts and dates of birth have. Six are left, since codes of goods have them.
 */
const MASKS: readonly (readonly [RegExp, string])[] = [
  [/[^\s@]*\s?(?:@|[([]\s?at\s?[)\]])\s?[^\s@]*/gu, EMAIL],
  [new RegExp(`(?:(?<!\\p{L})\\p{L}{2}\\s?(?=\\p{Nd}{8}))?\\+?\\p{Nd}(?:${BETWEEN}\\p{Nd}){6,}`, 'gu'), NUMBER],
];

/** A query as it is kept: equal for what is typed in another case, width or spacing, and masked. */
export function readForLog(q: string | undefined): { query: string; isMasked: boolean } {
  const typed = normaliseText(q ?? '')
    .toLowerCase()
    .replace(/\s+/gu, ' ');
  const query = MASKS.reduce((text, [pattern, mask]) => text.replace(pattern, mask), typed);
  return { query, isMasked: query !== typed };
}

const filterNames: readonly string[] = Object.keys({ ...searchFilters, ...searchPlaces });

/** The record of a search that was answered at `nowMs`. */
export function toLoggedQuery(id: string, { request, found, startedMs }: Searched, nowMs: number): LoggedQuery {
  return {
    id,
    ...readForLog(request.q),
    kinds: [...new Set(request.kinds)],
    filters: filterNames.filter((name) => request[name] !== undefined),
    hits: found.total.value,
    isRelaxed: found.relaxed !== null,
    lang: request.lang,
    isOfStaff: request.view === 'staff' || (request.staffOf?.length ?? 0) > 0,
    latencyMs: request.waitFor ? null : Math.max(0, Math.round(nowMs - startedMs)),
    atMs: nowMs,
  };
}
