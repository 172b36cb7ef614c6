import MiniSearch from 'minisearch';
import { textOf } from './document-texts.ts';
import type { Document } from './to-states.ts';

/** As its documentation recommends: the name counts twice, words may be begun, and a fifth of their letters may differ. */
const options = { prefix: true, fuzzy: 0.2 };
const NAME_BOOST = 2;

/** The same texts in MiniSearch, in this process. */
export function openMiniSearch(documents: Document[], fields: string[]) {
  const [first = ''] = fields;
  const index = new MiniSearch<Document>({
    fields,
    extractField: (document, field) => (field === 'id' ? document.id : textOf(document, field)),
    searchOptions: { ...options, ...(fields.length > 1 ? { boost: { [first]: NAME_BOOST } } : {}) },
  });
  index.addAll(documents);
  return {
    ask: async ({ q, limit }: { q: string; limit: number }): Promise<string[]> =>
      index
        .search(q)
        .slice(0, limit)
        .map(({ id }) => id as string),
  };
}
