import { describeResourceConformance } from '@ortoo/shared/testing';
import { readCategorySeed } from '../src/categories/category-seed.ts';
import { openCatalog } from './support/catalog.ts';

describeResourceConformance({
  open: openCatalog,
  service: 'catalog',
  kind: 'company',
  input: (n) => ({ displayName: { en: `Steppe ${n} LLC` }, categories: { primary: 'construction' } }),
  change: (n) => ({ altNames: [{ en: `Steppe Works ${n}` }] }),
  fields: ['altNames'],
  invalid: { members: { foundedYear: 1066 }, pointer: '/foundedYear' },
  uniqueKeys: [
    { what: 'slug', members: (n) => ({ slug: `my-own-${n}` }), reason: 'company.slug-taken' },
    {
      what: 'registration number',
      members: (n) => ({ registrationNumber: String(7_000_000 + n) }),
      reason: 'company.registration-number-taken',
    },
    {
      what: 'external id',
      members: (n) => ({ externalIds: [{ system: 'registry', value: `a:${n}` }] }),
      reason: 'company.external-id-taken',
    },
  ],
});

describeResourceConformance({
  open: openCatalog,
  service: 'catalog',
  kind: 'category',
  existing: readCategorySeed().map(({ id }) => id),
  change: (n) => ({ description: { en: `What belongs here, ${n}.` } }),
  fields: ['description'],
  invalid: { members: { synonyms: 'cement' }, pointer: '/synonyms' },
});
