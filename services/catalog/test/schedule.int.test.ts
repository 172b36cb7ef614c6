import { describeScheduleConformance } from '@ortoo/shared/testing';
import { openCatalogPlace } from './support/catalog.ts';

describeScheduleConformance({
  open: openCatalogPlace,
  service: 'catalog',
  kind: 'company',
  input: (n) => ({ displayName: { en: `Planned ${n} LLC` }, categories: { primary: 'construction' } }),
});
