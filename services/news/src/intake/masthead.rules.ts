import { findDates } from './date-forms.rules.ts';
import { readLabels } from './labels.rules.ts';
import { isMediaName, isQuotedName, isRubric, mayNameMedium, unquoted } from './media-names.rules.ts';
import { isInitialName, isName } from './names.rules.ts';
import { confidenceOf, type Reading } from './reading.rules.ts';
import { type Unit, weightOf } from './units.rules.ts';

type Head = { units: Unit[]; bodyFrom: number };
/** The name that a page bears at its top, in which unit, and where the lines that go with it end. */
type Masthead = { name: string; place: number; end: number; confidence: number };

/** So many short lines without a gap are a menu. */
const MENU_MIN = 3;
/** A headline of fewer letters is rarer than a name of as many. */
const HEADLINE_MIN = 14;
/** `Steppe Post. The paper of the valley`, `Steppe Post | Economy`, `Steppe Post vol. 12`: what follows the name. */
const MOTTO = /(?:[.,]\s|\s[–—-]\s|\s(?:vol\.?|no\.?|issue|№|제)\s?\d).*$/iu;
/** A part of the paper beside its name: of `Title | Site` the first is none. */
const PART = /^(?<name>.+?)\s[|•·/»>]\s(?<part>.+)$/u;
/** So many signs of it make the first line the name of the page; each further one makes it surer. */
const EVIDENCE_MIN = 2;
const CONFIDENCE = [0.62, 0.7, 0.76, 0.8];

/**
 * The first line of a page when it is what the page is called and another line below it is the headline. Undefined for
 * menus, rubrics and whatever may be a headline itself.
 */
export function findMasthead({ units, bodyFrom }: Head): Masthead | undefined {
  const place = firstPlace(units);
  const unit = units[place];
  if (!unit || place >= bodyFrom || (unit.kind !== 'short' && unit.kind !== 'about')) return undefined;
  if (unit.mark || readLabels(unit.text).length > 0 || findDates(unit.text).length > 0) return undefined;
  const name = nameOf(unit.text);
  if (!mayNameMedium(name) || isMenu(units, place)) return undefined;
  const end = endOfBlock(units, place, bodyFrom);
  const below = units.slice(place + 1, bodyFrom).filter(isHeadlineLike);
  const apart = units.slice(end, bodyFrom).filter(isHeadlineLike);
  const [next] = apart.length > 0 ? apart : below;
  if (!next) return undefined;
  const evidence = weighName(name, { units, place, next });
  if (evidence < EVIDENCE_MIN) return undefined;
  const confidence = CONFIDENCE[Math.min(evidence, EVIDENCE_MIN + 3) - EVIDENCE_MIN] ?? 0;
  return { name, place, end: apart.length > 0 ? end : place + 1, confidence };
}

/** Where a page begins to speak for itself: behind metadata, banners and a menu. */
export function firstPlace(units: readonly Unit[]): number {
  const begin = units.findIndex(({ kind }) => kind !== 'meta');
  const gap = units.findIndex(({ isAfterGap }, place) => place > begin && isAfterGap);
  const isMenuOnTop = gap - begin >= MENU_MIN && units.slice(begin, gap).every((unit) => isEntry(unit));
  if (isMenuOnTop) return firstPlace(units.slice(gap)) + gap;
  return units.findIndex(({ kind }) => kind !== 'chrome' && kind !== 'meta');
}

function nameOf(line: string): string {
  const { name = '', part = '' } = PART.exec(line)?.groups ?? {};
  const isOfPaper = isRubric(part) || isMediaName(unquoted(name));
  return unquoted((isOfPaper ? name : line).replace(MOTTO, ''));
}

/** Lines without a gap between them belong together; dates and credits end the block. */
function endOfBlock(units: Unit[], place: number, bodyFrom: number): number {
  const next = units.findIndex(({ isAfterGap, kind }, at) => at > place && (isAfterGap || kind === 'about'));
  return next < 0 ? bodyFrom : Math.min(next, bodyFrom);
}

/** Without a blank inside its names, a line is parted by its blanks. */
const EASTERN_LINE = /^[^\p{Script=Cyrillic}A-Za-z]*\p{Script=Han}[^\p{Script=Cyrillic}A-Za-z]*$/u;

type Around = { units: Unit[]; place: number; next: Unit };

/** How many signs there are that a line is a name and `next` the headline. */
function weighName(name: string, { units, place, next }: Around): number {
  const at = units.indexOf(next);
  const between = units.slice(place + 1, at);
  const under = units[at + 1];
  const squeezed = squeeze(name);
  const isRepeated = units.some(
    (unit, other) => other !== place && other !== at && squeeze(unit.text).includes(squeezed),
  );
  const signs = [
    isMediaName(name) ? 2 : 0,
    isCapitals(name) && !isCapitals(next.text) ? 2 : 0,
    isTitleCase(name) && !isTitleCase(next.text) ? 1 : 0,
    name.split(/\s+/u).length <= 2 && weightOf(name) <= 20 ? 1 : 0,
    weightOf(next.text) >= weightOf(name) * 1.4 ? 1 : 0,
    between.some(({ kind, text }) => kind === 'about' || kind === 'chrome' || isRubric(text)) ? 1 : 0,
    under?.kind === 'about' && !under.isAfterGap ? 1 : 0,
    squeezed.length >= 4 && isRepeated ? 1 : 0,
    isRubric((units[place]?.text ?? '').slice(name.length).replace(/^[^\p{L}]+/u, '')) ? 1 : 0,
    creditsUnder(units[place + 1]),
  ];
  return signs.reduce<number>((sum, sign) => sum + sign, 0);
}

