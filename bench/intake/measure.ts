import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Extraction } from '@ortoo/shared/contracts';
import { categoryWords } from '../../services/news/src/intake/intake.rules.ts';
import { readPage } from '../../services/news/src/intake/read-page.ts';
import { type Half, type LabelledPage, readLabelledPages } from './labelled-pages.ts';
import { addCount, countField, emptyTally, type Measured, measured, sharesOf, type Tally } from './score.ts';

/** A value that is not as labelled. */
export type Miss = { page: string; field: Measured; expected: unknown; found: unknown };
type Shares = ReturnType<typeof sharesOf>;
export type HalfResult = {
  pages: number;
  fields: Record<Measured, Shares>;
  /** Values that were answered where the page has none, over all fields. */
  invented: number;
  /** Headline and date by the language of the page. */
  languages: Record<string, Record<'headline' | 'date', Shares>>;
};

const dataFile = join(import.meta.dirname, '../../data/categories.json');

/** Reads every page of a half as the worker does, without one, and compares what it reads with the labels. */
export function measureHalf(half: Half): { result: HalfResult; misses: Miss[] } {
  const words = categoryWords(readCategoryNames());
  const pages = readLabelledPages(half);
  const fields = tallies();
  const byLanguage = new Map<string, Record<Measured, Tally>>();
  const misses: Miss[] = [];
  for (const page of pages) {
    const outcome = readPage({ request: page.request, categories: words });
    const found = outcome.type === 'read' ? outcome.page.extraction.fields : {};
    const language = page.labels.language ?? 'other';
    const own = byLanguage.get(language) ?? tallies();
    byLanguage.set(language, own);
    for (const field of measured) {
      const count = countField(field, page.labels, found);
      if (!count) continue;
      addCount(fields[field], count);
      addCount(own[field], count);
      if (count.right < Math.max(count.expected, count.answered)) misses.push(missOf(field, page, found));
    }
  }
  return { result: resultOf({ pages: pages.length, fields, byLanguage }), misses };
}

const tallies = () => Object.fromEntries(measured.map((field) => [field, emptyTally()])) as Record<Measured, Tally>;

function readCategoryNames() {
  const categories = JSON.parse(readFileSync(dataFile, 'utf8')) as {
    id: string;
    name: Record<string, string>;
    synonyms?: Record<string, string[]>;
  }[];
  return new Map(categories.map(({ id, name, synonyms = {} }) => [id, { name, synonyms }]));
}

function missOf(field: Measured, { name, labels }: LabelledPage, found: Extraction['fields']): Miss {
  const read = { ...found, date: found.sourcePublishedAt, headings: found.sections };
  return { page: name, field, expected: labels[field], found: read[field]?.value };
}

type Measurement = {
  pages: number;
  fields: Record<Measured, Tally>;
  byLanguage: ReadonlyMap<string, Record<Measured, Tally>>;
};

function resultOf({ pages, fields, byLanguage }: Measurement): HalfResult {
  const all = Object.values(fields);
  const sum = (count: (tally: Tally) => number) => all.reduce((total, tally) => total + count(tally), 0);
  const languages = [...byLanguage].map(([language, { headline, date }]) => {
    return [language, { headline: sharesOf(headline), date: sharesOf(date) }] as const;
  });
  return {
    pages,
    fields: Object.fromEntries(measured.map((field) => [field, sharesOf(fields[field])])) as HalfResult['fields'],
    invented: Math.round((sum(({ invented }) => invented) / sum(({ without }) => without)) * 1_000) / 1_000,
    languages: Object.fromEntries(languages),
  };
}
