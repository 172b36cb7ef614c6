import { describeResourceConformance } from '@ortoo/shared/testing';
import { readCategorySeed } from '../src/categories/category-seed.ts';
import { openCatalog } from './support/catalog.ts';

/** What is expected stands in the suite (`describeResourceConformance`), which is the same for all that are held to it. */
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

let companyId = '';
describeResourceConformance({
  open: async () => {
    const catalog = await openCatalog();
    const company = { displayName: { en: 'Steppe' }, categories: { primary: 'construction' }, status: 'published' };
    companyId = (await catalog.create(company)).id;
    return catalog;
  },
  service: 'catalog',
  kind: 'offering',
  input: (n) => ({
    offeringKind: 'product',
    companyId,
    name: { en: `Cement ${n}` },
    categories: { primary: 'construction' },
    price: { amount: '185000', currency: 'MNT' },
  }),
  change: (n) => ({ brand: `Steppe ${n}` }),
  fields: ['brand'],
  invalid: { members: { leadTimeDays: -1 }, pointer: '/leadTimeDays' },
  uniqueKeys: [
    { what: 'slug', members: (n) => ({ slug: `our-own-${n}` }), reason: 'offering.slug-taken' },
    {
      what: 'external id',
      members: (n) => ({ externalIds: [{ system: 'erp', value: `a:${n}` }] }),
      reason: 'offering.external-id-taken',
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