/** Credits right under a line make a headline of it, a bare address the name of a site. */
function creditsUnder(unit: Unit | undefined): number {
  if (unit?.kind !== 'about' || unit.isAfterGap) return 0;
  return /^\S+\.\p{L}{2,}$/u.test(unit.text) ? 1 : -1;
}

const squeeze = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

const isCapitals = (text: string) => /\p{Lu}{3}/u.test(text) && !/\p{Ll}/u.test(text);

/** Every longer word begins with a capital, and there is more than one. */
function isTitleCase(text: string): boolean {
  const words = text.split(/[^\p{L}'’]+/u).filter((word) => word.length > 3);
  return words.length >= 2 && words.every((word) => /^\p{Lu}/u.test(word));
}

const isHeadlineLike = ({ kind, text }: Unit) =>
  (kind === 'heading' || (kind === 'short' && weightOf(text) >= headlineMin(text))) &&
  !isPerson(text) &&
  !isRubric(text);

/** Four Chinese signs are a headline sooner than a name. */
const isPerson = (text: string) => isName(text) && !/^\p{Script=Han}{4}$/u.test(text);

const headlineMin = (text: string) =>
  /^[\p{Script=Han}\p{Script=Hangul}]/u.test(text) ? HEADLINE_MIN / 2 : HEADLINE_MIN;

/** More short lines right under it: entries of a menu, of which it is the first. */
function isMenu(units: Unit[], place: number): boolean {
  const next = units.slice(place + 1, place + 3);
  return next.length === 2 && next.every((unit) => !unit.isAfterGap && isEntry(unit));
}

const isEntry = ({ kind, text }: Unit) =>
  (kind === 'chrome' && !MENU_ROW.test(text)) || (kind === 'short' && weightOf(text) < HEADLINE_MIN * 2);
/** A whole menu in one line is no entry of one. */
const MENU_ROW = /\s[|•·›»]\s| {3}/u;

/** Whether a line is the first of its page, and whether another one says who wrote. */
type First = 'no' | 'first' | 'signed-elsewhere';

/**
 * A name among dates in a line about the article: `Steppe Post | 4 May 2023`, `《草原周刊》2023年5月4日`. What the first line of a
 * page begins with may be any name; one like a person's only where a byline says who wrote.
 */
export function namesBesideDate({ text, span, kind }: Unit, first: First = 'no'): Reading<{ name: string }>[] {
  const dates = kind === 'about' ? findDates(text) : [];
  if (dates.length === 0 || readLabels(text).some(({ kind: label }) => label === 'source')) return [];
  const undated = dates.reduce(
    (rest, { span: [start, end] }) => `${rest.slice(0, start)}${'|'.padEnd(end - start, '|')}${rest.slice(end)}`,
    text,
  );
  return [...undated.matchAll(EASTERN_LINE.test(undated) ? /[^|·•,/:\s]+/gu : /[^|·•,/:]+/gu)].flatMap(
    ({ 0: part, index }, place) => {
      const words = part.replace(/^\s*[–—-]\s|\s[–—-]\s*$/gu, ' ').trim();
      const name = unquoted(words);
      const confidence = besideConfidence(words, name, place === 0 ? first : 'no');
      if (confidence === 0) return [];
      const start = span[0] + index + part.indexOf(name);
      return [{ value: { name }, confidence: confidenceOf(confidence), span: [start, start + name.length] }];
    },
  );
}

function besideConfidence(words: string, name: string, first: First): number {
  if (!mayNameMedium(name)) return 0;
  if (isQuotedName(words) || /^[«"“《「]/u.test(words)) return 0.78;
  if (isMediaName(name)) return 0.74;
  if (first !== 'no')
    return isInitialName(name) || PLACES.test(name) || (first === 'first' && isFullName(name)) ? 0 : 0.62;
  return /^\p{Lu}/u.test(name) && !isName(name) ? 0.62 : 0;
}

const isFullName = (name: string) => /^\p{Lu}/u.test(name) && /\s/.test(name) && isName(name);
/** Where datelines are written. */
const PLACES =
  /^(?:ulaanbaatar|ulan bator|erdenet|darkhan|beijing|seoul|tokyo|moscow|london|new york|washington|paris|berlin|brussels|улаанбаатар|эрдэнэт|дархан|москва|улан-батор|пекин|сеул|иркутск|улан-удэ|서울|부산|울란바토르|베이징|北京|上海|乌兰巴托|呼和浩特)$/iu;
