import type { ArticleKin, ArticleState, LocaleTag, RuleFault, Translation } from '@ortoo/shared/contracts';

/** An article as its relatives know it. */
export type Relative = { id: string; language: LocaleTag; translationOf?: string | undefined };
/** What the rules of translations look at: the article that is named as the original, and what names the article itself. */
export type Family = { id: string; original?: Relative | undefined; translations: readonly Relative[] };

type Said = Pick<ArticleState, 'language' | 'translationOf'>;

/**
 * A translation points to the original itself, which is live, in another language, and no translation: no chain and no
 * circle can be. An original that was deleted since stays named.
 */
export function translationFaults(said: Said, family: Family | undefined, current?: Said): RuleFault[] {
  if (!family) return [];
  const { language, translationOf } = said;
  if (translationOf === undefined) return languageTaken(language, family);
  const isKept = current?.translationOf === translationOf;
  return [...originalFaults(said, family, isKept), ...ownTranslations(family)];
}

function originalFaults(
  { language, translationOf = '' }: Said,
  { id, original }: Family,
  isKept: boolean,
): RuleFault[] {
  if (translationOf === id) return [fault('is the article itself', 'the id of another article')];
  if (!original) return isKept ? [] : [unknownFault(translationOf)];
  if (original.translationOf !== undefined && !isKept)
    return [fault('is itself a translation', `the id of the original, ${original.translationOf}`)];
  if (original.language !== language) return [];
  const pointer = isKept ? '/language' : '/translationOf';
  return [fault(`the original is in ${language} too`, 'another language than that of the original', pointer)];
}

function ownTranslations({ translations }: Family): RuleFault[] {
  const [first] = translations;
  if (!first) return [];
  return [fault(`the article is an original itself: ${first.id} translates it`, 'no translationOf')];
}

/** An original does not take the language of one of its translations. */
function languageTaken(language: LocaleTag, { translations }: Family): RuleFault[] {
  const same = translations.find((other) => other.language === language);
  return same ? [fault(`the translation ${same.id} is in ${language} too`, 'another language', '/language')] : [];
}

function unknownFault(id: string): RuleFault {
  return { ...fault(`there is no article ${id}`, 'the id of an article'), reason: 'article.original-unknown' };
}

function fault(message: string, expected: string, pointer = '/translationOf'): RuleFault {
  return { pointer, message, expected, reason: 'article.translation-invalid' };
}

/** An article that a reader may see, among those of the same family. */
export type Sibling = Translation & { translationOf?: string | undefined };

/** What a reader may know of the relatives of one article; `siblings` are those that the reader may see. */
export function kinOf(
  { id, translationOf }: { id: string; translationOf?: string | undefined },
  siblings: Sibling[],
): ArticleKin {
  const root = translationOf ?? id;
  const family = siblings.filter((other) => other.id === root || other.translationOf === root);
  const translations = family
    .filter((other) => other.id !== id)
    .map(({ id: other, language, slug }): Translation => ({ id: other, language, slug }))
    .toSorted((a, b) => compare(a.language, b.language) || compare(a.id, b.id));
  return { translations, isOriginalSeen: family.some((other) => other.id === root) };
}

const compare = (a: string, b: string) => Number(a > b) - Number(a < b);
