import type { Span } from '@ortoo/shared/contracts';
import { isBanner, type LabelKind, loneLabel, readLabels } from './labels.rules.ts';
import { isMediaName, isRubric } from './media-names.rules.ts';
import { blankOut, type FoundName, isInitialName, isName, readNames } from './names.rules.ts';
import type { PageShape } from './page-shape.rules.ts';
import { confidenceOf, type Reading, spanOver } from './reading.rules.ts';
import type { Unit } from './units.rules.ts';

/** A person who is named for what they did, with how sure that is. */
type Credit = { kind: LabelKind; names: FoundName[]; confidence: number };

/** Longer lines are sentences, in which "by" means something else. */
const CREDIT_LINE_MAX = 160;
const KOREAN_REPORTER =
  /(?<name>[가-힣]{2,4})\s*(?:(?:객원|선임|인턴|수습|전문|시민)?기자|특파원)(?=입력|승인|등록|수정|기사|$|[^가-힣])/gu;
/** `康宁/文` */
const HAN_AUTHOR = /^(?<name>\p{Script=Han}{2,4})\s?\/\s?(?:文|撰文|图文)$/u;
const SIGNED_REPORTER = /[(]\s*(?:本报|实习|特约)?(?:记者|通讯员)\s*(?<name>[\p{Script=Han}·、\s]{2,20})[)]/u;
const BRACKETED_EDITOR =
  /[(【[]\s*(?:责任编辑|本文编辑|编辑|责编|编审)\s*[::]?\s*(?<name>[\p{Script=Han}·\s]{2,12})[)】\]]/u;

/** The one editor whom the page names. */
export function readEditor(shape: PageShape): Reading<string>[] {
  return creditsOf(shape)
    .filter(({ kind }) => kind === 'editor')
    .flatMap(({ names: [first], confidence }) => (first ? [{ value: first.name, confidence, span: first.span }] : []));
}

/** Everybody whom the page names as an author, once each, in the order of the page. */
export function readAuthors(shape: PageShape): Reading<string[]> | undefined {
  const credits = creditsOf(shape).filter(({ kind, names }) => kind === 'author' && names.length > 0);
  const surest = Math.max(0, ...credits.map(({ confidence }) => confidence));
  const names = credits
    .filter(({ confidence }) => confidence >= surest - 0.1)
    .flatMap((credit) => credit.names.filter(({ name }) => !isMediaName(name)));
  if (names.length === 0) return undefined;
  const first = new Map<string, Span>();
  for (const { name, span } of names) if (!first.has(name)) first.set(name, span);
  return { value: [...first.keys()], confidence: confidenceOf(surest), span: spanOver([...first.values()]) };
}

function creditsOf(shape: PageShape): Credit[] {
  const { units, bodyFrom, tailFrom } = shape;
  return units.flatMap((unit, place) => {
    if (unit.kind === 'meta') return metaCredits(unit);
    if (place === shape.masthead?.place || isBanner(unit.text)) return [];
    const named = place === tailFrom ? signature(unit) : nameLine(place, shape);
    if (named.length > 0) return named;
    const isInside = place > bodyFrom && place < tailFrom - 1;
    const isEdge = place === bodyFrom || place === tailFrom - 1;
    if (unit.kind === 'paragraph' || unit.kind === 'quote')
      return isEdge ? edgeCredits(unit, place === bodyFrom) : isInside ? [] : lineCredits(unit, units[place + 1]);
    return isInside && unit.kind !== 'about' ? [] : lineCredits(unit, units[place + 1]);
  });
}

function metaCredits({ text, span, mark }: Unit): Credit[] {
  if (mark?.type !== 'meta') return [];
  const names = readNames(text, span[0]);
  if (mark.member === 'author') return [{ kind: 'author', names, confidence: 0.93 }];
  return mark.member === 'editor' ? [{ kind: 'editor', names, confidence: 0.95 }] : [];
}

/** What stands in a line of its own: labels with names, a name above the text. */
function lineCredits(unit: Unit, next: Unit | undefined): Credit[] {
  const { text, span, kind } = unit;
  if (text.length > CREDIT_LINE_MAX) return edgeCredits(unit, false);
  const lone = loneLabel(text);
  if (lone !== undefined && next && next.text.length <= 60) {
    return [{ kind: lone, names: readNames(next.text, next.span[0]), confidence: 0.85 }];
  }
  const labelled = readLabels(text).map(({ kind: label, text: words, start, hasColon }) => ({
    kind: label,
    names: readNames(words, span[0] + start),
    confidence: hasColon || start < 30 ? 0.93 : 0.85,
  }));
  if (labelled.some(({ kind, names }) => isCredit(kind) && names.length > 0)) {
    const isSigned = labelled.some(({ kind: label, names }) => label === 'author' && names.length > 0);
    const [first = ''] = text.split(/\s[–—|·•-]\s|[,;]/u);
    return isSigned || kind !== 'about' || readLabels(first).length > 0
      ? labelled
      : [...labelled, ...bareName({ ...unit, text: first })];
  }
  const posted = labelled.filter(({ kind, names }) => kind === 'published' && names.some(({ name }) => isPerson(name)));
  if (posted.length > 0) return posted.map((credit) => ({ ...credit, kind: 'author', confidence: 0.85 }));
  if (kind === 'about') return [...reporters(unit), ...bareName(unit)];
  return reporters(unit);
}

const isCredit = (kind: LabelKind) => kind === 'author' || kind === 'editor' || kind === 'other';
const isPerson = (name: string) => isInitialName(name) || isFullName(name);

