import { readFileSync } from 'node:fs';
import { sampleId } from './sample-portal.ts';

/** A query, the ids that it must find, and among how many of the first. */
export type Wanted = { group: string; within: number; q: string; ids: string[]; isHeldBack: boolean };
/** A query with the ids that were found, in their order. */
export type Answered = { wanted: Wanted; found: string[] };
/** Shares of 0 to 1: of the queries with a wanted document among the first 1, 3 and 10, and with all within their own limit. */
type Measured = { queries: number; at1: number; at3: number; at10: number; all: number };

function rowsOf(file: string): string[][] {
  const text = readFileSync(new URL(`tables/${file}`, import.meta.url), 'utf8');
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return lines.map((line) => line.split('|').map((cell) => cell.trim()));
}

/** The queries over the samples; every third of a group is held back. */
export function readQueries(): Wanted[] {
  const places = new Map<string, number>();
  return rowsOf('portal-queries.txt').map(([group = '', within = '', q = '', documents = '']) => {
    const place = (places.get(group) ?? 0) + 1;
    places.set(group, place);
    return { group, within: Number(within), q, ids: documents.split(' ').map(sampleId), isHeldBack: place % 3 === 0 };
  });
}

/** The questions about categories; every second one is held back. */
export function readQuestions(): Wanted[] {
  return rowsOf('category-questions.txt').map(([code = '', q = ''], place) => ({
    group: 'question',
    within: 3,
    q,
    ids: [code],
    isHeldBack: place % 2 === 1,
  }));
}

/** How well the found ids, in their order, are what was wanted. */
export function measure(answers: Answered[]): Measured {
  const share = (isGood: (answer: Answered) => boolean) => answers.filter(isGood).length / answers.length;
  const first = (count: number) =>
    share(({ wanted, found }) => wanted.ids.some((id) => found.slice(0, count).includes(id)));
  const all = share(({ wanted, found }) => wanted.ids.every((id) => found.slice(0, wanted.within).includes(id)));
  return { queries: answers.length, at1: first(1), at3: first(3), at10: first(10), all };
}
