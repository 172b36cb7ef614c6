import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Results } from './results.ts';
import { printTables } from './tables.ts';

const root = join(import.meta.dirname, '../..');
const resultFile = join(root, 'bench/results/relevance.json');
const page = join(root, 'docs/search.md');
const BEGIN = '<!-- tables: written by bench:relevance -->';
const END = '<!-- end of tables -->';

export function readResults(): Results {
  return existsSync(resultFile) ? (JSON.parse(readFileSync(resultFile, 'utf8')) as Results) : {};
}

/** Keeps the figures, and writes their tables into docs/search.md. */
export function keepResults(results: Results): void {
  writeFileSync(resultFile, `${JSON.stringify(results, null, 2)}\n`);
  writeFileSync(page, withTables(readFileSync(page, 'utf8'), printTables(results)));
}

/** The text of the page with these tables between its marks. Throws where it has no marks. */
export function withTables(text: string, tables: string): string {
  const [begin, end] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error('docs/search.md has no place for the tables.');
  return `${text.slice(0, begin + BEGIN.length)}\n${tables}\n${text.slice(end)}`;
}

/** What docs/search.md says now. */
export const readPage = () => readFileSync(page, 'utf8');
