import type { FuzzyDate, Span } from '@ortoo/shared/contracts';
import { readTimeNear } from './time-forms.rules.ts';

/** A date as it stands in a text, with its place there. */
export type FoundDate = { value: FuzzyDate; span: Span };

const YEAR_MIN = 1900;
const YEAR_MAX = 2100;

/** Names of months by how they begin; dots and endings may follow. */
const MONTH_STEMS: [RegExp, number][] = [
  [/^(jan|янв)/, 1],
  [/^(feb|фев)/, 2],
  [/^(mar|мар)/, 3],
  [/^(apr|апр)/, 4],
  [/^(may|ма[йя])/, 5],
  [/^(jun|июн)/, 6],
  [/^(jul|июл)/, 7],
  [/^(aug|авг)/, 8],
  [/^(sep|сен)/, 9],
  [/^(oct|окт)/, 10],
  [/^(nov|ноя)/, 11],
  [/^(dec|дек)/, 12],
];
const MONGOLIAN_MONTHS = [
  'нэгдүгээр', 'хоёрдугаар', 'гуравдугаар', 'дөрөвдүгээр', 'тавдугаар', 'зургаадугаар', 'долоодугаар', 'наймдугаар',
  'есдүгээр', 'аравдугаар', 'арван нэгдүгээр', 'арван хоёрдугаар',
]; // biome-ignore format: a table

const EN =
  'jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?';
const RU =
  'янв(?:аря|арь)?|фев(?:раля|раль)?|мар(?:та|т)?|апр(?:еля|ель)?|ма[йя]|июн[яь]?|июл[яь]?|авг(?:уста|уст)?|сен(?:т(?:ября|ябрь)?)?|окт(?:ября|ябрь)?|ноя(?:б(?:ря|рь)?)?|дек(?:абря|абрь)?';
const MN = MONGOLIAN_MONTHS.toReversed().join('|').replaceAll(' ', ' ?');
const Y = '(?<y>(?:19|20|21)\\d{2})';
const M = '(?<m>\\d{1,2})';
const D = '(?<d>\\d{1,2})';
const NOT_IN_NUMBER = '(?<![\\d.,/-])';
const NO_MORE = '(?![\\d])';
const MONTH_EN = `(?<name>${EN})\\.?`;
const MONTH_RU = `(?<name>${RU})\\.?`;

/** From the most to the least telling; a place that one form has taken is not read again. */
const FORMS: RegExp[] = [
  `${Y}\\s*оны?\\s+(?<name>${MN})\\s+сар(?:ын)?(?:\\s+${D}${NO_MORE})?`,
  `${Y}\\s*оны?\\s+${M}(?:\\s*-?\\s*(?:р|дугаар|дүгээр|д[үу]гээр))?\\s*сар(?:ын)?(?:\\s+${D}${NO_MORE})?`,
  `(?<name>${MN})\\s+сарын\\s+${D}[,.]?\\s+${Y}${NO_MORE}`,
  `${NOT_IN_NUMBER}${Y}\\s+${MONTH_EN}\\s+${D}${NO_MORE}`,
  `${Y}\\s*оны?\\s+${M}[./]${D}${NO_MORE}`,
  `${NOT_IN_NUMBER}${M}(?:\\s*-?\\s*р)?\\s*сарын\\s+${D},?\\s+${Y}${NO_MORE}`,
  `${Y}\\s*년\\s*${M}\\s*월(?:\\s*${D}\\s*일)?`,
  `${Y}\\s*年\\s*${M}\\s*月(?:\\s*${D}\\s*[日号])?`,
  `${NOT_IN_NUMBER}${D}(?:st|nd|rd|th)?\\s+(?:of\\s+)?${MONTH_EN},?\\s+${Y}${NO_MORE}`,
  `${NOT_IN_NUMBER}${D}[-/](?<name>${EN})[-/]${Y}${NO_MORE}`,
  `(?<![\\p{L}])${MONTH_EN}\\s+${D}(?:st|nd|rd|th)?,?\\s+${Y}${NO_MORE}`,
  `${NOT_IN_NUMBER}${D}(?:-?го)?\\s+${MONTH_RU},?\\s+${Y}${NO_MORE}(?:\\s?(?:г\\.|года))?`,
  `${NOT_IN_NUMBER}${Y}(?<s>[-./])\\s?${M}\\k<s>\\s?${D}\\.?${NO_MORE}(?!\\.\\d)`,
  `${NOT_IN_NUMBER}(?<a>\\d{1,2})(?<s>[-./])(?<b>\\d{1,2})\\k<s>${Y}${NO_MORE}`,
  `(?<![\\p{L}\\d])${MONTH_EN},?\\s+${Y}${NO_MORE}`,
  `(?<![\\p{L}\\d])(?<name>январь|февраль|март|апрель|май|июнь|июль|август|сентябрь|октябрь|ноябрь|декабрь)\\s+${Y}${NO_MORE}`,
].map((form) => new RegExp(form, 'giu'));

