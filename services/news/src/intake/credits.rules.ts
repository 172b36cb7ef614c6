import type { Span } from '@ortoo/shared/contracts';
import { type LabelKind, loneLabel, readLabels } from './labels.rules.ts';
import { type FoundName, isInitialName, isName, readNames } from './names.rules.ts';
import type { PageShape } from './page-shape.rules.ts';
import { confidenceOf, type Reading, spanOver } from './reading.rules.ts';
import type { Unit } from './units.rules.ts';

/** A person who is named for what they did, with how sure that is. */
type Credit = { kind: LabelKind; names: FoundName[]; confidence: number };

/** Longer lines are sentences, in which "by" means something else. */
const CREDIT_LINE_MAX = 160;
const KOREAN_REPORTER = /(?<name>[가-힣]{2,4})\s*(?:기자|특파원|선임기자|인턴기자)(?![가-힣])/gu;
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
  const names = credits.filter(({ confidence }) => confidence >= surest - 0.1).flatMap((credit) => credit.names);
  if (names.length === 0) return undefined;
  const first = new Map<string, Span>();
  for (const { name, span } of names) if (!first.has(name)) first.set(name, span);
  return { value: [...first.keys()], confidence: confidenceOf(surest), span: spanOver([...first.values()]) };
}

function creditsOf({ units, bodyFrom, tailFrom }: PageShape): Credit[] {
  return units.flatMap((unit, place) => {
    if (unit.kind === 'meta') return metaCredits(unit);
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
  if (labelled.some(({ names }) => names.length > 0)) return labelled;
  if (kind === 'about') return [...reporters(unit), ...bareName(unit)];
  return reporters(unit);
}

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
  const end = edge.indexOf('=', edge.indexOf(')') + 1);
  return end < 0 ? [] : koreanReporters(edge.slice(0, end + 1), from);
}

function reporters({ text, span }: Unit): Credit[] {
  return weighs(text) ? koreanReporters(text, span[0]) : [];
}

const weighs = (text: string) => text.length <= 60;

function koreanReporters(text: string, from: number): Credit[] {
  const names = [...text.matchAll(KOREAN_REPORTER)].map(({ groups, index }): FoundName => {
    const name = groups?.name ?? '';
    return { name, span: [from + index, from + index + name.length] };
  });
  return names.length > 0 ? [{ kind: 'author', names, confidence: 0.9 }] : [];
}

/** A line with a name and a date, or a Mongolian initial and name: a byline without a word for it. */
function bareName({ text, span }: Unit): Credit[] {
  const parts = [...text.matchAll(/[^|,·•;/–—]+/gu)];
  for (const { 0: part, index } of parts) {
    const name = part.trim();
    if (name.length < 3 || !isName(name)) continue;
    const start = span[0] + index + part.indexOf(name);
    const confidence = isInitialName(name) ? 0.85 : 0.6;
    return [{ kind: 'author', names: [{ name, span: [start, start + name.length] }], confidence }];
  }
  return [];
}
