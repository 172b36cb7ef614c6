/** More words than this in a query are noise; the rest is passed over, so that a query stays within bounds. */
export const QUERY_WORDS_MAX = 32;

/** What the steps below leave as it is, but for blanks: printable ASCII, and the Cyrillic block without its marks. Most texts are this. */
const PLAIN = /^[\n\u0020-\u007e\u0400-\u0482\u048a-\u04ff]*$/;

/**
 * The one form of text that search knows: NFKC (a decomposed й is й, a full-width A is A), whole surrogate pairs, and
 * no invisible characters (joiners, soft hyphens, direction marks, variation selectors), which people paste without seeing them.
 * Done before indexing and before querying; it stands in for the engine's missing ICU plugin.
 */
export function normaliseText(text: string): string {
  if (PLAIN.test(text) && !text.includes('  ')) return text.trim();
  return text
    .toWellFormed()
    .normalize('NFKC')
    .replace(/\p{Cf}|\p{Variation_Selector}/gu, '')
    .replace(/[^\S\n]+/gu, ' ')
    .trim();
}

/** The words of a text in lower case: runs of letters, marks and digits. Operators, emoji and punctuation are none. */
export function wordsOf(text: string): string[] {
  return (
    normaliseText(text)
      .toLowerCase()
      .match(/[\p{L}\p{N}][\p{L}\p{M}\p{N}]*/gu) ?? []
  );
}
