import { readRecords } from './eval-files.ts';
import type { openEngine } from './patient-engine.ts';
import { loadProduct } from './product-search.ts';
import { toArticle } from './to-states.ts';

type Sentence = { id: number; category: string; mn: string; en: string };

/** The same sentences in two languages: how many topics are counted alike in both, and as they are. */
export async function measureTwins(engine: ReturnType<typeof openEngine>, dir: string) {
  const sentences = readRecords<Sentence>(dir, 'sib200/sib200.jsonl.gz');
  const codeOf = (category: string) => category.replace(/\W/g, '-');
  const documents = sentences.flatMap(({ id, category, mn, en }) => [
    toArticle(`mn${id}`, { language: 'mn', plainText: mn, categories: [codeOf(category)] }),
    toArticle(`en${id}`, { language: 'en', plainText: en, categories: [codeOf(category)] }),
  ]);
  const codes = [...new Set(sentences.map(({ category }) => codeOf(category)))];
  const categories = codes.map((code) => ({ code, name: { en: code } }));
  const product = await loadProduct(engine, documents, { categories });
  try {
    const counted = async (language: 'mn' | 'en') => {
      const facets: ['category'] = ['category'];
      const request = { kinds: ['article' as const], language: [language], facets, limit: 1, lang: language };
      const reply = await product.query({ ...request, view: 'public' });
      return new Map(reply.facets?.category?.map(({ value, count }) => [value, count]));
    };
    const [mn, en] = [await counted('mn'), await counted('en')];
    const truth = Map.groupBy(sentences, ({ category }) => codeOf(category));
    const right = [...truth].filter(([code, own]) => mn.get(code) === own.length && en.get(code) === own.length);
    return { topics: truth.size, right: right.length };
  } finally {
    await product.drop();
  }
}