/** A first line that says who reports, a last one that says who wrote or edited. */
function edgeCredits({ text, span }: Unit, isFirst: boolean): Credit[] {
  const edge = isFirst ? text.slice(0, 80) : text.slice(-120);
  const from = span[0] + (isFirst ? 0 : Math.max(0, text.length - 120));
  const readings: [RegExp, LabelKind][] = [
    [SIGNED_REPORTER, 'author'],
    [BRACKETED_EDITOR, 'editor'],
  ];
  const found = readings.flatMap(([form, kind]) => {
    const match = form.exec(edge);
    const words = match?.groups?.name;
    if (!match || words === undefined) return [];
    return [{ kind, names: readNames(words, from + edge.indexOf(words, match.index)), confidence: 0.9 }];
  });
  const inBrackets = isFirst ? [] : bracketed(edge, from);
  return [...found, ...inBrackets, ...(isFirst ? leadReporters(edge, from) : [])];
}

/** `(Edited by Bryan Betts)` at the end of the last paragraph. */
function bracketed(edge: string, from: number): Credit[] {
  const match = /[([]([^()[\]]{4,100})[)\]]\.?\s*$/u.exec(edge);
  if (!match) return [];
  const inner = match[1] ?? '';
  const start = from + match.index + 1;
  return readLabels(inner).map(({ kind, text, start: at }) => ({
    kind,
    names: readNames(text, start + at),
    confidence: 0.88,
  }));
}

/** `(서울=연합뉴스) 김민수 기자 = …` */
function leadReporters(edge: string, from: number): Credit[] {
  const inBrackets = /^[([][^()[\]]{2,14}=\s?[가-힣]{2,4}\s?(?:기자|특파원)[)\]]/u.exec(edge);
  if (inBrackets) return koreanReporters(inBrackets[0], from);
  const end = edge.indexOf('=', edge.indexOf(')') + 1);
  return end < 0 ? [] : koreanReporters(edge.slice(0, end + 1), from);
}

function reporters({ text, span }: Unit): Credit[] {
  const name = HAN_AUTHOR.exec(text)?.groups?.name;
  if (name !== undefined) return [{ kind: 'author', names: readNames(name, span[0]), confidence: 0.85 }];
  return weighs(text) ? koreanReporters(text, span[0]) : [];
}

const weighs = (text: string) => text.length <= 90;

function koreanReporters(text: string, from: number): Credit[] {
  const names = [...text.matchAll(KOREAN_REPORTER)].map(({ groups, index }): FoundName => {
    const name = groups?.name ?? '';
    return { name, span: [from + index, from + index + name.length] };
  });
  return names.length > 0 ? [{ kind: 'author', names, confidence: 0.9 }] : [];
}

/** A name beside a date, or a Mongolian initial and name: a byline without a word for it. */
function bareName({ text, span }: Unit): Credit[] {
  const undated = blankOut(text);
  for (const { 0: part, index } of undated.matchAll(/[^|,·•;/–—]+/gu)) {
    const name = part.trim();
    if (name.length < 3 || !isName(name) || isMediaName(name) || isRubric(name)) continue;
    const start = span[0] + index + part.indexOf(name);
    const confidence = isInitialName(name) ? 0.85 : isFullName(name) ? 0.75 : 0.6;
    return [{ kind: 'author', names: [{ name, span: [start, start + name.length] }], confidence }];
  }
  return [];
}

/** A line between headline and text that is a person's full name. */
function nameLine(place: number, { units, headFrom, bodyFrom, masthead }: PageShape): Credit[] {
  const unit = units[place];
  if (unit?.kind !== 'short' || unit.mark?.type === 'heading') return [];
  if (place < headFrom || place >= bodyFrom) return [];
  const { text, span } = unit;
  const above = units.slice(headFrom, place).some(({ kind, text: words }, at) => {
    return headFrom + at !== masthead?.place && (kind === 'short' || kind === 'heading') && !isName(words);
  });
  const isNext = units.slice(place + 1, bodyFrom).every(({ kind }) => kind === 'about' || kind === 'chrome');
  const [name = '', ...others] = text.split(/\s*,\s*/u);
  const isSigned =
    isFullName(name) && isName(name) && !isMediaName(name) && others.every((part) => isOtherCredit(part));
  if (!above || !isNext || !isSigned) return [];
  return [{ kind: 'author', names: [{ name, span: [span[0], span[0] + name.length] }], confidence: 0.74 }];
}

/** A full name right under the text, with nothing beside it but other credits. */
function signature({ text, span, kind, mark }: Unit): Credit[] {
  if (kind !== 'short' || mark?.type === 'heading') return [];
  const [name = '', ...others] = text.split(/\s*,\s*/u);
  const isSigned =
    isFullName(name) && isName(name) && !isMediaName(name) && others.every((part) => isOtherCredit(part));
  return isSigned
    ? [{ kind: 'author', names: [{ name, span: [span[0], span[0] + name.length] }], confidence: 0.72 }]
    : [];
}

const isOtherCredit = (part: string) =>
  /^(?:фото|photos?|видео|зураг|гэрэл зураг|специально для|собкор|корреспондент|special to|staff|correspondent|сэтгүүлч|сурвалжлагч)/iu.test(
    part,
  );

/** Two words or three in a script that has capitals. */
const isFullName = (name: string) => /^\p{Lu}/u.test(name) && [2, 3].includes(name.split(/\s+/u).length);
