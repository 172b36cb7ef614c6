import { isLegalForm, regionNames, wordsOf } from '@ortoo/shared/contracts';
import { stemKeyOf } from './typed-stem.ts';

/** What else the words of a query stand for. */
export type Expansion = {
  /** Other ways to say a part of it, in words with single blanks. */
  texts: string[];
  /** Codes of the regions and legal forms that it names. */
  regions: string[];
  legalForms: string[];
};

/** What means the same, in lower case; the first of a row is the abbreviation. Own list, from the use of Mongolian business. */
const SAME: string[][] = [
  ['уб', 'улаанбаатар', 'ub', 'ulaanbaatar', 'нийслэл'],
  ['нцс', 'нарны цахилгаан станц', 'solar power plant'],
  ['дцс', 'дулааны цахилгаан станц', 'thermal power plant'],
  ['сэх', 'сэргээгдэх эрчим хүч', 'renewable energy'],
  ['нбб', 'нягтлан бодох бүртгэл', 'accounting'],
  ['хабэа', 'habea', 'хөдөлмөрийн аюулгүй байдал', 'hse', 'ohs', 'occupational safety'],
  ['ppe', 'хувийн хамгаалах хэрэгсэл', 'personal protective equipment'],
  ['ббсб', 'bbsb', 'банк бус санхүүгийн байгууллага', 'nbfi', 'non bank financial institution'],
  ['нөат', 'noat', 'нэмэгдсэн өртгийн албан татвар', 'vat'],
  ['хаоат', 'хувь хүний орлогын албан татвар', 'personal income tax'],
  ['аан', 'аж ахуйн нэгж', 'companies'],
  ['мт', 'мэдээллийн технологи', 'it', 'information technology'],
  ['мхт', 'мэдээлэл харилцаа холбооны технологи', 'ict'],
  ['жду', 'жижиг дунд үйлдвэр', 'sme', 'small and medium enterprise'],
  ['бнсу', 'солонгос', 'korea'],
  ['бнхау', 'хятад', 'china'],
  ['оху', 'орос', 'russia'],
  ['гхо', 'гадаадын хөрөнгө оруулалт', 'fdi', 'foreign investment'],
  ['тэзү', 'техник эдийн засгийн үндэслэл', 'feasibility study'],
  ['бонбү', 'байгаль орчны нөлөөллийн үнэлгээ', 'environmental impact assessment'],
  ['led', 'лед', 'диодон гэрэл'],
];

/** By what companies are called, what their legal form is; the forms themselves are cut from the query. */
const LEGAL_FORMS: Record<string, string[]> = {
  llc: ['ххк', 'xxk', 'hhk', 'khkhk', 'llc', 'ltd'],
  jsc: ['хк', 'xk', 'jsc', 'plc'],
  ngo: ['нүтбб', 'тбб', 'ngo'],
  nbfi: ['ббсб', 'nbfi'],
  coop: ['хоршоо', 'cooperative'],
  state: ['төхк', 'төүг', 'төхх', 'онөүг'],
};
const formOf = new Map(Object.entries(LEGAL_FORMS).flatMap(([code, words]) => words.map((word) => [word, code])));

/** Towns that stand for their region; the regions' own names are added. */
const TOWNS: Record<string, string[]> = {
  'MN-1': ['уб', 'ub', 'ulaanbaatar', 'ulan bator'],
  'MN-035': ['эрдэнэт', 'erdenet'],
  'MN-037': ['дархан', 'darkhan'],
  'MN-053': ['даланзадгад', 'dalanzadgad', 'ханбогд', 'khanbogd', 'цогтцэций'],
  'MN-063': ['сайншанд', 'sainshand', 'замын үүд', 'zamyn uud'],
  'MN-046': ['улаангом', 'ulaangom'],
  'MN-061': ['чойбалсан', 'choibalsan'],
  'MN-041': ['мөрөн', 'khuvsgul', 'huvsgul'],
};
const regionsByKey = new Map<string, string>();
for (const [code, names] of [...Object.entries(regionNames), ...Object.entries(TOWNS)])
  for (const name of names) regionsByKey.set(keysOf(wordsOf(name)).join(' '), code);

const sameByText = new Map(SAME.flatMap((row) => row.map((text) => [text, row])));
/** An English word besides: only where hardly anything else was typed. */
const DOUBTFUL = 'it';
const DOUBTFUL_WORDS_MAX = 2;
/** The most words that one of the texts or names has. */
const SPAN_MAX = 5;
const TEXTS_MAX = 8;

function keysOf(words: string[]): string[] {
  return words.map((word) => stemKeyOf(word) ?? word);
}

/** Every run of words that is no longer than the texts and names that are known. */
function spansOf(words: string[]): string[][] {
  return words.flatMap((_, start) =>
    words.slice(start, start + SPAN_MAX).map((_word, more) => words.slice(start, start + more + 1)),
  );
}

/** What else is meant by what was typed, in lower case. Pure; a rename needs no new index. */
export function expand(typed: string): Expansion {
  const words = wordsOf(typed.replaceAll('.', ''));
  const spans = spansOf(words);
  const texts = spans.flatMap((span) => {
    const text = span.join(' ');
    if (text === DOUBTFUL && words.length > DOUBTFUL_WORDS_MAX) return [];
    return (sameByText.get(text) ?? []).filter((other) => other !== text);
  });
  const regions = spansOf(keysOf(words)).flatMap((span) => regionsByKey.get(span.join(' ')) ?? []);
  const legalForms = words.flatMap((word) => (isLegalForm(word) ? (formOf.get(word) ?? []) : []));
  return {
    texts: [...new Set(texts)].slice(0, TEXTS_MAX),
    regions: [...new Set(regions)],
    legalForms: [...new Set(legalForms)],
  };
}
