import { findMasthead } from './masthead.rules.ts';
import type { Unit } from './units.rules.ts';

/**
 * Where the article is in its page, as places in the list of units: `head` is what stands above its text (the headline
 * is there), `body` its text, `tail` what follows; each from its first place up to the next's.
 */
export type PageShape = {
  units: Unit[];
  headFrom: number;
  bodyFrom: number;
  tailFrom: number;
  /** What the page is called in its first line. */
  masthead?: ReturnType<typeof findMasthead>;
};

/** Lines that hold a headline, above the text, at most. */
const HEAD_UNITS_MAX = 12;
/** An item this long is a sentence of a list and not the name of a menu's entry. */
const ITEM_TEXT_MIN = 60;

const isText = ({ kind, text }: Unit) =>
  kind === 'paragraph' || kind === 'quote' || (kind === 'item' && text.length >= ITEM_TEXT_MIN);

/** Finds the article: from its first paragraph to the last one before other stories begin. */
export function shapePage(units: Unit[]): PageShape {
  const first = units.findIndex(isText);
  const bodyFrom = first < 0 ? units.length : first;
  const related = units.findIndex((unit, place) => place > bodyFrom && endsArticle(unit, units, place));
  const until = related < 0 ? units.length : related;
  const last = units.findLastIndex((unit, place) => place < until && isContent(unit));
  const tailFrom = Math.max(bodyFrom, Math.min(until, last + 1));
  const masthead = findMasthead({ units, bodyFrom });
  return { units, headFrom: headOf(units, bodyFrom), bodyFrom, tailFrom, masthead };
}

/** Text, or a list or heading that belongs to it. */
const isContent = (unit: Unit) => isText(unit) || unit.kind === 'item';

/** "Related" in the middle of a text is a box: text goes on after it for longer than a teaser. */
function endsArticle(unit: Unit, units: Unit[], place: number): boolean {
  if (unit.kind !== 'related') return false;
  const after = units.slice(place + 1).filter(({ kind }) => kind === 'paragraph');
  const before = units.slice(0, place).filter(({ kind }) => kind === 'paragraph');
  return after.length === 0 || before.length >= after.length;
}

/** Upwards from the text as long as lines may belong to it: menus and lists end the head. */
function headOf(units: Unit[], bodyFrom: number): number {
  let from = bodyFrom;
  while (from > 0 && bodyFrom - from < HEAD_UNITS_MAX) {
    const above = units[from - 1];
    if (!above || above.kind === 'item' || above.kind === 'related') break;
    from -= 1;
  }
  return from;
}
