import {
  cutLegalForms,
  type LocalizedText,
  lightOf,
  localeTags,
  normaliseText,
  wordsOf,
} from '@ortoo/shared/contracts';

/** The longest text of one language that is indexed, in characters; more finds nothing that this much does not. */
const TEXT_LENGTH_MAX = 200_000;

/** The text in each language in the form that search knows; languages in a fixed order, blank ones left out. */
export function projectText(text: LocalizedText | undefined): LocalizedText {
  const projected: LocalizedText = {};
  for (const tag of localeTags) {
    const given = text?.[tag];
    const found = given ? normaliseText(given).slice(0, TEXT_LENGTH_MAX) : '';
    if (found !== '') projected[tag] = found;
  }
  return projected;
}

/** Every distinct name in every language, without legal forms. */
export function projectNames(names: (LocalizedText | undefined)[]): string[] {
  const all = new Set<string>();
  for (const name of names) {
    for (const tag of localeTags) {
      const given = name?.[tag];
      if (given) all.add(cutLegalForms(normaliseText(given)));
    }
  }
  all.delete('');
  return [...all];
}

/**
 * A name as one run of Latin letters, the same for its spellings in both scripts, and its words in the order of the alphabet
 * with blanks between them, the same in whatever order they are written.
 */
export function foldName(name: string): { written: string; sorted: string } {
  const words = wordsOf(name).map(lightOf);
  return { written: words.join(''), sorted: words.toSorted().join(' ') };
}

/** The text of both, where both have one. */
export function joinText(first: LocalizedText, second: LocalizedText): LocalizedText {
  const joined: LocalizedText = {};
  for (const tag of localeTags) {
    const found = [first[tag], second[tag]].filter((text) => text !== undefined).join('\n');
    if (found !== '') joined[tag] = found;
  }
  return joined;
}

/** The distinct values that are there, undefined when there is none. */
export function distinct(values: (string | undefined)[]): string[] | undefined {
  const found = [...new Set(values.filter((value) => value !== undefined))];
  return found.length > 0 ? found : undefined;
}

/** The record without the members that have no value. */
export function compact<T extends object>(record: { [M in keyof T]: T[M] | undefined }): T {
  const found: Partial<T> = {};
  for (const member of Object.keys(record) as (keyof T)[])
    if (record[member] !== undefined) found[member] = record[member];
  return found as T;
}
