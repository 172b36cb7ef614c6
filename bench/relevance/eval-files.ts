import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** Tuned on, and only measured. */
export const halves = ['tune', 'test'] as const;
export type Half = (typeof halves)[number];

export const setNames = [
  'movies',
  'cranfield',
  'vaswani',
  'names',
  'mentions',
  'portal',
  'questions',
  'twins',
] as const;
export type SetName = (typeof setNames)[number];

/** The files that each set is read from. */
const files: Record<SetName, string[]> = {
  movies: ['movies/movies-corpus.jsonl.gz', 'movies/movies-judgments.tsv.gz'],
  cranfield: ['cranfield/docs.jsonl.gz', 'cranfield/queries.jsonl', 'cranfield/qrels.tsv'],
  vaswani: ['vaswani/docs.jsonl.gz', 'vaswani/queries.jsonl', 'vaswani/qrels.tsv'],
  names: ['mongolian/company-names.csv.gz', 'knownitem/knownitem-seed1.jsonl'],
  mentions: ['mongolian/ner-news.jsonl.gz'],
  twins: ['sib200/sib200.jsonl.gz'],
  // The project's own, over `data/`.
  portal: [],
  questions: [],
};

/** Whether any of the sets is read from files that are kept elsewhere. */
export const isKeptElsewhere = (sets: readonly SetName[]) => sets.some((set) => files[set].length > 0);

/** Which files of the sets are not there. */
export function missingFiles(dir: string, sets: readonly SetName[]): string[] {
  return sets.flatMap((set) => files[set]).filter((file) => !existsSync(join(dir, file)));
}

export function readLines(dir: string, file: string): string[] {
  const bytes = readFileSync(join(dir, file));
  const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  return text.split('\n').filter((line) => line !== '');
}

export const readRecords = <T>(dir: string, file: string) => readLines(dir, file).map((line) => JSON.parse(line) as T);

/** Rows of a table below its heading. */
export const readRows = (dir: string, file: string) =>
  readLines(dir, file)
    .slice(1)
    .map((line) => line.split('\t'));

export const md5 = (text: string) => createHash('md5').update(text).digest('hex');

/** Half and half by the first hex digit of the md5 of what names a query. */
export const halfOf = (key: string): Half => (md5(key) < '8' ? 'tune' : 'test');
