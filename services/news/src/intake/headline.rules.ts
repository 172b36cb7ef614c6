import type { Span } from '@ortoo/shared/contracts';
import { findDomains } from './domains.rules.ts';
import { readLabels } from './labels.rules.ts';
import { isMediaName, isRubric, mayNameMedium, unquoted } from './media-names.rules.ts';
import type { PageShape } from './page-shape.rules.ts';
import type { Reading } from './reading.rules.ts';
import { confidenceOf } from './reading.rules.ts';
import { type Unit, weightOf } from './units.rules.ts';
import { AGENCIES } from './wording.rules.ts';

/** The headline with the places of what was cut from its line: a domain or a name of the site. */
export type Headline = Reading<Span> & { rest?: Span };

const LENGTH_MAX = 200;
/** Shorter than this is the name of a rubric, longer than that hardly a headline. */
const SHORT = 14;
const SHORT_EASTERN = 8;
const EASTERN = /^[\p{Script=Han}\p{Script=Hangul}\s]+$/u;
const LONG = 110;
const SITE_SEPARATOR = /\s(?:\||::|:|»|—|–|-|·|•|\/)\s|\s?\|\s?|_|\s(?=\[)/gu;
const SITE_WORDS_MAX = 5;
/** Agencies whose names have no word of media in them. */
const AGENCY = new RegExp(`^(?:${AGENCIES.join('|')})$`, 'iu');
const DOMAIN_TAIL = /[\s([|·•–—-]*$/u;

/**
 * Candidates for the headline with their confidence. `value` is the span of its words, so that the caller takes them
 * verbatim.
 */
export function readHeadlines(shape: PageShape): Headline[] {
  const { units, headFrom, bodyFrom } = shape;
  const candidates = units.flatMap((unit, place) => {
    const marked = markedHeadline(unit, place, bodyFrom);
    if (marked) return [marked];
    if (unit.kind !== 'short' && unit.kind !== 'heading') return [];
    if (place < headFrom || place >= bodyFrom) return [];
    if (shape.masthead && place >= shape.masthead.place && place < shape.masthead.end) return [];
    return [plainHeadline(unit, place, shape)];
  });
  return candidates.filter(({ value: [start, end] }) => end - start > 1 && end - start <= LENGTH_MAX);
}

/** What a label, a mark or metadata call the headline. */
function markedHeadline({ text, span, kind, mark }: Unit, place: number, bodyFrom: number): Headline | undefined {
  if (kind === 'meta' && mark?.type === 'meta') {
    const confidence = { headline: 0.97, 'og:title': 0.9, title: 0.72 }[mark.member];
    return confidence === undefined ? undefined : cutSite({ value: span, confidence, span }, text);
  }
  const label = readLabels(text)[0];
  if (label?.kind === 'headline' && label.hasColon && place <= bodyFrom) {
    const start = span[0] + label.start;
    return { value: [start, span[1]], confidence: 0.97, span: [start, span[1]] };
  }
  return undefined;
}

/** A line above the text: how likely it is the headline by its form and its neighbours. */
function plainHeadline(unit: Unit, place: number, { units, headFrom, bodyFrom, masthead }: PageShape): Headline {
  const { text, span, mark } = unit;
  const bare = cutSite({ value: span, confidence: 0, span }, text);
  const weight = weightOf(text.slice(0, bare.value[1] - span[0]));
  const between = units.slice(place + 1, bodyFrom);
  const isNext = between.every(({ kind }) => kind === 'about' || kind === 'short' || kind === 'chrome');
  const others = units.slice(headFrom, bodyFrom).filter((_, at) => headFrom + at >= (masthead?.end ?? 0));
  const rivals = others.slice(0, others.indexOf(unit)).filter((other) => isRival(other)).length;
  const isSole = others.every((other) => other === unit || !isCandidate(other));
  const parts = [
    0.5,
    mark?.type === 'heading' ? (mark.level === 1 ? 0.4 : 0.25) : 0,
    bare.rest ? 0.3 : 0,
    weight < SHORT ? (EASTERN.test(text) && weight >= SHORT_EASTERN ? -0.1 : -0.35) : weight > LONG ? -0.05 : 0.1,
    isSole ? 0.12 : 0,
    isNext ? 0.12 : -0.1,
    unit.isAfterGap ? 0.04 : 0,
    between.some(({ kind }) => kind === 'about') ? 0.1 : 0,
    /[.:;,。、]$/u.test(text) ? -0.25 : 0,
    -0.13 * rivals,
    /\p{L}/u.test(text) ? 0 : -0.5,
    menuPenalty(units, place),
    isRubric(text) ? -0.4 : 0,
    /^\p{Ll}/u.test(text) ? -0.2 : 0,
  ];
  return { ...bare, confidence: confidenceOf(parts.reduce((sum, part) => sum + part, 0)) };
}

const isCandidate = ({ kind, text }: Unit) => (kind === 'short' || kind === 'heading') && !/[.:;,。、]$/u.test(text);

/** A line above that could be the headline as well. */
const isRival = ({ kind, text }: Unit) =>
  (kind === 'short' || kind === 'heading') && weightOf(text) >= SHORT && !isRubric(text);

/** Three short lines in a row without a gap are a menu. Lines of HTML all stand apart. */
function menuPenalty(units: Unit[], place: number): number {
  const isHtml = units.some(({ mark }) => mark?.type === 'meta' || mark?.type === 'chrome');
  const isSpaced = isHtml && units.every(({ isAfterGap }) => isAfterGap);
  const isEntry = (unit: Unit | undefined) =>
    unit !== undefined && ['short', 'chrome', 'item'].includes(unit.kind) && weightOf(unit.text) < 30;
  const isInRun = [place - 2, place - 1, place].some((from) => {
    const run = units.slice(Math.max(0, from), from + 3);
    return run.length === 3 && run.every(isEntry) && (isSpaced || run.slice(1).every(({ isAfterGap }) => !isAfterGap));
  });
  return isInRun ? -0.35 : 0;
}

/** The line without the domain or the site's name at its end. */
function cutSite(headline: Headline, text: string): Headline {
  const [from] = headline.span;
  const domain = findDomains(text).at(-1);
  const isLast = domain && /^[\s)\]]*$/.test(text.slice(domain.span[1]));
  if (domain && isLast && weightOf(text.slice(0, domain.span[0])) > 10) {
    const end = text.slice(0, domain.span[0]).replace(DOMAIN_TAIL, '').length;
    return cutAt(headline, end, [from + domain.span[0], from + domain.span[1]]);
  }
  const front = cutFront(headline, text);
  if (front) return front;
  const separator = [...text.matchAll(SITE_SEPARATOR)].at(-1);
  if (!separator || !isSiteName(text, separator)) return headline;
  const start = separator.index + separator[0].length;
  const bare = /^\[?(?<name>[^\]]*)/u.exec(text.slice(start))?.groups?.name ?? '';
  const begin = start + (text[start] === '[' ? 1 : 0);
  return cutAt(headline, separator.index, [from + begin, from + begin + bare.length]);
}

/** `Steppe Post | A bridge is opened`: a name of a medium before the headline. */
function cutFront(headline: Headline, text: string): Headline | undefined {
  const [address] = findDomains(text);
  if (address?.span[0] === 0) {
    const begin = address.span[1] + (/^\s?[|»:·•–—-]\s/u.exec(text.slice(address.span[1]))?.[0].length ?? text.length);
    return begin < text.length - SHORT ? cutBefore(headline, begin, [0, address.span[1]]) : undefined;
  }
  const [bracketed = '', inner = ''] = /^[[【]([^\]】]{2,20})[\]】]\s*(?=\S)/u.exec(text) ?? [];
  if (isMediaName(inner.replace(/讯$/u, ''))) return cutBefore(headline, bracketed.length, [1, 1 + inner.length]);
  const [, name = '', sign = ''] = /^([^|»:]{2,40}?)(\s?[|»]\s?|\s::\s|:\s)/u.exec(text) ?? [];
  const start = name.length + sign.length;
  const rest = text.slice(start);
  const isNamed = sign === ': ' ? isMediaName(name) : isMediaLike(name);
  if (name === '' || !isNamed || weightOf(rest) < weightOf(name) * 1.5 || /[|»]/u.test(rest)) return undefined;
  return cutBefore(headline, start, [0, name.length]);
}

/** The headline from a place in its line on; the rest is counted in the line too. */
function cutBefore(headline: Headline, start: number, [restFrom, restTo]: Span): Headline {
  const [from, to] = headline.span;
  const span: Span = [from + start, to];
  return { ...headline, value: span, span, rest: [from + restFrom, from + restTo] };
}

const isMediaLike = (name: string) => isMediaName(name) || (mayNameMedium(name) && name.split(/\s+/u).length <= 3);

function cutAt(headline: Headline, end: number, rest: Span): Headline {
  const span: Span = [headline.span[0], headline.span[0] + end];
  return { ...headline, value: span, span, rest };
}

/** A few words after a separator. A dash, a colon, a slash stand in headlines too: after those only what is called like a medium. */
function isSiteName(text: string, { 0: sign, index }: RegExpExecArray): boolean {
  const head = text.slice(0, index).trim();
  const tail = text.slice(index + sign.length).trim();
  const isFew = tail.split(/\s+/u).length <= SITE_WORDS_MAX && tail.length <= 40;
  if (!isFew || weightOf(head) < SHORT || weightOf(head) <= weightOf(tail)) return false;
  return /[|»·•]|::/u.test(sign) || isMediaName(unquoted(tail)) || AGENCY.test(tail);
}
