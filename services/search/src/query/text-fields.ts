import { localeTags } from '@ortoo/shared/contracts';

/** Everything that is said in one language, as one field: the engine copies titles, summaries and bodies into it. */
export const wholeTexts = localeTags.map((tag) => `text.${tag}`);
/** What is said in any language, and titles once more. */
export const textFields = [...localeTags.map((tag) => `title.${tag}`), ...wholeTexts];
