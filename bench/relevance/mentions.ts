import { halfOf, readRecords } from './eval-files.ts';
import type { EvalSet } from './eval-set.ts';
import { toArticle } from './to-states.ts';

type Sentence = { id: number; text: string; entities: [start: number, end: number, type: string][] };

/** Case endings, as they stand behind a name with a hyphen or without. */
const ENDING =
  /^-?(?:н?[ыи]й?н?|г?ийн|н?д|т|н?[аэоө]{2}с|г[аэоө]{2}с|г?[ыи]йг|г|[аэоө]{2}р|г[аэоө]{2}р|т[аэо]й|[рл][уү]{2})$/u;
const INFLECTED_MIN = 3;

/**
 * Sentences in which a place or an organisation is named, asked for by the bare name: relevant is what names it bare or
 * with a case ending. Only names of one word that are met bare and at least three times inflected.
 */
export function readMentions(dir: string): EvalSet {
  const sentences = readRecords<Sentence>(dir, 'mongolian/ner-news.jsonl.gz');
  const named = sentences.flatMap(({ id, text, entities }) =>
    entities
      .filter(([, , type]) => type === 'LOC' || type === 'ORG')
      .map(([start, end]) => ({ id, name: text.slice(start, end).trim().toLowerCase() }))
      .filter(({ name }) => /^[\p{L}-]{3,}$/u.test(name)),
  );
  const heads = [...new Set(named.map(({ name }) => name))].filter((name) => !name.includes('-'));
  const queries = heads.flatMap((head) => {
    const mentions = named.filter(({ name }) => name === head || isInflected(name, head));
    if (mentions.filter(({ name }) => name !== head).length < INFLECTED_MIN) return [];
    const judged = new Map(mentions.map(({ id }) => [`article_${id}`, 1]));
    return [{ q: head, judged, half: halfOf(head), form: 'mentions' }];
  });
  const documents = sentences.map(({ id, text }) => toArticle(String(id), { language: 'mn', plainText: text }));
  return { documents, queries, kind: 'article' };
}

const isInflected = (name: string, head: string) => name.startsWith(head) && ENDING.test(name.slice(head.length));
