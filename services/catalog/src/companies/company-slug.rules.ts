import { type LocalizedText, pickText, slugOf } from '@ortoo/shared/contracts';

/** The slug of a company whose name has neither letters nor digits. */
const NAMELESS = 'company';

/** Legal forms as the last words of a name, in the form that a slug gives them. */
const formsAtEnd = new Set(
  ['llc', 'jsc', 'co', 'ltd', 'limited', 'inc', 'corp', 'plc', 'llp', 'gmbh', 'ag', 'ngo', 'nbfi']
    .concat(['ххк', 'хк', 'төхк', 'онөааткг', 'төүг', 'нүтбб', 'ббсб', 'хзх', 'ххн', 'бхн'])
    .concat(['ооо', 'оао', 'зао', 'пао', 'ао', '주식회사', '유한회사']),
);
/** Legal forms as the first words of a name. */
const formsAtStart = new Set(['ооо', 'оао', 'зао', 'пао', 'ао', '주식회사', '유한회사']);
/** Written without a space before them. */
const attachedForms = /(?:股份有限公司|有限责任公司|有限公司)\s*$|\(주\)|㈜/gu;
/** A name without the legal forms that are written into its words. */
export function cutAttachedForms(name: string): string {
  return name.replace(attachedForms, ' ');
}

/** `L.L.C.` is a word, not three. */
const initials = /(?<!\p{L})(?:\p{L}\.){2,}\p{L}?(?!\p{L})/gu;

/**
 * The slug that a company's name makes: English first, else Mongolian, else what is there; the legal form is cut.
 * `Gobi Cement Co., Ltd` → `gobi-cement`, `Говь Цемент ХХК` → `говь-цемент`.
 */
export function companySlug(displayName: LocalizedText): string {
  const name = pickText(displayName, 'en')?.text ?? '';
  const plain = cutAttachedForms(name).replace(initials, (word) => word.replaceAll('.', ''));
  const words = slugOf(plain).split('-');
  let start = 0;
  let end = words.length;
  while (end - start > 1 && formsAtEnd.has(words[end - 1] ?? '')) end -= 1;
  while (end - start > 1 && formsAtStart.has(words[start] ?? '')) start += 1;
  return words.slice(start, end).join('-') || NAMELESS;
}
