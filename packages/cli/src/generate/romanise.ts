/** How a Mongolian name is spelled in Latin letters; companies use all three. */
export const romanisations = ['standard', 'informal', 'marked'] as const;
export type Romanisation = (typeof romanisations)[number];

/** The plain consonants and vowels, alike in each way of spelling. */
const alike: Record<string, string> = {
  ...{ а: 'a', б: 'b', в: 'v', г: 'g', д: 'd', ж: 'j', з: 'z', и: 'i', й: 'i', к: 'k', л: 'l', м: 'm', н: 'n', о: 'o' },
  ...{ п: 'p', р: 'r', с: 's', т: 't', у: 'u', ф: 'f', ц: 'ts', ч: 'ch', ш: 'sh', щ: 'shch', ъ: '', ы: 'y', ь: 'i' },
  ...{ э: 'e', е: 'ye', ё: 'yo', ю: 'yu', я: 'ya' },
};

const letters: Record<Romanisation, Record<string, string>> = {
  // Close to MNS 5217:2012, as passports have it.
  standard: { ...alike, х: 'kh', ө: 'u', ү: 'u' },
  informal: { ...alike, х: 'h', ө: 'o', ү: 'u', ы: 'ii', ь: '', е: 'e' },
  marked: { ...alike, х: 'kh', ө: 'ö', ү: 'ü' },
};

/** The text in Latin letters; capitals stay capitals, what is not Cyrillic stays as it is. */
export function romanise(text: string, way: Romanisation): string {
  let latin = '';
  for (const letter of text) {
    const small = letter.toLowerCase();
    const spelled = letters[way][small] ?? letter;
    latin += letter === small ? spelled : spelled.charAt(0).toUpperCase() + spelled.slice(1);
  }
  return latin;
}
