import type { Random } from '@ortoo/shared/kernel';
import { createZipf } from './shares.ts';
import { tradeList } from './trade-list.ts';
import { parseWords, type Word } from './words.ts';

/** Something that companies of a category sell; `price` is the middle one, in MNT. A product has an HS code, a service none. */
export type Good = Word & { unit: string; hsCode: string | undefined; price: number };

export type Trade = { category: string; words: Word[]; supplierTypes: string[]; goods: Good[] };

/** What is done in each category, the commonest first. */
export const trades: readonly Trade[] = tradeList.trim().split('# ').filter(Boolean).map(parseTrade);

/** The share of a category follows from its place in the list: 1, 1/2, 1/3 … */
export const drawTrade: (random: Random) => Trade = createZipf(trades);

function parseTrade(text: string): Trade {
  const [head = '', ...rows] = text.trim().split('\n');
  const [category = '', words = '', supplierTypes = ''] = cellsOf(head);
  const goods = rows.map(cellsOf).map(([mn = '', en = '', unit = '', hsCode = '', price]) => {
    return { mn, en, unit, hsCode: hsCode || undefined, price: Number(price) };
  });
  return { category, words: parseWords(words.replaceAll(',', '')), supplierTypes: supplierTypes.split(' '), goods };
}

function cellsOf(row: string): string[] {
  return row.split('|').map((cell) => cell.trim());
}
