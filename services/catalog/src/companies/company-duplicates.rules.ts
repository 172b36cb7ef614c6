import {
  buildDisplay,
  type CompanyInput,
  type CompanyState,
  type LocaleTag,
  type PossibleDuplicate,
} from '@ortoo/shared/contracts';
import { allNames, isTelling, rareWords, similarityOf } from './company-name-words.rules.ts';

/** What is looked up of a company that may be the same. */
export const candidateMembers = ['displayName', 'legalName', 'altNames', 'matchKeys'] as const;
export type Candidate = { id: string; state: Pick<CompanyState, (typeof candidateMembers)[number]> };

type Named = Pick<CompanyState, (typeof candidateMembers)[number]>;

/** Keys of one company: the phones, hosts and whole names first. */
const KEYS_MAX = 60;
/** Words of one name that are paired with each other. */
const PAIRED_MAX = 5;
/** Names that share less than this are different names. */
const SIMILAR_MIN = 0.5;
/** How sure each reason makes, and how many are answered. */
const SURENESS = { name: 0.8, phone: 0.5, website: 0.6 };
const DUPLICATES_MAX = 5;

/** Hosts under which many have their pages: there the page tells the company. */
const sharedHosts = new Set(
  [
    'facebook.com',
    'm.facebook.com',
    'fb.com',
    'instagram.com',
    'linkedin.com',
    'youtube.com',
    'x.com',
    'twitter.com',
  ].concat(['t.me', 'tiktok.com', 'sites.google.com', 'google.com', 'linktr.ee', 'vk.com', 'zangia.mn', 'unegui.mn']),
);

/**
 * Keys of which two companies that may be the same have one in common: `t:` a phone, `h:` the host of a website, `n:` a
 * whole name, with and without the words that thousands share, `p:` two rare words of a name. At most 60.
 */
export function matchKeysOf(company: CompanyInput): string[] {
  const { locations = [], contacts = [], websites = [] } = company;
  const phones = [
    ...locations.flatMap(({ phones: listed = [] }) => listed),
    ...contacts.flatMap(({ phone }) => phone ?? []),
  ];
  const names = allNames(company);
  const keys = [
    ...phones.flatMap(({ e164 }) => (e164 === undefined ? [] : [`t:${e164}`])),
    ...websites.flatMap(hostKeys),
    ...names.flatMap(wholeKeys),
    ...names.flatMap(pairKeys),
  ];
  return [...new Set(keys)].slice(0, KEYS_MAX);
}

function hostKeys(website: string): string[] {
  const url = URL.parse(website);
  if (!url) return [];
  const host = url.hostname.replace(/^www\./, '');
  if (!sharedHosts.has(host)) return [`h:${host}`];
  const [page] = url.pathname.toLowerCase().split('/').filter(Boolean);
  return page === undefined ? [] : [`h:${host}/${page}`];
}

function wholeKeys(words: string[]): string[] {
  const rare = rareWords(words);
  return [words, ...(rare.some(isTelling) ? [rare] : [])].map((set) => `n:${set.join(' ')}`);
}

function pairKeys(words: string[]): string[] {
  const rare = rareWords(words).filter(isTelling).slice(0, PAIRED_MAX);
  return rare.flatMap((one, place) => rare.slice(place + 1).map((other) => `p:${one} ${other}`));
}

/** The keys by which few are found, and those that a common pair of words can have in thousands. */
export function splitKeys(keys: readonly string[]): { strong: string[]; weak: string[] } {
  return { strong: keys.filter((key) => !key.startsWith('p:')), weak: keys.filter((key) => key.startsWith('p:')) };
}

/** Of companies that share a key, those that may be the same: the surest first, at most five. */
export function rankDuplicates(company: Named, candidates: readonly Candidate[], lang: LocaleTag): PossibleDuplicate[] {
  const names = allNames(company);
  const keys = new Set(company.matchKeys);
  const judged = candidates.flatMap(({ id, state }): PossibleDuplicate[] => {
    const shared = (state.matchKeys ?? []).filter((key) => keys.has(key));
    const likeness = likenessOf(names, allNames(state));
    const sureness = {
      name: likeness >= SIMILAR_MIN ? SURENESS.name * likeness : 0,
      phone: shared.some((key) => key.startsWith('t:')) ? SURENESS.phone : 0,
      website: shared.some((key) => key.startsWith('h:')) ? SURENESS.website : 0,
    };
    const reasons = (['name', 'phone', 'website'] as const).filter((reason) => sureness[reason] > 0);
    const doubt = Object.values(sureness).reduce((left, sure) => left * (1 - sure), 1);
    const display = buildDisplay(state.displayName, undefined, lang);
    const score = Math.round((1 - doubt) * 100) / 100;
    return reasons.length > 0 ? [{ id, display, url: `/v1/companies/${id}`, reasons, score }] : [];
  });
  return judged.sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1)).slice(0, DUPLICATES_MAX);
}

function likenessOf(names: string[][], others: string[][]): number {
  return Math.max(0, ...names.flatMap((words) => others.map((other) => similarityOf(words, other))));
}
