import type { FieldName } from '@ortoo/shared/contracts';

/** What a field's best reading must reach to be answered; below it the field is absent and named in `unsure`. */
export const thresholds: Record<FieldName, number> = {
  headline: 0.6,
  source: 0.6,
  editor: 0.7,
  authors: 0.7,
  sourcePublishedAt: 0.6,
  language: 0.6,
  sections: 0.6,
  categories: 0.6,
  mentions: 0.7,
};
