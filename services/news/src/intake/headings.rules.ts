import type { PageShape } from './page-shape.rules.ts';
import type { Reading } from './reading.rules.ts';
import { confidenceOf } from './reading.rules.ts';
import { type Unit, weightOf } from './units.rules.ts';

export type Heading = { heading: string; level: number };

const WEIGHT_MAX = 110;
const PLAIN_WEIGHT_MAX = 80;
const PLAIN_LEVEL = 2;
const NUMBERED =
  /^(?:(?<digits>\d{1,2}(?:\.\d{1,2}){0,3})[.)]?\s+(?=\p{L})|(?:[IVX]{1,5})[.)]\s+(?=\p{L})|[一二三四五六七八九十]{1,3}[、.]\s?|[((][一二三四五六七八九十]{1,3}[))]\s?|第[一二三四五六七八九十]{1,3}[章节部][、::\s]?|(?:Нэг|Хоёр|Гурав|Дөрөв|Тав)\.\s+)/u;
const SIGNED = /^(?:[■◆●▲▶◇□○★☆♦]\s?|【[^】]{1,40}】$|<[^<>]{2,40}>$|\[[^[\]]{2,40}\]$)/u;
const ENDS_SENTENCE = /[.!。…;,;、][»”"'’)]*$/u;

/** Whether a unit of the body is a heading, how deep, and how sure that is; undefined for one that cannot be. */
export function judgeHeading(place: number, { units, bodyFrom, tailFrom }: PageShape): Reading<Heading> | undefined {
  const unit = units[place];
  if (!unit || place < bodyFrom || place >= tailFrom) return undefined;
  const { text, span, mark } = unit;
  if (unit.kind !== 'short' && unit.kind !== 'heading') return undefined;
  const level = mark?.type === 'heading' ? mark.level : levelOf(text);
  if (mark?.type === 'heading') return { value: { heading: text, level }, confidence: 0.96, span };
  const confidence = confidenceOf(formOf(unit, units[place - 1]) + followOf(units, place));
  return { value: { heading: text, level }, confidence, span };
}

/** `2.1 Prices` is one deeper than `2 Prices`. */
function levelOf(text: string): number {
  const depth = NUMBERED.exec(text)?.groups?.digits?.split('.').filter(Boolean).length ?? 1;
  return Math.min(6, PLAIN_LEVEL + depth - 1);
}

function formOf({ text, isAfterGap }: Unit, above: Unit | undefined): number {
  const weight = weightOf(text);
  if (weight > WEIGHT_MAX || !/\p{L}{2}/u.test(text)) return 0;
  if (isCapitals(text) && !/[.,;]$/u.test(text)) return 0.75;
  if (NUMBERED.test(text) && !ENDS_SENTENCE.test(text)) return 0.72;
  if (SIGNED.test(text)) return 0.72;
  if (weight > PLAIN_WEIGHT_MAX || ENDS_SENTENCE.test(text) || !/^["'«“「『(]?[\p{Lu}\p{Lo}\p{N}]/u.test(text))
    return 0.1;
  const apart = isAfterGap ? 0.12 : 0;
  const afterText = above?.kind === 'paragraph' || above?.kind === 'quote' ? 0.05 : 0;
  const colon = /:$/u.test(text) ? -0.2 : 0;
  return 0.42 + apart + afterText + colon;
}

/** A heading has text under it; another of its kind directly under it makes a list or a menu of both. */
function followOf(units: Unit[], place: number): number {
  const next = units.slice(place + 1).find(({ kind }) => kind !== 'chrome');
  const isSentence = next?.kind === 'short' && /[.。]$/u.test(next.text);
  if (next?.kind === 'paragraph' || next?.kind === 'quote' || isSentence) return 0.14;
  if (next?.kind === 'item') return 0.05;
  return next?.kind === 'heading' ? 0 : -0.3;
}

/** In scripts that have capitals: no other letters, more than an abbreviation. */
function isCapitals(text: string): boolean {
  const letters = text.match(/\p{L}/gu) ?? [];
  return letters.length >= 4 && !/\p{Ll}/u.test(text) && /\p{Lu}/u.test(text);
}
