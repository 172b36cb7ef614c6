import type { Span } from '@ortoo/shared/contracts';
import { findDomains } from './domains.rules.ts';
import { readLabels } from './labels.rules.ts';
import type { PageShape } from './page-shape.rules.ts';
import type { Reading } from './reading.rules.ts';
import { confidenceOf } from './reading.rules.ts';
import { type Unit, weightOf } from './units.rules.ts';

/** The headline with the places of what was cut from its line: a domain or a name of the site. */
export type Headline = Reading<Span> & { rest?: Span };

const LENGTH_MAX = 200;
/** Shorter than this is the name of a rubric, longer than that hardly a headline. */
const SHORT = 14;
const LONG = 110;
const SITE_SEPARATOR = /\s(?:\||::|»|—|–|-|·|•)\s|\s?\|\s?/gu;
const SITE_WORDS_MAX = 5;
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
function plainHeadline(unit: Unit, place: number, { units, headFrom, bodyFrom }: PageShape): Headline {
  const { text, span, mark } = unit;
  const bare = cutSite({ value: span, confidence: 0, span }, text);
  const weight = weightOf(text.slice(0, bare.value[1] - span[0]));
  const between = units.slice(place + 1, bodyFrom);
  const isNext = between.every(({ kind }) => kind === 'about' || kind === 'short' || kind === 'chrome');
  const rivals = units.slice(headFrom, place).filter((other) => isRival(other)).length;
  const parts = [
    0.5,
    mark?.type === 'heading' ? (mark.level === 1 ? 0.4 : 0.25) : 0,
    bare.rest ? 0.3 : 0,
    weight < SHORT ? -0.35 : weight > LONG ? -0.05 : 0.1,
    isNext ? 0.12 : -0.1,
    unit.isAfterGap ? 0.04 : 0,
    between.some(({ kind }) => kind === 'about') ? 0.1 : 0,
    /[.:;,。、]$/u.test(text) ? -0.25 : 0,
    -0.13 * rivals,
    /\p{L}/u.test(text) ? 0 : -0.5,
    menuPenalty(units, place),
  ];
  return { ...bare, confidence: confidenceOf(parts.reduce((sum, part) => sum + part, 0)) };
}

/** A line above that could be the headline as well. */
const isRival = ({ kind, text }: Unit) => (kind === 'short' || kind === 'heading') && weightOf(text) >= SHORT;

/** Three short lines in a row without a gap are a menu. */
function menuPenalty(units: Unit[], place: number): number {
  const isEntry = (unit: Unit | undefined) =>
    unit !== undefined && ['short', 'chrome', 'item'].includes(unit.kind) && weightOf(unit.text) < 30;
  const around = [units[place - 2], units[place - 1], units[place], units[place + 1], units[place + 2]];
  const isInRun = isEntry(units[place]) && [0, 1, 2].some((from) => around.slice(from, from + 3).every(isEntry));
  return isInRun ? -0.35 : 0;
}

/** The line without the domain or the site's name at its end. */
function cutSite(headline: Headline, text: string): Headline {
  const [from] = headline.span;
  const domain = findDomains(text).at(-1);
  const isLast = domain && /^[\s)\]]*$/.test(text.slice(domain.span[1]));
  if (domain && isLast && domain.span[0] > 10) {
    const end = text.slice(0, domain.span[0]).replace(DOMAIN_TAIL, '').length;
    return cutAt(headline, end, [from + domain.span[0], from + domain.span[1]]);
  }
  const separator = [...text.matchAll(SITE_SEPARATOR)].at(-1);
  if (!separator || !isSiteName(text, separator)) return headline;
  const start = separator.index + separator[0].length;
  return cutAt(headline, separator.index, [from + start, from + text.length]);
}

function cutAt(headline: Headline, end: number, rest: Span): Headline {
  const span: Span = [headline.span[0], headline.span[0] + end];
  return { ...headline, value: span, span, rest };
}

/** A few words after a separator that hardly stands inside a headline. */
function isSiteName(text: string, { 0: sign, index }: RegExpExecArray): boolean {
  const head = text.slice(0, index).trim();
  const tail = text.slice(index + sign.length).trim();
  const isFew = tail.split(/\s+/u).length <= SITE_WORDS_MAX && tail.length <= 40;
  if (!isFew || weightOf(head) < SHORT || weightOf(head) <= weightOf(tail)) return false;
  return /[|»:·•]/u.test(sign) || SITE_LIKE.test(tail);
}

/** A dash stands in headlines too: after it only what is called like a site is one. */
const SITE_LIKE =
  /(?:news|times|post|herald|daily|journal|media|agency|press|online|today|review|мэдээ|агентлаг|сонин|монцамэ|новости|ведомости|тасс|газета|известия|뉴스|신문|일보|타임스|网|报|社|新闻|日报)\b|(?:网|报|社|新闻|뉴스|신문|일보)$/iu;
