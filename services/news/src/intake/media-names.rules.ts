import { isName } from './names.rules.ts';

/** Words that the names of papers, magazines, agencies and portals are made of. */
const EN =
  'news|times|post|herald|daily|weekly|monthly|quarterly|journal|gazette|bulletin|review|magazine|courier|tribune|chronicle|observer|telegraph|digest|press|media|agency|online|today|report|dispatch|examiner|sentinel|newsletter|wire|newswire|newspaper|tv|radio|television|portal|almanac|monitor|messenger|reporter|recorder|standard|advocate|register|ledger|mercury|voice|echo|outlook|insider|insight|pioneer|notebook';
const RU =
  'новости|вести|вестник|газета|журнал|известия|ведомости|правда|голос|сегодня|портал|агентство|курьер|обозрение|обозреватель|телеграф|листок|информбюро|тв|радио|телеканал|хроника|эхо|взгляд|заря|знамя|маяк';
const MN =
  'мэдээ|мэдээлэл|сонин|сэтгүүл|агентлаг|тойм|толь|шуудан|портал|өдрийн|тайлан|тв|телевиз|радио|цаг|дуу хоолой';
const KO =
  '뉴스|신문|일보|경제|통신|저널|타임스|타임즈|투데이|방송|소식|미디어|데일리|매거진|잡지|리포트|포스트|헤럴드|월간|주간|라디오|티브이';
const ZH = '网|报|社|台|刊|新闻|日报|晚报|早报|晨报|时报|周报|周刊|月刊|杂志|观察|在线|快讯|传媒|资讯';
const SPACED = new RegExp(`(?<![\\p{L}])(?:${EN}|${RU}|${MN})(?![\\p{L}])`, 'iu');
const JOINED = new RegExp(`(?:${KO}|${ZH})$`, 'u');

/** Parts of a paper and kinds of texts: they stand where names of media stand, and are none. */
const RUBRICS = new RegExp(
  `^(?:${[
    '(?:for )?(?:immediate|media|press|news) release', 'latest', 'top stories', 'world', 'local', 'national', 'business', 'politics', 'economy', 'culture', 'sports?', 'opinion', 'comment', 'analysis', 'features?', 'interview', 'editorial', 'lifestyle', 'technology', 'science', 'society', 'environment', 'profile', 'people', 'category', 'categories', 'events?', 'press', 'news', 'media', 'report', 'today', 'update', 'exclusive', 'notice', 'announcement',
    'общество', 'экономика', 'политика', 'культура', 'спорт', 'мнения?', 'интервью', 'репортаж', 'очерк', 'аналитика', 'происшествия', 'в стране', 'в мире', 'регионы?', 'бизнес', 'наука', 'технологии', 'новости(?: (?:дня|часа|недели|компаний|партн[её]ров))?', 'пресс-релиз', 'статьи', 'люди', 'объявление', 'событи[ея]', 'последние новости', 'главные? новост[ьи]',
    'улс төр', 'нийгэм', 'эдийн засаг', 'соёл(?: урлаг)?', 'спорт', 'ярилцлага', 'нийтлэл', 'мэдээ', 'мэдээлэл', 'хууль', 'дэлхий', 'бизнес', 'боловсрол', 'эрүүл мэнд', 'технологи', 'онцлох(?: мэдээ)?', 'шинэ мэдээ', 'зарлал', 'мэдэгдэл', 'хэвлэлийн мэдээ', 'сурвалжлага', 'сурвалжилга', 'тойм',
    '정치', '경제', '사회', '문화', '스포츠', '국제', '기획', '특집', '인터뷰', '칼럼', '사설', '보도자료', '사람', '현장', '뉴스', '속보', '단독', '공지',
    '时政', '财经', '社会', '文化', '体育', '国际', '国内', '评论', '专题', '访谈', '快讯', '公告', '通知', '新闻', '资讯', '要闻', '人物', '深度', '观点', '报道', '新闻稿',
  ].join('|')})$`,
  'iu',
); // biome-ignore format: a table
const WEEKDAYS =
  /^(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|[월화수목금토일]요일|星期.|周.|понедельник|вторник|среда|четверг|пятница|суббота|воскресенье|даваа|мягмар|лхагва|пүрэв|баасан|бямба|ням)(?: гараг)?$/iu;
const NAME_WORDS_MAX = 5;
const NAME_LENGTH_MAX = 40;
const EASTERN = /[\p{Script=Han}\p{Script=Hangul}]/u;
/** Marks that names of papers stand in. */
const QUOTES = /^[\s«"“《〈「[【(/]+|[\s»"”》〉」\]】)/]+$/gu;

/** `«Тариаланч» сонин`, `журнал «Степь»`: the name is what stands in the quotes. */
const QUOTED =
  /^(?:(?:газета|журнал|сонин|сэтгүүл|агентство|портал|ИА|РИА|ИД)\s)?[«“"《](?<inner>[^«»“”"《》]{2,40})[»”"》](?:\s(?:сонин|сэтгүүл|портал|сайт|newspaper|magazine))?$/iu;

/** Whether a text is nothing but a name in quotes, with or without what it names: `«Тариаланч» сонин`. */
export const isQuotedName = (text: string): boolean => QUOTED.test(text.trim());

/** A name without the quotes that it stands in. */
export const unquoted = (text: string): string => (QUOTED.exec(text)?.groups?.inner ?? text).replace(QUOTES, '');

/** A heading of a paper's part, or a word for a kind of text. */
export const isRubric = (text: string): boolean => RUBRICS.test(unquoted(text)) || WEEKDAYS.test(unquoted(text));

/** A few words that may be what a medium calls itself: no sentence, no number, no rubric. */
export function mayNameMedium(text: string): boolean {
  const words = text.split(/\s+/u).length;
  if (text.length < 2 || text.length > NAME_LENGTH_MAX || words > NAME_WORDS_MAX) return false;
  return /^[\p{Lu}\p{Lo}]/u.test(text) && !/[.!?:;,…]|\d/u.test(text) && !isRubric(text);
}

/** A name with a word in it that hardly anything else is called by. */
export const isMediaName = (text: string): boolean =>
  mayNameMedium(text) && (SPACED.test(text) || JOINED.test(text)) && !isEasternName(text);

/** Three or four signs can be a person too, whatever their last one is. */
const isEasternName = (text: string) => EASTERN.test(text) && text.length <= 2 && isName(text);
