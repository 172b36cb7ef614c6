import type { Half } from './labelled-pages.ts';
import type { HalfResult } from './measure.ts';
import type { Measured } from './score.ts';

/** What precision and recall both are to reach; of headings it is F1. */
const aims: Partial<Record<Measured, number>> = {
  headline: 0.97,
  date: 0.97,
  source: 0.95,
  editor: 0.95,
  headings: 0.93,
  language: 0.99,
};
/** Values answered where the page has none. */
export const INVENTED_MAX = 0.02;

const columns = ['precision', 'recall', 'f1', 'abstention', 'invented', 'values'] as const;

/** A half as a table, for people. */
export function describeHalf(half: Half, { pages, fields, invented, languages }: HalfResult): string {
  const rows = Object.entries(fields).map(([field, shares]) => [
    field,
    ...columns.map((column) => shownShare(shares[column])),
    String(aims[field as Measured] ?? ''),
  ]);
  const byLanguage = Object.entries(languages).flatMap(([language, both]) =>
    Object.entries(both).map(([field, shares]) => [
      `${language} ${field}`,
      ...columns.map((column) => shownShare(shares[column])),
      '',
    ]),
  );
  const table = [['field', ...columns, 'aim'], ...rows, ...byLanguage].map(asLine);
  return [
    `${half}: ${pages} pages`,
    ...table,
    `invented over all fields: ${invented} (at most ${INVENTED_MAX})`,
    '',
  ].join('\n');
}

const shownShare = (share: number | null) => (share === null ? '-' : String(share));
const asLine = (cells: string[]) =>
  cells
    .map((cell, place) => cell.padEnd(place === 0 ? 14 : 11))
    .join('')
    .trimEnd();
