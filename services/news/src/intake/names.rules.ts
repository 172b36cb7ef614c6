import type { Span } from '@ortoo/shared/contracts';
import { findDates } from './date-forms.rules.ts';

/** A person's name in a line: its text and its place there. */
export type FoundName = { name: string; span: Span };

const INITIAL = '\\p{Lu}{1,2}\\.';
const WORD = "\\p{Lu}[\\p{L}\\p{M}'’]*(?:-[\\p{Lu}\\p{L}][\\p{L}\\p{M}'’]*)*";
const PARTICLE = '(?:van|von|der|den|de|del|da|di|al|bin|ibn|el|la|le)';
/** Б.Болор, J. Smith, Anna van der Berg, Ц.Бат-Эрдэнэ; at most five parts. */
const CASED = `(?:${INITIAL}\\s?){0,2}${WORD}(?:\\s+(?:${PARTICLE}|${INITIAL}|${WORD})){0,4}`;
const CASED_NAME = new RegExp(`^${CASED}$`, 'u');
const INITIAL_NAME = new RegExp(`^(?:${INITIAL}\\s?)${WORD}$`, 'u');
/** `II. ВКУС` is a heading. */
const ROMAN_HEADING = /^[IVX]{1,4}\.\s?\p{Lu}+$/u;
const HANGUL_NAME = /^[가-힣]{2,4}$/u;
const HAN_NAME = /^\p{Script=Han}{2,4}$|^\p{Script=Han}{1,6}[·•]\p{Script=Han}{1,8}$/u;
const NOT_NAMES =
  /^(?:staff|reporters?|correspondents?|admin(?:istrator)?|editor(?:s|ial)?|редакция|админ|администратор|편집국|편집부|기자|취재팀|온라인뉴스팀|编辑部|本报讯|综合|记者|team|desk|newsroom|星期[一二三四五六日天]|周[一二三四五六日]|unknown|n\/a|none|нэргүй)$/iu;
/** Organisations sign too, but are nobody's name. */
const ORGANISATION =
  /(?:news|agency|media|press|times|post|daily|мэдээ|агентлаг|монцамэ|тасс|риа|신문|뉴스|일보|방송|社|网|报|台|ХХК|LLC|Ltd|Inc)$/iu;
const TITLES =
  /^(?:mr|mrs|ms|dr|prof|сэтгүүлч|сурвалжлагч|корреспондент|журналист|редактор|эрхлэгч|기자|记者|编辑)\.?\s+/iu;
const TRAILING_TITLE =
  /\s*(?:(?:객원|선임|인턴|수습|전문|시민)?기자|특파원|논설위원|편집장|에디터|记者|编辑|报道|摄)$/u;
const NOISE = /\([^)]*\)|\[[^\]]*\]|<[^>]*>|[\w.+-]+@[\w.-]+|=.*$/gu;
const JOINERS =
  /(?<=\s)(?:and|ба|болон|и|with|on|at|for)(?=\s)|(?<=\p{Script=Han})[与和](?=\p{Script=Han})|\s[–—-]\s/giu;
const EASTERN_NAME = /^(?:[가-힣]{2,4}|\p{Script=Han}{2,4})$/u;
const NAMES_MAX = 10;

/** Whether a text is a person's name and nothing else. */
export function isName(text: string): boolean {
  if (text.length > 60 || /^The\s/u.test(text) || NOT_NAMES.test(text) || ORGANISATION.test(text)) return false;
  if (HANGUL_NAME.test(text) || HAN_NAME.test(text)) return true;
  return CASED_NAME.test(text) && (/\s/.test(text) || INITIAL_NAME.test(text) || text.length >= 3) && !isShouted(text);
}

/** Б.Болор: an initial and a name, as Mongolian bylines are written; sure enough without a label. */
export const isInitialName = (text: string): boolean =>
  INITIAL_NAME.test(text) && isName(text) && !ROMAN_HEADING.test(text);

/** More than one word in capitals only is a slogan. */
function isShouted(text: string): boolean {
  return text.length > 4 && text === text.toUpperCase() && !text.includes('.');
}

/**
 * The names in what a label labels, up to the first part that is none. `from` is where the text begins in its line.
 */
export function readNames(labelled: string, from: number): FoundName[] {
  const names: FoundName[] = [];
  for (const { 0: part, index } of blankOut(labelled).matchAll(/[^,;|•/、&]+/gu)) {
    if (part.trim() === '') continue;
    const found = namesIn(part);
    names.push(...found.map((name) => placed(name, from + index + part.indexOf(name))));
    if (found.length === 0) break;
  }
  return names.slice(0, NAMES_MAX);
}

const placed = (name: string, start: number): FoundName => ({ name, span: [start, start + name.length] });

/** Dates, asides and joining words become separators of the same length, so that places stay. */
export function blankOut(text: string): string {
  const undated = findDates(text).reduce(
    (rest, { span: [start, end] }) => `${rest.slice(0, start)}${'|'.padEnd(end - start)}${rest.slice(end)}`,
    text,
  );
  return undated
    .replace(NOISE, (noise) => '|'.padEnd(noise.length))
    .replace(JOINERS, (word) => '|'.padEnd(word.length));
}

function namesIn(part: string): string[] {
  const trimmed = part
    .trim()
    .replace(TITLES, '')
    .replace(TRAILING_TITLE, '')
    .replace(/[.。:)\]】]+$/u, '')
    .trim();
  if (isName(trimmed)) return [trimmed];
  const words = trimmed.split(/\s+/u).map((word) => word.replace(TRAILING_TITLE, ''));
  if (words.length === 2 && words.every((word) => /^\p{Script=Han}$/u.test(word))) return [trimmed];
  return words.every((word) => EASTERN_NAME.test(word)) ? words.filter(isName) : [];
}
