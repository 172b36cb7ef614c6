import {
  AUTHOR_LABELS,
  BANNER_WORDS,
  EDITOR_LABELS,
  HEADLINE_LABELS,
  OTHER_CREDITS,
  PUBLISHED_LABELS,
  RELATED_WORDS,
  SOURCE_LABELS,
  UPDATED_LABELS,
} from './wording.rules.ts';

export type LabelKind = 'editor' | 'author' | 'source' | 'published' | 'updated' | 'headline' | 'other';

/** A label in a line, with the place of what it labels: up to the next label or separator. */
export type Labelled = { kind: LabelKind; text: string; start: number; hasColon: boolean };

const kinds: [LabelKind, string[]][] = [
  ['headline', HEADLINE_LABELS],
  ['source', SOURCE_LABELS],
  ['updated', UPDATED_LABELS],
  ['published', PUBLISHED_LABELS],
  ['editor', EDITOR_LABELS],
  ['author', AUTHOR_LABELS],
  ['other', OTHER_CREDITS],
];
const kindOf = new Map(kinds.flatMap(([kind, words]) => words.map((word) => [word, kind] as const)));
const WORDS = [...kindOf.keys()].sort((one, other) => other.length - one.length).join('|');

/** What must follow a label, so that a word of a sentence is none: a colon, or nothing of the sort for "Edited by". */
/** A dash marks a label only at the beginning of a line. */
const MARKED = '\\s*[:=]\\s*|(?<=^[\\p{L} ]{3,30})\\s+[–—-]\\s+';
const UNMARKED_LATIN = '(?<= by|^by| via|^via| on| in| from)\\s+';
const UNMARKED_CYRILLIC =
  '(?<=редакцией|редактор|хянасан|тохиолдуулсан|редакторласан|отредактировала?|бичсэн|бэлтгэсэн|сурвалжлагч|нийтлэсэн|нийтэлсэн|подготовила?|рассказывает|автором|ярилцсан|сурвалжилсан|беседовала?|записала?|опубликовано|обновлено|по материалам|газеты|журнала|сайта|перепечатано из|корреспондент|автор|шинэчилсэн|шинэчлэгдсэн|published|posted|updated)\\s+';
const UNMARKED_EAST =
  '(?<=责任编辑|编辑|责编|记者|通讯员|作者|首发于|本文首发于|本文原载于|原载于|转载自|本文转载自|摘自|撰文|来源|发布时间|更新时间|发表于|发布于|发布|来自|转自|편집자|편집|에디터|데스크|입력|수정|최종수정|등록|등록일|출처|승인|게시일|발행일|취재)\\s*';
const SLASHED = '(?<=文|图|摄|编辑|글|사진|记者|摄影|취재)\\s*[/|]\\s*';
const BEGIN = '(?:^|(?<=[\\s|·•;,/()\\[\\]【】<>「」—–-])|(?<=[报社网台刊])(?=记者|通讯员))';
const LABEL = new RegExp(
  `${BEGIN}(?<word>${WORDS})(?:(?<marked>${MARKED}|${SLASHED})|${UNMARKED_LATIN}|${UNMARKED_CYRILLIC}|${UNMARKED_EAST})`,
  'giu',
);

/** The labels of a line in their order, each with the text that it labels. */
export function readLabels(line: string): Labelled[] {
  const matches = [...line.matchAll(LABEL)];
  return matches.map((match, place) => {
    const { word = '', marked } = match.groups ?? {};
    const start = match.index + match[0].length;
    const end = matches[place + 1]?.index ?? line.length;
    const kind = kindOf.get(word.toLowerCase()) ?? 'other';
    return { kind, text: line.slice(start, end), start, hasColon: marked !== undefined };
  });
}

const wholeLine = (words: string[]) =>
  new RegExp(`^[\\s»›▶►▲•·|\\[<(-]*(?:${words.join('|')})[\\s»›▶►>:.…|\\])]*$`, 'iu');
const BANNER = wholeLine(BANNER_WORDS);
const RELATED = wholeLine(RELATED_WORDS);
/** A label that stands alone; what it labels is in the next line. */
const ALONE = new RegExp(`^(?<word>${WORDS})\\s*:?$`, 'iu');

export const isBanner = (line: string): boolean => BANNER.test(line) || isMenuRow(line);

export const isRelatedMark = (line: string): boolean => line.length <= 60 && RELATED.test(line);

/** What a line labels when it is nothing but a label. */
export function loneLabel(line: string): LabelKind | undefined {
  const word = ALONE.exec(line)?.groups?.word;
  return word === undefined || word.length < 2 ? undefined : kindOf.get(word.toLowerCase());
}

const ROW_SEPARATOR = /\s*[|•·›»→]\s*|\s+\/\s+|\s+>\s+| {3,}/u;

/** `Home | News | Contact`: three short names or more in a row, and not a date or a name among credits. */
function isMenuRow(line: string): boolean {
  const parts = line.split(ROW_SEPARATOR).filter(Boolean);
  const isShort = parts.every((part) => part.length <= 28 && !/\d{4}|[.!?。]$|\d{1,2}:\d{2}/u.test(part));
  return parts.length >= 3 && isShort && readLabels(line).length === 0;
}
