import { type LocaleTag, localeTags } from '@ortoo/shared/contracts';

/** The texts of one language; what stands in the title counts twice. */
export const fieldsIn = (tag: LocaleTag) => [`title.${tag}^2`, `summary.${tag}`, `body.${tag}`];
/** The texts of all languages. */
export const textFields = localeTags.flatMap(fieldsIn);
