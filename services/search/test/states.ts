import type { ArticleState, CategoryState, CompanyState, LocalizedText } from '@ortoo/shared/contracts';

const NOW = '2026-11-24T05:00:00.000Z';
const document = {
  slug: 'x',
  status: 'published' as const,
  createdAt: NOW,
  updatedAt: NOW,
  publishedAt: NOW,
  isSlugPinned: false,
  oldSlugs: [],
};

/** States as the owners keep them; what a test cares about it overrides. */
export function company(displayName: LocalizedText, overrides: Partial<CompanyState> = {}): CompanyState {
  const quality = { score: 0.5, parts: { completeness: 0.5, verification: 0 } };
  return { ...document, displayName, categories: { primary: 'other' }, quality, ...overrides };
}

export function article(headline: string, overrides: Partial<ArticleState> = {}): ArticleState {
  return { ...document, language: 'en', headline, plainText: '', sections: [], wordCount: 0, ...overrides };
}

export function category(name: LocalizedText, overrides: Partial<CategoryState> = {}): CategoryState {
  return { name, ordinal: 1, parent: null, createdAt: NOW, updatedAt: NOW, ...overrides };
}

/** An id of a kind that sorts by its number. */
export function idOf(kind: 'company' | 'article', n: number): string {
  return `${kind}_01h455vb4pex5vsknk${String(n).padStart(8, '0')}`;
}
