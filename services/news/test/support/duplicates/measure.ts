import type { LocaleTag } from '@ortoo/shared/contracts';
import { ALIKE_MIN, type Fingerprint, fingerprintOf, likenessOf } from '../../../src/duplicates/fingerprint.rules.ts';
import { createDraw, type Draw, editCopy, type Made, makeArticle, textOf } from './generator.ts';

const editings = ['replaced', 'deleted', 'inserted', 'mixed'] as const;
/** What is measured by the test and by `npm run bench:duplicates` alike. */
export const languages = ['mn', 'en', 'ru', 'ko', 'zh'] as const;
export const lengths = [80, 120, 200, 500, 1_500];
const SHARE_CHANGED = 0.05;

/** What was found among generated articles of one language and length, all of one topic. */
type Row = {
  language: LocaleTag;
  length: number;
  copies: number;
  found: number;
  pairs: number;
  falseAlarms: number;
  /** Pairs of copies, each with its own words changed, and those that are found. */
  cousins: number;
  cousinsFound: number;
  /** Of different articles that share a key, and so are looked at. */
  candidates: number;
};

type Effort = { languages: readonly LocaleTag[]; lengths: readonly number[]; articles: number };

/** Makes articles and edited copies of them, and looks for the copies as the service does: by a key, then by likeness. */
export function measure({ languages, lengths, articles }: Effort): Row[] {
  return languages.flatMap((language) => lengths.map((length) => measureOne({ language, length, articles })));
}

function measureOne({ language, length, articles }: { language: LocaleTag; length: number; articles: number }): Row {
  const draw = createDraw(length);
  const made = Array.from({ length: articles }, () => makeArticle(draw, { language, topic: length % 4, length }));
  const prints = made.map(printOf);
  const row = {
    language,
    length,
    copies: 0,
    found: 0,
    pairs: 0,
    falseAlarms: 0,
    cousins: 0,
    cousinsFound: 0,
    candidates: 0,
  };
  made.forEach((article, place) => {
    for (const editing of editings) {
      row.copies += 1;
      const copy = editedPrint(draw, article, editing);
      if (isFound(prints[place], copy)) row.found += 1;
      row.cousins += 1;
      if (isFound(copy, editedPrint(draw, article, editing))) row.cousinsFound += 1;
    }
    for (const other of prints.slice(place + 1)) {
      row.pairs += 1;
      if (shareKey(prints[place], other)) row.candidates += 1;
      if (isFound(prints[place], other)) row.falseAlarms += 1;
    }
  });
  return row;
}

type Print = Fingerprint | undefined;

const printOf = (article: Made): Print => fingerprintOf(textOf(article));

const editedPrint = (draw: Draw, article: Made, editing: (typeof editings)[number]): Print =>
  printOf(editCopy(draw, article, { share: SHARE_CHANGED, editing }));

const shareKey = (one: Print, other: Print): boolean =>
  Boolean(one && other?.duplicateKeys.some((key) => one.duplicateKeys.includes(key)));

const isFound = (one: Print, other: Print): boolean =>
  Boolean(one && other && shareKey(one, other) && likenessOf(one.fingerprint, other.fingerprint) >= ALIKE_MIN);

/** The sums of rows. */
export function totalOf(rows: readonly Row[]) {
  const sum = (name: Exclude<keyof Row, 'language' | 'length'>) => rows.reduce((total, row) => total + row[name], 0);
  return {
    recall: sum('found') / sum('copies'),
    falseAlarmRate: sum('falseAlarms') / sum('pairs'),
    cousinRecall: sum('cousinsFound') / sum('cousins'),
    candidateRate: sum('candidates') / sum('pairs'),
    copies: sum('copies'),
    pairs: sum('pairs'),
  };
}
