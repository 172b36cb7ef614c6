import { localeTags } from '@ortoo/shared/contracts';

/** The version of the index since which a whole text is one field. An older index answers while this one is filled. */
const WHOLE_SINCE = 11;

/** Where texts are looked for: a word by itself, and several words at once. */
export type TextFields = { ofWords: string[]; whole: string[] };

const inEach = (field: string) => localeTags.map((tag) => `${field}.${tag}`);
const parts = ['title', 'summary', 'body'].flatMap(inEach);

/** Everything that is said in one language is one field, which the engine copies together; a title counts once more. */
export const wholeTexts: TextFields = { ofWords: [...inEach('title'), ...inEach('text')], whole: inEach('text') };
const partsOfTexts: TextFields = { ofWords: parts, whole: parts };

/** The fields of texts that an index of a version has. */
export const textFieldsOf = (version: number): TextFields => (version < WHOLE_SINCE ? partsOfTexts : wholeTexts);
