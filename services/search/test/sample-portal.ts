import { readFileSync } from 'node:fs';
import type {
  ArticleInput,
  CalendarEventInput,
  CategoryEdit,
  CompanyInput,
  OfferingInput,
  SearchKind,
} from '@ortoo/shared/contracts';
import type { Neighbours } from './neighbours.ts';
import { article, company } from './states.ts';

const NOW = '2026-11-24T05:00:00.000Z';
const read = <T>(file: string): T[] =>
  JSON.parse(readFileSync(new URL(`../../../data/${file}.json`, import.meta.url), 'utf8')) as T[];

const kinds: Record<string, SearchKind> = { c: 'company', o: 'offering', a: 'article', e: 'event' };

/** The id of what a table calls `c001` or `o014`, the sample of that kind and number; a category's code is its id. */
export function sampleId(reference: string): string {
  const kind = /^[coae]\d{3}$/.test(reference) ? kinds[reference[0] ?? ''] : undefined;
  return kind ? `${kind}_01h455vb4pex5vsknk${reference.slice(1).padStart(8, '0')}` : reference;
}

/** The sample's own number: `company-001` is `c001`. */
function referenceOf({ externalIds = [] }: { externalIds?: { value: string }[] }): string {
  const value = externalIds[0]?.value ?? '';
  return `${value[0]}${value.slice(-3)}`;
}

const common = (slug: string, status: CompanyInput['status']) => ({
  slug,
  status: status ?? 'draft',
  createdAt: NOW,
  updatedAt: NOW,
  publishedAt: NOW,
  isSlugPinned: false,
  oldSlugs: [],
});

/** Stores all that stands in `data/` as the owners would keep it; ids as `sampleId` makes them. */
export function storeSamples({ store }: Pick<Neighbours, 'store'>): void {
  const companies = read<CompanyInput>('companies');
  const named = new Map(companies.map((input) => [input.externalIds?.[0]?.value, input]));
  const put = (kind: SearchKind, reference: string, visible: boolean, state: object) =>
    store(kind, sampleId(reference), { visible, state: { ...state } });

  for (const { id, ...state } of read<CategoryEdit & { id: string }>('categories'))
    put('category', id, true, { ...state, parent: null, createdAt: NOW, updatedAt: NOW });
  for (const input of companies) {
    const { contacts: _contacts, certificates: _certificates, licences: _licences, ...state } = input;
    const reference = referenceOf(input);
    const locations = input.locations ?? [];
    const kept = company(input.displayName, { ...(state as object), ...common(reference, input.status), locations });
    put('company', reference, input.status === 'published', kept);
  }
  for (const input of read<OfferingInput>('offerings')) {
    const owner = named.get(input.companyId);
    const companyId = owner ? sampleId(referenceOf(owner)) : input.companyId;
    const copies = { companyId, companyName: owner?.displayName, companyVisible: owner?.status === 'published' };
    const state = { ...input, ...copies, ...common(referenceOf(input), input.status), companyV: 1 };
    put('offering', referenceOf(input), input.status === 'published' && copies.companyVisible, state);
  }
  for (const input of read<ArticleInput>('articles')) {
    const reference = referenceOf(input);
    const state = { ...input, ...common(reference, input.status), ...textOf(input) };
    put('article', reference, input.status === 'published', article(input.headline, state as object));
  }
  for (const input of read<CalendarEventInput>('events')) {
    const state = { ...input, ...common(referenceOf(input), input.status), uid: referenceOf(input), occurrences: [] };
    put('event', referenceOf(input), input.status === 'published', state);
  }
}

/** What the owner of articles makes of a body: all of its words, and its headings. */
function textOf({ body = [] }: ArticleInput) {
  const lines = body.flatMap((block): string[] => {
    if ('items' in block) return block.items as string[];
    return 'text' in block && typeof block.text === 'string' ? [block.text] : [];
  });
  const headings = body.flatMap((block) => (block.type === 'heading' ? [{ heading: block.text }] : []));
  return { plainText: lines.join('\n'), sections: headings, wordCount: lines.length };
}
