import { isLegalForm, wordsOf } from '@ortoo/shared/contracts';
import type { Engine } from '../../services/search/src/index/engine.ts';
import { NEARNESS_SURE, rankNames } from '../../services/search/src/query/relaxed-names.ts';

/** A search body, looked at as what it is sent as. */
export type Body = Record<string, unknown>;
export type Answer = Awaited<ReturnType<Engine['search']>>;

/** A part of the ranking that is taken away where the product meets what is around it; all else stays the product's. */
export type Ablation = {
  name: string;
  /** What is typed instead. */
  typed?(q: string): string;
  /** The body that is sent to the engine, without the part; null for a search that is not asked at all. */
  cut?(body: Body): Body | null;
  /** What the engine's answer is taken for. */
  answered?(body: Body, answer: Answer): Answer;
  /** No words of a category are known. */
  hasNoCategoryWords?: boolean;
};

const isAbout = (node: unknown, field: string) => JSON.stringify(node).includes(field);
const isLeaf = (node: unknown) => !isAbout(node, '"should"') && !isAbout(node, '"queries"');

/** The same tree without the clauses that are about a field; one that asks other fields too loses this one alone. */
function without(node: unknown, field: string): unknown {
  if (Array.isArray(node)) {
    if (node.every((one) => typeof one === 'string')) return node.filter((one) => !one.includes(field));
    const left = node.map((one) => without(one, field));
    return left.filter((one) => !(isLeaf(one) && (isAbout(one, field) || isAbout(one, '"fields":[]'))));
  }
  if (node === null || typeof node !== 'object') return node;
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, without(value, field)]));
}

/** The same tree with the reward for all words, the one constant that has a name, counting nothing. */
function unrewarded(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(unrewarded);
  if (node === null || typeof node !== 'object') return node;
  const { constant_score: constant } = node as { constant_score?: { _name?: string } };
  if (constant?._name !== undefined) return { constant_score: { ...constant, boost: 0 } };
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, unrewarded(value)]));
}

type PerWord = { multi_match: { query: string; type: string; tie_breaker?: number } };
const isPerWord = (node: unknown): node is PerWord => (node as Partial<PerWord>)?.multi_match?.type === 'best_fields';

/** One clause for all words in place of one for each. */
function fieldCentric(node: unknown): unknown {
  if (Array.isArray(node)) {
    const words = node.filter(isPerWord);
    const [first] = words;
    if (!first || words.length < 2) return node.map(fieldCentric);
    const query = words.map(({ multi_match: { query: word } }) => word).join(' ');
    const rest = node.filter((one) => !isPerWord(one)).map(fieldCentric);
    return [{ multi_match: { ...first.multi_match, query } }, ...rest];
  }
  if (node === null || typeof node !== 'object') return node;
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, fieldCentric(value)]));
}

const cutClauses = (field: string) => (body: Body) => ({ ...body, query: without(body.query, field) });
const isByTrigrams = (body: Body) => isAbout(body.query, 'name_all.tri');
const isByWords = (body: Body) => isAbout(body.query, 'fuzziness') && isAbout(body.query, 'name_all.skeleton');
const isSecondLook = (body: Body) => isByTrigrams(body) || isAbout(body.query, 'fuzziness');

/** What names were looked for by, all at once or word by word. */
function typedIn(body: Body): string {
  const found = JSON.stringify(body.query).matchAll(/"name_all\.(?:tri|skeleton)":\{"query":"([^"]*)"/g);
  return [...found].map(([, typed]) => typed).join(' ');
}

/**
 * Candidates that the product is sure of as if their names were what was typed: none is nearer than another, and the
 * engine's order stands. Which candidates it is sure of, edit distance says as before.
 */
function surelyAlike(body: Body, answer: Answer): Answer {
  if (!isByTrigrams(body) && !isByWords(body)) return answer;
  const typed = typedIn(body);
  const named = answer.hits.map(({ id, source }) => ({ id, names: (source as { name_all: string[] }).name_all }));
  const near = rankNames(wordsOf(typed), named).filter(({ nearness }) => nearness >= NEARNESS_SURE);
  const sure = new Set(near.map(({ id }) => id));
  const hits = answer.hits.map((hit) => (sure.has(hit.id) ? { ...hit, source: { name_all: [typed] } } : hit));
  return { ...answer, hits };
}

/** Legal forms with their last letter twice: a spelling that the table of forms has not, and so nothing cuts. */
function misspeltForms(q: string): string {
  return q.replace(/[\p{L}]+/gu, (word) => (isLegalForm(word) ? word + word.slice(-1) : word));
}

/** One at a time. The test holds each against what the product asks, so that none takes away what is no longer there. */
export const ablations: Ablation[] = [
  { name: 'skeleton', cut: (body) => (isByWords(body) ? null : cutClauses('.skeleton')(body)) },
  { name: 'trigrams', cut: (body) => (isByTrigrams(body) ? null : body) },
  { name: 'near words', cut: (body) => (isByWords(body) ? null : body) },
  { name: 're-ranking by edit distance', answered: surelyAlike },
  { name: 'second look', cut: (body) => (isSecondLook(body) ? null : body) },
  { name: 'prefix', cut: cutClauses('name_all.prefix') },
  { name: 'term-centric scoring', cut: (body) => ({ ...body, query: fieldCentric(body.query) }) },
  { name: 'neighbours', cut: cutClauses('"type":"phrase"') },
  { name: 'reward for all words', cut: (body) => ({ ...body, query: unrewarded(body.query) }) },
  { name: 'category intent', hasNoCategoryWords: true },
  { name: 'quality, verification and recency', cut: cutClauses('function_score') },
  { name: 'cutting of legal forms from the query', typed: misspeltForms },
];
