import type { Span } from '@ortoo/shared/contracts';
import { findDomains } from './domains.rules.ts';
import type { Headline } from './headline.rules.ts';
import { readLabels } from './labels.rules.ts';
import { firstPlace, namesBesideDate } from './masthead.rules.ts';
import { isMediaName, isQuotedName, mayNameMedium, unquoted } from './media-names.rules.ts';
import { wordsAt } from './page.rules.ts';
import type { PageShape } from './page-shape.rules.ts';
import { bestOf, type Reading } from './reading.rules.ts';
import type { Unit } from './units.rules.ts';
import { AGENCIES } from './wording.rules.ts';

export type Source = { name?: string; domain?: string };

const NAME_MAX = 120;
const NAME_WORDS_MAX = 7;
const SIGNED = new RegExp(
  `^.{0,60}?[(/\\[<【]\\s*(?:[^()/\\[\\]]{1,20}[=,·]\\s*)?(?<name>${AGENCIES.join('|')})[^()/\\]]{0,20}[)/\\]>】]`,
  'iu',
);
const CHINESE_WIRE = /^(?<name>新华社|中新社|中新网|央视新闻|人民网|新华网)[^,。]{0,20}\d{1,2}[月日]/u;
const COPYRIGHT =
  /(?:©|ⓒ|\(c\)|copyright|зохиогчийн эрх|저작권자?)[\s:©ⓒ(c)]*(?:\d{4}(?:\s?[–-]\s?\d{4})?)?[\s,]*(?:by\s+)?(?<name>[^.,|©ⓒ·<>()]{2,60})/iu;
const REPORTER_OF =
  /(?<name>\p{Script=Han}{2,10})(?:特约|见习)?记者\s|^(?<korean>[가-힣A-Za-z]{2,14})\s+[가-힣]{2,4}\s?(?:기자|특파원)/u;
const TRAIL = /\s*[»›>→]\s*|\s\/\s/u;
/** The header of a mail. */
const SENDER = /^from:\s*"?(?<name>[^<"]{2,40}?)"?\s*<[^>]+@/iu;
/** `Mara Lind writes for Upland Voice.` */
const WRITES_FOR =
  /\b(?:writes for|reports for|is a (?:reporter|writer|columnist|correspondent) (?:for|of|at))\s+(?:the\s)?(?<name>[^.,]{2,40})\.?$/u;
/** `(서울=초원통신)`, `УЛААНБААТАР /ТАЛ/`: what stands so is an agency, whatever its name. */
const DATELINE_AGENCY =
  /^(?:[([](?<paper>[\p{L}\d]{2,14})\s?=\s?[가-힣]{2,4}\s?(?:기자|특파원)[)\]]|[([]\p{L}{1,12}\s?=\s?(?<name>[\p{L}\d]{2,14})[)\]]|\p{Lu}[^()/!?]{2,60}[(/](?:(?<capitals>\p{Lu}{3,16})[)/]|(?<spaced>\p{Lu}[\p{L} ]{2,30})[)/]\s?(?:--|[–—.-])))/u;
const AFTER_NAME =
  /\s*(?:\.|,|\||-\s)?\s*(?:all rights|все права|бүх эрх|무단|版权|rights reserved|\d{4}|ХХК|LLC).*$/iu;

/**
 * Where the article comes from: a label, the domain on the headline's line, an agency that signs the first line, the
 * page's metadata, its address, its copyright line. Addresses inside the text are about something else.
 */
export function readSource(
  shape: PageShape,
  headline: Headline | undefined,
  text: string,
): Reading<Source> | undefined {
  const { units, bodyFrom, tailFrom } = shape;
  const outside = units.filter(
    (_, place) => place < bodyFrom || place >= tailFrom || units[place]?.kind !== 'paragraph',
  );
  const firstText = units[bodyFrom];
  const begin = firstPlace(units);
  const isSigned = outside.some(({ text: line }) => readLabels(line).some(({ kind }) => kind === 'author'));
  const first = isSigned ? 'signed-elsewhere' : 'first';
  return bestOf<Source>([
    ...outside.flatMap((unit) => metaSource(unit, units)),
    ...outside.flatMap(labelledSource),
    ...headlineSource(headline, text),
    ...(firstText ? signedSource(firstText) : []),
    ...outside.flatMap((unit, place) => addressSource(unit, place < bodyFrom)),
    ...outside.flatMap(copyrightSource),
    ...mastheadSource(shape),
    ...units.slice(0, bodyFrom).flatMap((unit, place) => namesBesideDate(unit, place === begin ? first : 'no')),
    ...units.slice(tailFrom).flatMap((unit) => namesBesideDate(unit, isAttribution(unit) ? 'first' : 'no')),
    ...outside.flatMap(writerSource),
    ...units.flatMap((unit, place) => standingSource(unit, { place, shape })),
    ...outside.flatMap(bracketedSource),
    ...units.slice(0, bodyFrom).flatMap(trailSource),
    ...outside.flatMap(reporterSource),
  ]);
}

