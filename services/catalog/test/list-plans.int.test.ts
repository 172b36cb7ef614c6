import {
  availabilities,
  companySorts,
  legalForms,
  offeringKinds,
  offeringSorts,
  type RpcName,
  statuses,
  supplierTypes,
  verificationLevels,
} from '@ortoo/shared/contracts';
import { shiftInstant, typeIds } from '@ortoo/shared/kernel';
import { type ListPlans, openListPlans } from '@ortoo/shared/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openCatalog, type TestCatalog } from './support/catalog.ts';

const COUNT = 20_000;
/** What may be sorted when it was found: a page that needs more has no index. */
const SORTED_MAX = COUNT / 10;

let catalog: TestCatalog;
let plans: ListPlans;

beforeAll(async () => {
  catalog = await openCatalog();
  plans = await openListPlans(catalog.space, 'catalog');
  const said = { displayName: { en: 'Steppe' }, categories: { primary: 'road' }, status: 'published' };
  const { id: companyId } = await catalog.create(said);
  await plans.multiply('companies', companyId, copies('company', companyMembers));
  const input = {
    offeringKind: 'product',
    companyId,
    name: { en: 'Cement' },
    categories: { primary: 'road' },
    onRequest: true,
  };
  const id = typeIds.next('offering');
  await catalog.write('rpc.catalog.offering.create', { id, input });
  await plans.multiply('offerings', id, copies('offering', offeringMembers));
}, 120_000);
afterAll(async () => {
  await plans.close();
  await catalog.close();
});

const at = (place: number) => shiftInstant('2026-01-01T00:00:00.000Z', (place % COUNT) * 1_000);
const oneOf = <T>(values: readonly T[], place: number) => values[Math.floor(place) % values.length];

/** Nine of ten are published, the others in every status; each order is another one. */
function copies(kind: 'company' | 'offering', membersOf: (place: number) => object) {
  return Array.from({ length: COUNT }, (_, place) => {
    const status = place % 10 === 0 ? oneOf(statuses, place / 10) : 'published';
    const dates = { createdAt: at(place), updatedAt: at(place * 7), publishedAt: at(place * 13) };
    const slug = `s-${place}`;
    const categories = { primary: oneOf(['food', 'road', 'insurance', 'construction'], place) };
    const common = { status, visible: status === 'published', slug, keys: [`slug:${slug}`], categories, ...dates };
    return { _id: typeIds.next(kind), ...common, ...membersOf(place) };
  });
}

const companyMembers = (place: number) => ({
  legalForm: oneOf(legalForms, place),
  supplierTypes: [oneOf(supplierTypes, place)],
  quality: { score: (place % 100) / 100 },
  locations: [{ address: { region: `MN-${place % 22}`, district: `D${place % 330}` } }],
  ...(place % 20 === 0 ? { verification: { level: oneOf(verificationLevels, place / 20) } } : {}),
});
const companyOf = (n: number) => `company_01h455vb4pex5vsknk${String(n).padStart(8, '0')}`;
const offeringMembers = (place: number) => ({
  offeringKind: oneOf(offeringKinds, place),
  availability: oneOf(availabilities, place),
  companyId: companyOf(place % 2_000),
});

const common = [{}, { category: ['food'] }, { updatedSince: at(COUNT - 200) }];
const kinds = [
  {
    kind: 'company',
    collection: 'companies',
    sorts: companySorts,
    filters: [
      { region: ['MN-3'] },
      { region: ['MN-7'], district: ['D7'] },
      { district: ['D7'] },
      { legalForm: [legalForms[1]] },
      { supplierType: [supplierTypes[1]] },
      { verification: [verificationLevels[2]] },
      { verification: ['none'] },
    ],
  },
  {
    kind: 'offering',
    collection: 'offerings',
    sorts: offeringSorts,
    filters: [
      { companyId: [companyOf(7)] },
      { offeringKind: [offeringKinds[1]] },
      { availability: [availabilities[1]] },
    ],
  },
];

test.each(kinds)(
  'no list of the kind $kind is read whole or sorted at large, whatever filter and order',
  async (one) => {
    const lists = ['public', 'staff'].flatMap((view) => {
      const ofStaff = view === 'staff' ? [{ status: ['draft'] }, { status: ['published', 'archived'] }] : [];
      const filters = [...common, ...ofStaff, ...one.filters];
      return filters.flatMap((filter) =>
        one.sorts.map((sort, place) => ({ view, filter, sort: [place % 2 ? sort : `-${sort}`] })),
      );
    });
    const wrong: object[] = [];
    for (const list of lists) {
      const name = `rpc.catalog.${one.kind}.list` as RpcName;
      const found = await plans.planOf(one.collection, () => catalog.read(name, { ...list, limit: 20 }));
      const isIndexed = found.plan.startsWith('IXSCAN') && !(found.isSorted && found.documents > SORTED_MAX);
      if (!isIndexed) wrong.push({ ...list, ...found });
    }
    expect(wrong).toEqual([]);
  },
  120_000,
);
