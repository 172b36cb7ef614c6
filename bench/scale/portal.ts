import { readFileSync } from 'node:fs';
import type { ArticleState, CategoryState, Change, CompanyState, DaySum, OfferingState } from '@ortoo/shared/contracts';
import { createSeededRandom, type Random } from '@ortoo/shared/kernel';
import { buildCompany } from '../../packages/cli/src/generate/company.ts';
import { buildOffering } from '../../packages/cli/src/generate/offering.ts';
import type { KnownName } from './known-names.ts';
import { makeArticle, makeEvent } from './news.ts';

export type Document = Change['data'];

/** The kinds that are made up here; a kind that search learns besides is none of them. */
export const madeKinds = ['category', 'company', 'offering', 'article', 'event'] as const;
export type MadeKind = (typeof madeKinds)[number];

/** Which version of a document its owner has. */
export type Row = Pick<Document, 'id' | 'v' | 'live' | 'changedAt'>;

/** Made-up documents of all kinds, each from its number alone: nothing is kept but real names, where they are given. */
export type Portal = {
  counts: Record<MadeKind, number>;
  total: number;
  /** Document `n` of a kind, from 0 on; their ids follow each other in order. */
  documentOf(kind: MadeKind, n: number): Document;
  /** The same document without its state, which takes no time to make. */
  rowOf(kind: MadeKind, n: number): Row;
  daysOf(kind: MadeKind): DaySum[];
  /** The number of the document behind an id; 0 without one. */
  placeAfter(kind: MadeKind, id: string | undefined): number;
};

/** What the documents of a portal are, in hundredths; categories are the 26 of `data/`. */
const shares = { company: 30, offering: 45, article: 20, event: 5 } as const;
const streams = { company: 3, offering: 4, article: 5, event: 6 } as const;
/** They were changed on so many days, the last of them the first of a November, in turns. */
const DAYS = 200;
const LAST_CHANGED_MS = Date.UTC(2026, 10, 1);
const changed = Array.from({ length: DAYS }, (_, n) => new Date(LAST_CHANGED_MS - n * 86_400_000).toISOString());
const changedAtOf = (n: number) => changed[n % DAYS] as string;
/** The order of ids is that of their numbers. */
const ID_HEAD = '01h455vb4pex5vsknk';
const FIRST_PUBLISHED_MS = Date.UTC(2022, 0, 1);
const PUBLISHED_WITHIN_MS = 4.8 * 365 * 86_400_000;

type Category = CategoryState & { id: string; updatedAt: string };

export function createPortal({
  documents,
  seed,
  names,
}: {
  documents: number;
  seed: number;
  names: KnownName[];
}): Portal {
  const categories = readCategories();
  const shareOf = (kind: keyof typeof shares) => Math.floor((documents * shares[kind]) / 100);
  const made = Math.max(1, shareOf('company'));
  const counts: Record<MadeKind, number> = {
    category: categories.length,
    company: made + names.length,
    offering: shareOf('offering'),
    article: shareOf('article'),
    event: shareOf('event'),
  };

  function companyOf(n: number): CompanyState {
    const random = createSeededRandom(seed, n, streams.company);
    const known = names[n - made];
    const input = known ? inputOf(known) : buildCompany(seed, n);
    const { status, ...rest } = input;
    const quality = { score: Math.round(random.next() * 100) / 100, parts: { completeness: 0.5, verification: 0 } };
    return { ...rest, ...commonOf(random, status ?? 'draft', `company-${n}`), quality };
  }

  function offeringOf(n: number): OfferingState {
    const company = Math.floor(n / 2) % made;
    const { status, ...rest } = buildOffering(seed, company, n % 2);
    const owner = companyOf(company);
    const random = createSeededRandom(seed, n, streams.offering);
    return {
      ...rest,
      ...commonOf(random, status ?? 'draft', `offering-${n}`),
      companyId: idOf('company', company),
      companyName: owner.displayName,
      companyVisible: owner.status === 'published',
      companyV: 1,
    };
  }

  function newsOf(kind: 'article' | 'event', n: number) {
    const random = createSeededRandom(seed, n, streams[kind]);
    const about = random.whole(made);
    const common = commonOf(random, random.chance(0.97) ? 'published' : 'draft', `${kind}-${n}`);
    const company = { id: idOf('company', about), state: companyOf(about) };
    return kind === 'article' ? makeArticle(random, common, company) : makeEvent(random, common, company);
  }

  function documentOf(kind: MadeKind, n: number): Document {
    if (kind === 'category') {
      const { id: _id, ...state } = categories[n] as Category;
      return describe(kind, rowOf(kind, n), { state, isVisible: true });
    }
    const state = kind === 'company' ? companyOf(n) : kind === 'offering' ? offeringOf(n) : newsOf(kind, n);
    return describe(kind, rowOf(kind, n), { state, isVisible: state.status === 'published' });
  }

  function rowOf(kind: MadeKind, n: number): Row {
    const id = kind === 'category' ? (categories[n]?.id ?? '') : idOf(kind, n);
    return { id, v: 1, live: true, changedAt: changedAtOf(n) };
  }

  return {
    counts,
    total: madeKinds.reduce((sum, kind) => sum + counts[kind], 0),
    documentOf,
    rowOf,
    daysOf: (kind) =>
      changed
        .map((at, day) => ({ day: at.slice(0, 10), count: Math.ceil((counts[kind] - day) / DAYS) }))
        .filter(({ count }) => count > 0)
        .map(({ day, count }) => ({ day, count, sum: count })),
    placeAfter: (kind, id) => {
      if (id === undefined) return 0;
      if (kind === 'category') return categories.findIndex((category) => category.id === id) + 1;
      return Number(id.slice(-8)) + 1;
    },
  };
}

function describe(kind: MadeKind, row: Row, { state, isVisible }: { state: object; isVisible: boolean }): Document {
  return { kind, ...row, check: row.v, visible: isVisible, changes: [], state: state as Record<string, unknown> };
}

function idOf(kind: MadeKind, n: number): string {
  return `${kind}_${ID_HEAD}${String(n).padStart(8, '0')}`;
}

type Status = ArticleState['status'];

function commonOf(random: Random, status: Status, slug: string) {
  const at = new Date(FIRST_PUBLISHED_MS + Math.floor(random.next() * PUBLISHED_WITHIN_MS)).toISOString();
  const published = status === 'published' ? { publishedAt: at } : {};
  return { slug, status, createdAt: at, updatedAt: at, ...published, isSlugPinned: false, oldSlugs: [] };
}

function inputOf({ name, form, registrationNumber }: KnownName): ReturnType<typeof buildCompany> {
  return {
    displayName: { mn: `${name} ${form}`.slice(0, 200) },
    registrationNumber,
    legalForm: form === 'ХХК' ? 'llc' : 'other',
    categories: { primary: 'other' },
    status: 'published',
  };
}

function readCategories(): Category[] {
  const file = new URL('../../data/categories.json', import.meta.url);
  const planted = JSON.parse(readFileSync(file, 'utf8')) as Omit<Category, 'createdAt' | 'updatedAt' | 'parent'>[];
  return planted
    .map((category) => ({ parent: null, createdAt: changedAtOf(0), updatedAt: changedAtOf(0), ...category }))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
}