/** Every date in a text that exists in the calendar, in the order of the text. A day that cannot be is none. */
export function findDates(text: string): FoundDate[] {
  const plain = withChineseDigits(text);
  const found: FoundDate[] = [];
  const taken: Span[] = [];
  for (const form of FORMS) {
    for (const match of plain.matchAll(form)) {
      const span: Span = [match.index, match.index + match[0].length];
      if (taken.some(([start, end]) => span[0] < end && start < span[1])) continue;
      taken.push(span); // an impossible date is not read as a shorter one
      const day = dayOf(match.groups ?? {});
      if (day !== undefined) found.push(withTime(plain, day, span));
    }
  }
  return found.sort((one, other) => one.span[0] - other.span[0]);
}

function withTime(text: string, date: string, span: Span): FoundDate {
  if (date.length < 10) return { value: { date, precision: 'month' }, span };
  const time = readTimeNear(text, span);
  if (!time) return { value: { date, precision: 'day' }, span };
  const { clock, tzid, span: whole } = time;
  return { value: { date: `${date}T${clock}`, precision: 'minute', ...(tzid ? { tzid } : {}) }, span: whole };
}

/** `2022-09-21`, `2022-09` when no day is named, undefined for what cannot be or can be read in two ways. */
function dayOf({ y = '', m, d, name, a, b, s }: Partial<Record<string, string>>): string | undefined {
  if (Number(y) < YEAR_MIN || Number(y) > YEAR_MAX) return undefined;
  if (a !== undefined && b !== undefined) return ambiguousDay(y, { a: Number(a), b: Number(b), isDotted: s === '.' });
  const month = name === undefined ? Number(m) : monthOf(name);
  if (d === undefined) return month >= 1 && month <= 12 ? `${y}-${pad(month)}` : undefined;
  return calendarDay(y, month, Number(d));
}

/** Dots are day first everywhere; slashes and dashes only where no second reading is left. */
function ambiguousDay(y: string, { a, b, isDotted }: { a: number; b: number; isDotted: boolean }): string | undefined {
  const dayFirst = calendarDay(y, b, a);
  if (isDotted) return dayFirst;
  const monthFirst = calendarDay(y, a, b);
  if (dayFirst !== undefined && monthFirst !== undefined && dayFirst !== monthFirst) return undefined;
  return dayFirst ?? monthFirst;
}

function monthOf(name: string): number {
  const word = name.toLowerCase().replace(/^арван\s*/, 'арван ');
  const place = MONGOLIAN_MONTHS.indexOf(word.trim());
  return place >= 0 ? place + 1 : (MONTH_STEMS.find(([stem]) => stem.test(word))?.[1] ?? 0);
}

/** The day as ISO 8601 writes it, or undefined when the calendar has none such. */
export function calendarDay(y: string, month: number, day: number): string | undefined {
  if (month < 1 || month > 12 || day < 1) return undefined;
  const isLeap = Number(y) % 4 === 0 && (Number(y) % 100 !== 0 || Number(y) % 400 === 0);
  const days = month === 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
  return day <= days ? `${y}-${pad(month)}-${pad(day)}` : undefined;
}

const pad = (value: number) => String(value).padStart(2, '0');

const CHINESE_DIGITS = '〇一二三四五六七八九';
const CHINESE_DATE = /[〇零一二三四五六七八九]{4}年[一二三四五六七八九十]{1,2}月(?:[一二三四五六七八九十]{1,3}日)?/gu;

/** 二〇二二年九月二十一日 in digits, blanks where the numbers are shorter: the text keeps its length. */
function withChineseDigits(text: string): string {
  return text.replace(CHINESE_DATE, (date) => {
    const digits = date
      .replaceAll('零', '〇')
      .replace(/^[^年]+/u, (year) => Array.from(year, (digit) => CHINESE_DIGITS.indexOf(digit)).join(''))
      .replace(/[一二三四五六七八九十]+/gu, (number) => String(chineseNumber(number)).padEnd(number.length));
    return digits.length === date.length ? digits : date;
  });
}

function chineseNumber(number: string): number {
  const [tens = '', ones = ''] = number.includes('十') ? number.split('十') : ['', number];
  const ten = number.includes('十') ? Math.max(1, CHINESE_DIGITS.indexOf(tens || '一')) * 10 : 0;
  return ten + (ones === '' ? 0 : CHINESE_DIGITS.indexOf(ones));
}
