import { halfOf, halves, md5, readLines, readRecords, readRows, type SetName } from './eval-files.ts';
import type { EvalSet } from './eval-set.ts';
import { readMentions } from './mentions.ts';
import { readPortal } from './portal.ts';
import { type Movie, toArticle, toCompany, toMovie } from './to-states.ts';

const MOVIES_PER_HALF = 1_000;

/** What is loaded and asked of a set; `twins` are counted, not asked (`twins.ts`). */
export function readSet(dir: string, set: Exclude<SetName, 'twins'>): EvalSet {
  if (set === 'movies') return readMovies(dir);
  if (set === 'names') return readNames(dir);
  if (set === 'mentions') return readMentions(dir);
  if (set === 'portal' || set === 'questions') return readPortal(set);
  return readAbstracts(dir, set);
}

function readMovies(dir: string): EvalSet {
  const documents = readRecords<Movie>(dir, 'movies/movies-corpus.jsonl.gz').map(toMovie);
  const texts = new Map<string, string>();
  const judgedOf = new Map<string, Map<string, number>>();
  for (const [id = '', q = '', doc = '', grade = '0'] of readRows(dir, 'movies/movies-judgments.tsv.gz')) {
    texts.set(id, q);
    const judged = judgedOf.get(id) ?? new Map<string, number>();
    judgedOf.set(id, judged.set(`offering_${doc}`, Number(grade)));
  }
  const inOrder = [...texts]
    .map(([id, q]) => ({ key: id.replace('qid:', ''), q, judged: judgedOf.get(id) ?? new Map<string, number>() }))
    .toSorted((a, b) => (md5(a.key) < md5(b.key) ? -1 : 1));
  const queries = halves.flatMap((half) =>
    inOrder
      .filter(({ key }) => halfOf(key) === half)
      .slice(0, MOVIES_PER_HALF)
      .map(({ q, judged }) => ({ q, judged, half, form: 'movies' })),
  );
  return { documents, queries, kind: 'offering' };
}

/** Cranfield: binary, and the papers that the questions came from stay in the ranking as not relevant. */
function readAbstracts(dir: string, set: 'cranfield' | 'vaswani'): EvalSet {
  const docs = readRecords<{ id: string; title?: string; text: string }>(dir, `${set}/docs.jsonl.gz`);
  const judgedOf = new Map<string, Map<string, number>>();
  for (const [query = '', doc = ''] of readRows(dir, `${set}/qrels.tsv`)) {
    const judged = judgedOf.get(query) ?? new Map<string, number>();
    judgedOf.set(query, judged.set(`article_${doc}`, 1));
  }
  const queries = readRecords<{ id: string; text: string }>(dir, `${set}/queries.jsonl`).map(({ id, text }) => ({
    q: text,
    judged: judgedOf.get(String(id)) ?? new Map<string, number>(),
    half: halfOf(String(id)),
    form: set,
  }));
  const documents = docs.map(({ id, title = '', text }) =>
    toArticle(String(id), { language: 'en', headline: title, plainText: text }),
  );
  return { documents, queries, kind: 'article' };
}

type KnownItem = { form: string; query: string; target: number; answers: number[]; also?: number[] };

function readNames(dir: string): EvalSet {
  const documents = readLines(dir, 'mongolian/company-names.csv.gz').map((line, place) => toCompany(place + 1, line));
  const queries = readRecords<KnownItem>(dir, 'knownitem/knownitem-seed1.jsonl').map((item) => ({
    q: item.query,
    judged: new Map([...item.answers, ...(item.also ?? [])].map((row) => [`company_${row}`, 1])),
    half: halfOf(String(item.target)),
    form: item.form,
  }));
  return { documents, queries, kind: 'company' };
}
