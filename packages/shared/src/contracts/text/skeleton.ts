import { applyRewrites, compileRewrites, type Rewrite } from './rewrite.ts';

/**
 * Mongolian Cyrillic to Latin by MNS 5217:2012 (the table of CLDR's mn-mn_Latn-MNS transform), with the look-alikes
 * that old fonts left for ө and ү. Lower case; capitals are added by `latinMappings`.
 */
const MNS_5217: Record<string, string> = {
  а: 'a', б: 'b', в: 'v', г: 'g', д: 'd', е: 'ye', ё: 'yo', ж: 'j', з: 'z', и: 'i', й: 'i', к: 'k', л: 'l', м: 'm',
  н: 'n', о: 'o', ө: 'ö', п: 'p', р: 'r', с: 's', т: 't', у: 'u', ү: 'ü', ф: 'f', х: 'kh', ц: 'ts', ч: 'ch', ш: 'sh',
  щ: 'sh', ъ: 'i', ы: 'y', ь: 'i', э: 'e', ю: 'yu', я: 'ya', є: 'ö', ѳ: 'ö', ї: 'ü', і: 'i', қ: 'k', ң: 'n',
}; // biome-ignore format: a table

/** The Gobi is Говь; the exonym is written in half of the country's company names. */
const EXONYMS: Record<string, string> = { gobi: 'govi' };

/** Rules of the engine's `mapping` char filter: Cyrillic of both cases to Latin, before the text is cut into words. */
export function latinMappings(): string[] {
  const rows = [...Object.entries(MNS_5217), ...Object.entries(EXONYMS)].flatMap(([from, to]) =>
    [from, from.toUpperCase(), from[0]?.toUpperCase() + from.slice(1)].map((form) => `${form}=>${to}`),
  );
  return [...new Set(rows)];
}

const dropApostrophes: Rewrite = { name: 'apostrophes', pattern: "['’`]", replacement: '' };
const collapse = (name: string): Rewrite => ({ name, pattern: '([a-z])\\1+', replacement: '$1' });

/** Spellings that the standard and informal Latin share, folded a little: used for prefixes. */
export const lightRewrites: Rewrite[] = [
  dropApostrophes,
  { name: 'kh', pattern: 'kh|x', replacement: 'h' },
  { name: 'zh', pattern: 'zh', replacement: 'j' },
  { name: 'ts', pattern: 'ts', replacement: 'c' },
  { name: 'ye', pattern: 'ye', replacement: 'e' },
  { name: 'y', pattern: 'y', replacement: 'i' },
  { name: 'w', pattern: 'w', replacement: 'v' },
  collapse('light_doubles'),
];

/**
 * The phonetic key: what is left when the choices that people make in Latin letters are taken away. ө and ү are typed
 * o, u, q or v, в is typed v or w, и й ы ь are typed i, y or not at all, vowels are doubled or not.
 */
export const skeletonRewrites: Rewrite[] = [
  ...lightRewrites,
  { name: 'rounded', pattern: '[voq]', replacement: 'u' },
  { name: 'leading_iu', pattern: '^i(?=u)', replacement: '' },
  { name: 'inner_i', pattern: '(?<=.)i', replacement: '' },
  collapse('skeleton_doubles'),
];

const compiled = compileRewrites(skeletonRewrites);
const compiledLight = compileRewrites(lightRewrites);
const latinOf = new Map([...Object.entries(MNS_5217)]);
const exonyms = Object.entries(EXONYMS);
/** Without marks, so that there is nothing to take them off from. */
const ASCII = /^[\u0020-\u007e]*$/;

/** The skeleton of one lower-case word, equal to what the engine's `skeleton` analyzer makes of it. */
export function skeletonOf(word: string): string {
  return applyRewrites(toLatin(word), compiled);
}

/** The light fold of one lower-case word, as the engine's `prefix` analyzer cuts it into beginnings. */
export function lightOf(word: string): string {
  return applyRewrites(toLatin(word), compiledLight);
}

/** The beginnings that a typed one may stand for: `gob` may become Gobi, which is kept as `govi`. */
export function openingsOf(typed: string): string[] {
  const meant = exonyms.filter(([from]) => typed.length >= 3 && from.startsWith(typed));
  return [...new Set([typed, ...meant.map(([, to]) => to.slice(0, typed.length))])];
}

function toLatin(word: string): string {
  let latin = '';
  for (const letter of word) latin += latinOf.get(letter) ?? letter;
  for (const [from, to] of exonyms) latin = latin.replaceAll(from, to);
  return ASCII.test(latin) ? latin : latin.normalize('NFD').replace(/\p{M}/gu, '');
}
