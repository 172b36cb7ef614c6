import type { Extraction } from '@ortoo/shared/contracts';
import type { Labels } from './labelled-pages.ts';

/** What is measured; `date` is the day on which the source published, `headings` are the sections. */
export const measured = [
  'headline',
  'source',
  'editor',
  'authors',
  'date',
  'headings',
  'language',
  'categories',
] as const;
export type Measured = (typeof measured)[number];

/** One field of one page: how many values it has, how many were answered, how many of these are right. */
export type Count = { expected: number; answered: number; right: number };

type Field = Extraction['fields'];
type Source = NonNullable<Labels['source']>;

/** Counts a field of a page; undefined where its label says that nobody can tell. */
export function countField(field: Measured, labels: Labels, found: Field): Count | undefined {
  if (field === 'headings')
    return countItems(
      labels.headings,
      found.sections?.value.map(({ heading }) => heading),
    );
  if (field === 'authors') return countItems(labels.authors ?? [], found.authors?.value);
  if (field === 'categories') return labels.categories && countItems(labels.categories, found.categories?.value);
  return {
    expected: isLabelled(field, labels) ? 1 : 0,
    answered: found[field === 'date' ? 'sourcePublishedAt' : field] ? 1 : 0,
    right: isRight(field, labels, found) ? 1 : 0,
  };
}

const isLabelled = (field: 'headline' | 'source' | 'editor' | 'date' | 'language', labels: Labels) =>
  labels[field] !== undefined;

function isRight(field: 'headline' | 'source' | 'editor' | 'date' | 'language', labels: Labels, found: Field): boolean {
  if (field === 'source') return isSource(labels.source, found.source?.value);
  if (field !== 'date') return found[field] !== undefined && same(labels[field] ?? '', found[field].value);
  const { date, precision } = found.sourcePublishedAt?.value ?? {};
  return [labels.date ?? []].flat().some((label) => label === date && precisionOf(label) === precision);
}

const precisions: Record<number, string> = { 4: 'year', 7: 'month', 10: 'day', 16: 'minute' };
const precisionOf = (date: string) => precisions[date.length];

/** Nothing that is answered may differ from the label, and one of its members must be there. */
function isSource(label: Source | undefined, found: Source | undefined): boolean {
  if (!label || !found) return false;
  const members = (['name', 'domain'] as const).filter((member) => found[member] !== undefined);
  return members.length > 0 && members.every((member) => same(label[member] ?? '', found[member] ?? ''));
}

function countItems(labels: string[], found: readonly string[] = []): Count {
  const left = labels.map(plain);
  let right = 0;
  for (const item of found) {
    const place = left.indexOf(plain(item));
    if (place >= 0) {
      left.splice(place, 1);
      right += 1;
    }
  }
  return { expected: labels.length, answered: found.length, right };
}

const same = (one: string, other: string) => plain(one) === plain(other);

/** Blanks, capitals and signs that decorate a heading are no part of what it says. */
const plain = (text: string) =>
  text
    .replace(/^[■◆●▲\s]+/u, '')
    .replace(/\s+/gu, ' ')
    .trim()
    .toLowerCase();

/** A field over many pages. Shares are from 0 to 1, null where there is nothing to divide by. */
export type Tally = {
  pages: number;
  expected: number;
  answered: number;
  right: number;
  /** Pages that have a value and were answered none. */
  abstained: number;
  /** Pages without a value, and those of them that were answered one. */
  without: number;
  invented: number;
};

export const emptyTally = (): Tally => ({
  pages: 0,
  expected: 0,
  answered: 0,
  right: 0,
  abstained: 0,
  without: 0,
  invented: 0,
});

export function addCount(tally: Tally, { expected, answered, right }: Count): void {
  tally.pages += 1;
  tally.expected += expected;
  tally.answered += answered;
  tally.right += right;
  if (expected > 0 && answered === 0) tally.abstained += 1;
  if (expected === 0) tally.without += 1;
  if (expected === 0 && answered > 0) tally.invented += 1;
}

const share = (part: number, whole: number) => (whole === 0 ? null : Math.round((part / whole) * 1_000) / 1_000);

export function sharesOf({ pages, expected, answered, right, abstained, without, invented }: Tally) {
  return {
    precision: share(right, answered),
    recall: share(right, expected),
    f1: share(2 * right, answered + expected),
    abstention: share(abstained, pages - without),
    invented: share(invented, without),
    values: expected,
  };
}
