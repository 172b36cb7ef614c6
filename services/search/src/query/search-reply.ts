import {
  buildDisplay,
  type LocaleTag,
  type LocalizedText,
  type SearchHit,
  type SearchKind,
  type SearchReply,
} from '@ortoo/shared/contracts';
import type { SearchAnswer } from '../index/engine-documents.ts';

const plurals: Record<SearchKind, string> = {
  company: 'companies',
  offering: 'offerings',
  article: 'articles',
  category: 'categories',
};

type Source = { kind: SearchKind; publishedAt?: string; display: { name: LocalizedText; summary?: LocalizedText } };

/** What of the answer is made from the engine's: the page, the cursor of the next one, and the counts. */
export function buildReply(
  answer: SearchAnswer,
  { limit, lang }: { limit: number; lang: LocaleTag },
): Pick<SearchReply, 'items' | 'next' | 'total' | 'kinds'> {
  const page = answer.hits.slice(0, limit);
  const last = answer.hits.length > limit ? page.at(-1) : undefined;
  return {
    items: page.map((hit) => buildHit(hit, lang)),
    next: last ? { index: last.index, sort: last.sort } : null,
    total: answer.total,
    kinds: Object.fromEntries(
      (answer.aggregations.kinds?.buckets ?? []).map(({ key, doc_count: count }) => [key, count]),
    ),
  };
}

function buildHit({ id, score, source }: SearchAnswer['hits'][number], lang: LocaleTag): SearchHit {
  const { kind, display, publishedAt } = source as Source;
  return {
    id,
    kind,
    score,
    display: buildDisplay(display.name, display.summary, lang),
    url: `/v1/${plurals[kind]}/${id}`,
    ...(publishedAt === undefined ? {} : { publishedAt }),
  };
}
