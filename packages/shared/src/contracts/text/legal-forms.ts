/**
 * Legal forms as they are written before, after and inside company names. They say nothing about which company is
 * meant and would drown the name: they are cut from names and from queries alike.
 */
const FORMS = [
  'ХХК', 'ХК', 'НҮТББ', 'ТББ', 'ББСБ', 'ХЗХ', 'БГХХК', 'ТӨХК', 'ОНӨҮГ', 'ТӨҮГ', 'ХХН', 'хоршоо', 'нөхөрлөл', 'ГХО', 'ГХОХХК',
  'XXK', 'XK', 'KhKhK', 'HHK', 'khorshoo', 'horshoo', 'xorshoo', 'NBFI', 'LLC', 'JSC', 'LLP', 'Ltd', 'Co', 'Inc', 'Corp', 'Corporation', 'GmbH', 'PLC', 'NGO',
  'ООО', 'ОАО', 'ЗАО', 'ПАО', 'АО',
]; // biome-ignore format: a table

const forms = new Set(FORMS.map((form) => form.toLowerCase()));

/** Whether a word is a legal form, whatever its capitals. */
export function isLegalForm(word: string): boolean {
  return forms.has(word.toLowerCase());
}

/** `L.L.C.` and `Х.Х.К.` are the forms too. */
const DOTTED = /(?<![\p{L}\p{N}])(?:\p{L}\.){2,}/gu;

/**
 * The name without legal forms, quotation marks and stray punctuation, blanks single. A name that is nothing but a
 * form stays as it is.
 */
export function cutLegalForms(name: string): string {
  const undotted = name.includes('.') ? name.replace(DOTTED, (dotted) => dotted.replaceAll('.', '')) : name;
  const words = undotted
    .replace(/["“”„«»()[\]/,;]/gu, ' ')
    .split(/\s+/u)
    .map((word) => word.replace(/^[.\-–—]+|[.\-–—]+$/gu, ''))
    .filter((word) => word !== '');
  const kept = words.filter((word) => !forms.has(word.toLowerCase()));
  return (kept.length > 0 ? kept : words).join(' ');
}
