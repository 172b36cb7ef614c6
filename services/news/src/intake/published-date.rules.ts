import type { FuzzyDate } from '@ortoo/shared/contracts';
import { type FoundDate, findDates } from './date-forms.rules.ts';
import { loneLabel, readLabels } from './labels.rules.ts';
import type { PageShape } from './page-shape.rules.ts';
import type { Reading } from './reading.rules.ts';
import type { Unit } from './units.rules.ts';

/** A first line's date must stand this near to its beginning to be a dateline. */
const DATELINE_MAX = 60;

/**
 * When the source says that it published: what is labelled so, a bare date above the text, one in a line of its own
 * below it, a dateline. A day of change, of a copyright or of other stories is none.
 */
export function readPublished(shape: PageShape): Reading<FuzzyDate>[] {
  const { units, headFrom, bodyFrom, tailFrom } = shape;
  const related = units.findIndex(({ kind }, place) => place >= bodyFrom && kind === 'related');
  return units.flatMap((unit, place) => {
    if (unit.kind === 'meta') return metaDate(unit);
    const isOther = related >= 0 && place > related;
    const isAbove = place < bodyFrom;
    if (place >= bodyFrom && place < tailFrom && unit.kind === 'paragraph') {
      return place === bodyFrom ? dateline(unit) : [];
    }
    const bare = isAbove ? (place >= headFrom ? 0.86 : 0.65) : isOther ? 0 : 0.72;
    return lineDates(unit, units[place - 1], bare);
  });
}

/** What metadata call the day of publication, and the first `<time>` of the article. */
const metaConfidence: Record<string, number> = { datePublished: 0.97, time: 0.88 };

function metaDate({ text, span, mark }: Unit): Reading<FuzzyDate>[] {
  const confidence = mark?.type === 'meta' ? metaConfidence[mark.member] : undefined;
  if (confidence === undefined) return [];
  return findDates(text)
    .slice(0, 1)
    .map((found) => placed(found, span[0], confidence));
}

function lineDates({ text, span, kind }: Unit, above: Unit | undefined, bare: number): Reading<FuzzyDate>[] {
  const labels = readLabels(text);
  return findDates(text).flatMap((found) => {
    const label = labels.findLast(({ start }) => start <= found.span[0] + 2) ?? undefined;
    const lone = above ? loneLabel(above.text) : undefined;
    const kindOfLabel = label?.kind ?? lone;
    if (kindOfLabel === 'updated') return [];
    if (kindOfLabel === 'published') return [placed(found, span[0], 0.95)];
    if (kind !== 'about' && kind !== 'short')
      return kind === 'chrome' && isOnlyDate(text, found) ? [placed(found, span[0], bare - 0.1)] : [];
    const isBare = kind === 'about' || isOnlyDate(text, found);
    const exact = found.value.precision === 'month' ? -0.1 : 0;
    return isBare && bare > 0 ? [placed(found, span[0], bare + exact)] : [];
  });
}

const isOnlyDate = (text: string, { span: [start, end] }: FoundDate) => text.length - (end - start) <= 14;

/** `УЛААНБААТАР, 2022 оны 9-р сарын 21 (МОНЦАМЭ).` */
function dateline({ text, span }: Unit): Reading<FuzzyDate>[] {
  const [found] = findDates(text.slice(0, DATELINE_MAX + 30));
  if (!found || found.span[0] > DATELINE_MAX || found.value.precision === 'month') return [];
  const before = text.slice(0, found.span[0]);
  const after = text.slice(found.span[1], found.span[1] + 24);
  const isLine =
    /^[\p{Lu}\p{M}\s.,/(-]*$|^[^.]{0,25}[,/(]\s*$/u.test(before) &&
    /^\s*(?:г\.?|ны|ний)?\s*[)]?\s*(?:[(/][^()/]{2,20}[)/])?\s*[-–—:.(/]/u.test(after);
  return isLine ? [placed(found, span[0], 0.74)] : [];
}

const placed = ({ value, span: [start, end] }: FoundDate, from: number, confidence: number): Reading<FuzzyDate> => ({
  value,
  confidence,
  span: [from + start, from + end],
});