function headlineSource(headline: Headline | undefined, text: string): Reading<Source>[] {
  if (!headline?.rest) return [];
  const words = wordsAt(text, headline.rest);
  const [domain] = findDomains(words);
  if (!domain && !mayNameMedium(words)) return [];
  const value = domain ? { domain: domain.domain } : { name: words };
  return [{ value, confidence: domain ? 0.96 : 0.78, span: headline.rest }];
}

/** `— The Loft, 5 May 2021` below a text says where it is from. */
const isAttribution = ({ text, mark }: Unit) => mark?.type === 'item' || /^[–—]\s/u.test(text);

/** The name that the page bears at its top. */
function mastheadSource({ units, masthead }: PageShape): Reading<Source>[] {
  const unit = masthead && units[masthead.place];
  if (!unit) return [];
  const start = unit.span[0] + unit.text.indexOf(masthead.name);
  const span: Span = [start, start + masthead.name.length];
  return [{ value: { name: masthead.name }, confidence: masthead.confidence, span }];
}

/** What the sender of a mail or the writer of a text belongs to. */
function writerSource({ text, span }: Unit): Reading<Source>[] {
  const name = SENDER.exec(text)?.groups?.name ?? WRITES_FOR.exec(text)?.groups?.name;
  return name !== undefined && isMediaName(name) ? [namedAt({ text, span }, name, 0.72)] : [];
}

/** A line that is nothing but the name of a medium, beside a date or a byline above the text; in quotes below it. */
function standingSource(unit: Unit, { place, shape }: { place: number; shape: PageShape }): Reading<Source>[] {
  const { units, bodyFrom, tailFrom } = shape;
  const { text, kind } = unit;
  if (kind !== 'short' && kind !== 'about') return [];
  const isBeside = [units[place - 1], units[place + 1]].some((other) => other?.kind === 'about');
  const name = unquoted(text);
  const isNamed = place < bodyFrom ? isBeside && isMediaName(name) : place >= tailFrom && isQuotedName(text);
  return isNamed ? [namedAt(unit, name, 0.66)] : [];
}

function namedAt({ text, span }: Pick<Unit, 'text' | 'span'>, name: string, confidence: number): Reading<Source> {
  const start = span[0] + text.indexOf(name);
  return { value: { name }, confidence, span: [start, start + name.length] };
}

/** `[공학저널]` in a line of its own. */
function bracketedSource({ text, span, kind }: Unit): Reading<Source>[] {
  if (kind === 'meta' || !/^[[【(].*[\])】]$/u.test(text)) return [];
  const name = unquoted(text);
  return isMediaName(name) ? [namedAt({ text, span }, name, 0.7)] : [];
}

/** `The Courier » Business » Mining`: the way to the page begins with what the site is called. */
function trailSource({ text, span, kind }: Unit): Reading<Source>[] {
  const [name = '', ...parts] = text.split(TRAIL);
  if (kind === 'meta' || parts.length < 2 || !isMediaName(name.trim())) return [];
  return [namedAt({ text, span }, name.trim(), 0.74)];
}

/** `草原日报记者 王芳`: whose reporter somebody is. */
function reporterSource({ text, span, kind }: Unit): Reading<Source>[] {
  const groups = kind === 'about' || kind === 'short' ? REPORTER_OF.exec(text)?.groups : undefined;
  const name = groups?.name ?? groups?.korean;
  return name !== undefined && isMediaName(name) ? [namedAt({ text, span }, name, 0.8)] : [];
}

function metaSource({ kind, mark, text, span }: Unit, units: Unit[]): Reading<Source>[] {
  if (kind !== 'meta' || mark?.type !== 'meta') return [];
  if (mark.member === 'url') {
    const [found] = findDomains(text);
    const site = units.find((unit) => unit.mark?.type === 'meta' && unit.mark.member === 'site');
    const name = site ? { name: site.text } : {};
    return found ? [{ value: { ...name, domain: found.domain }, confidence: 0.94, span }] : [];
  }
  return mark.member === 'site' ? [{ value: { name: text }, confidence: 0.9, span }] : [];
}

