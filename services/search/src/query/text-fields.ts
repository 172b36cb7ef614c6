import { localeTags } from '@ortoo/shared/contracts';

/** The version of the index since which a whole text is one field. An older index answers while this one is filled. */
const WHOLE_SINCE = 11;

/** Where texts are looked for: a word by itself, and several words at once. */
export type TextFields = { ofWords: string[]; whole: string[] };

/** A field in every language. */
export const fieldIn = (name: string) => localeTags.map((tag) => `${name}.${tag}`);

/** Everything that is said in one language is one field, which the engine copies together; a title counts once more. */
const wholeTexts: TextFields = { ofWords: [...fieldIn('title'), ...fieldIn('text')], whole: fieldIn('text') };
const parts = ['title', 'summary', 'body'].flatMap(fieldIn);

/** The fields of texts that an index of a version has. */
export const textFieldsOf = (version: number): TextFields =>
  version < WHOLE_SINCE ? { ofWords: parts, whole: parts } : wholeTexts;