function labelledSource({ text, span, kind }: Unit): Reading<Source>[] {
  if (kind === 'paragraph' && text.length > 200) return [];
  return readLabels(text).flatMap(({ kind: label, text: labelled, start }) => {
    if (label !== 'source' && label !== 'published') return [];
    const read = nameAndDomain(labelled);
    if (!read || (label === 'published' && !isMediaName(read.value.name ?? ''))) return [];
    const from = span[0] + start + read.at;
    return [{ value: read.value, confidence: 0.95, span: [from, from + read.length] satisfies Span }];
  });
}

/** `NK News (www.nknews.org)`, either of the two, or an address. */
function nameAndDomain(labelled: string): { value: Source; at: number; length: number } | undefined {
  const stop =
    /[|;,]|\s{3,}|\s(?:on|in)\s(?=\d|\p{Lu}\p{Ll}+\s\d)|\s[–—-]\s|(?<=\S)\s*(?:\d{4}[-.年/]|\d{1,2}:\d{2})/u.exec(
      labelled,
    );
  const part = labelled.slice(0, stop?.index ?? labelled.length);
  const trimmed = part.replace(/[\s.。)\]】]+$/u, '');
  const [address] = findDomains(part);
  const name = trimmed
    .slice(0, address ? address.span[0] : trimmed.length)
    .replace(/[\s([:«"“/【*_]+$|^(?:[\s«"“”»《「*_]|the\s)+|["»”》」*_]+$/gu, '');
  const isName =
    name !== '' && name.length <= NAME_MAX && name.split(/\s+/u).length <= NAME_WORDS_MAX && /\p{L}/u.test(name);
  if (!isName && !address) return undefined;
  const value = { ...(isName ? { name } : {}), ...(address ? { domain: address.domain } : {}) };
  const at = isName ? part.indexOf(name) : (address?.span[0] ?? 0);
  const end = address ? address.span[1] : at + name.length;
  return { value, at, length: end - at };
}

/** An agency that signs in the first line: `УЛААНБААТАР (МОНЦАМЭ)`, `[서울=연합뉴스]`, `新华社乌兰巴托9月21日电`. */
function signedSource({ text, span }: Unit): Reading<Source>[] {
  const match = SIGNED.exec(text.slice(0, 120)) ?? CHINESE_WIRE.exec(text) ?? DATELINE_AGENCY.exec(text);
  const { name, paper, capitals, spaced } = match?.groups ?? {};
  return namedAgency({ text, span }, name ?? paper ?? capitals ?? spaced);
}

function namedAgency({ text, span }: Pick<Unit, 'text' | 'span'>, name: string | undefined): Reading<Source>[] {
  return name === undefined ? [] : [namedAt({ text, span }, name, 0.8)];
}

/** A line that is an address, or has one among credits. */
function addressSource({ text, span, kind }: Unit, isAbove: boolean): Reading<Source>[] {
  if (kind !== 'about' && kind !== 'chrome' && kind !== 'short') return [];
  const found = findDomains(text);
  const [address] = found;
  if (!address || found.length > 1 || isShareAddress(address.domain)) return [];
  if (readLabels(text).some((label) => label.kind === 'other')) return [];
  const isAlone = text.replace(/^[\s(<[]+|[\s)>\]/]+$/g, '').length <= address.span[1] - address.span[0] + 2;
  const confidence = isAlone ? (address.isUrl ? 0.82 : 0.85) : kind === 'about' ? 0.75 : 0.55;
  const [from] = span;
  return [
    {
      value: { domain: address.domain },
      confidence: confidence - (isAbove ? 0 : 0.05),
      span: [from + address.span[0], from + address.span[1]],
    },
  ];
}

const isShareAddress = (domain: string) =>
  /(?:^|\.)(?:facebook|twitter|x|t|youtube|instagram|telegram|linkedin|weibo|whatsapp)\.(?:com|me|co)$/.test(domain);

function copyrightSource({ text, span }: Unit): Reading<Source>[] {
  const match = COPYRIGHT.exec(text);
  const words = unquoted(match?.groups?.name?.replace(AFTER_NAME, '').trim() ?? '');
  if (!match || !words || !/\p{L}/u.test(words) || words.split(/\s+/u).length > 5) return [];
  const [address] = findDomains(text.slice(match.index));
  const start = span[0] + text.indexOf(words, match.index);
  if (address) {
    const at = span[0] + match.index + address.span[0];
    return [
      { value: { domain: address.domain }, confidence: 0.72, span: [at, at + address.span[1] - address.span[0]] },
    ];
  }
  return [{ value: { name: words }, confidence: 0.68, span: [start, start + words.length] }];
}
