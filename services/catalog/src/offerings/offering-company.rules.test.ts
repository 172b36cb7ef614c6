import type { OfferingState, Status } from '@ortoo/shared/contracts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isOfferingVisible } from './offering.rules.ts';
import { type CompanyFacts, followCompany, settleCompany } from './offering-company.rules.ts';

const stamp = { now: '2026-02-01T00:00:00.000Z', actorId: 'catalog' };
const gobi: CompanyFacts = { id: 'company_1', v: 3, visible: true, name: { en: 'Gobi', mn: 'Говь' } };
const offering: OfferingState = {
  offeringKind: 'product',
  companyId: 'company_1',
  companyName: { en: 'Gobi', mn: 'Говь' },
  companyVisible: true,
  companyV: 3,
  name: { en: 'Cement' },
  categories: { primary: 'construction' },
  onRequest: true,
  slug: 'cement',
  isSlugPinned: false,
  oldSlugs: [],
  status: 'published',
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-01T00:00:00.000Z',
  publishedAt: '2026-01-01T00:00:00.000Z',
};

test.each<[string, OfferingState, CompanyFacts | undefined]>([
  ['says what is so', offering, { ...gobi, v: 9 }],
  ['says it with the languages in another order', { ...offering, companyName: { mn: 'Говь', en: 'Gobi' } }, gobi],
  ['knows a newer version', { ...offering, companyV: 4 }, { ...gobi, visible: false }],
  ['belongs to another company', { ...offering, companyId: 'company_2' }, { ...gobi, visible: false }],
  ['is a draft of a company that is gone', { ...offering, status: 'draft', companyVisible: false }, undefined],
])('an offering that %s stays as it is', (_what, state, company) => {
  expect(followCompany(state, company, stamp)).toBe(state);
});

test('it takes over the name and the version of its company, and says who wrote', () => {
  const renamed = followCompany(offering, { ...gobi, v: 4, name: { en: 'Altai' } }, stamp);
  expect(renamed).toEqual({
    ...offering,
    companyName: { en: 'Altai' },
    companyV: 4,
    updatedAt: stamp.now,
    updatedBy: 'catalog',
  });
});

const heir: CompanyFacts = { id: 'company_9', v: 2, visible: true, name: { en: 'Altai' } };

test.each<[string, OfferingState, boolean, Status]>([
  ['published goes along as it is', offering, true, 'published'],
  ['a draft goes along as it is', { ...offering, status: 'draft' }, true, 'draft'],
  ['published is archived where that one is not seen', offering, false, 'archived'],
])('where its company was merged into another, one that is %s', (_what, state, visible, status) => {
  const merged = { ...gobi, v: 4, visible: false, heir: { ...heir, visible } };
  const followed = followCompany(state, merged, stamp);
  expect(followed).toMatchObject({
    companyId: heir.id,
    companyName: { en: 'Altai' },
    companyVisible: visible,
    companyV: 2,
    status,
    updatedBy: 'catalog',
  });
  expect(followCompany(followed, merged, stamp)).toBe(followed);
});

test('who names a company that was merged gets the one that stays', () => {
  const { copies, faults } = settleCompany(gobi.id, { ...gobi, visible: false, heir });
  expect(copies).toEqual({ companyId: heir.id, companyName: { en: 'Altai' }, companyVisible: true, companyV: 2 });
  expect(faults).toEqual([]);
});

test.each<[Status, Status]>([
  ['published', 'archived'],
  ['draft', 'draft'],
  ['in_review', 'in_review'],
  ['scheduled', 'scheduled'],
  ['rejected', 'rejected'],
  ['archived', 'archived'],
])('one that is %s is %s once its company is not seen any more, or gone', (before, after) => {
  for (const company of [{ ...gobi, v: 4, visible: false }, undefined]) {
    const followed = followCompany({ ...offering, status: before }, company, stamp);
    expect(followed).toMatchObject({ status: after, companyVisible: false });
  }
});

test('however often, late and in whichever order versions of a company come, the newest decides, and nothing hidden is seen', () => {
  const versions = fc.uniqueArray(
    fc.record({ v: fc.integer({ min: 4, max: 20 }), visible: fc.boolean(), en: fc.string() }),
    {
      selector: ({ v }) => v,
      minLength: 1,
    },
  );
  const arrivals = versions.chain((known) => fc.tuple(fc.constant(known), fc.array(fc.constantFrom(...known))));
  fc.assert(
    fc.property(arrivals, ([known, order]) => {
      const newest = known.reduce((one, other) => (other.v > one.v ? other : one));
      const facts = [...order, newest].map(({ v, visible, en }) => ({ id: gobi.id, v, visible, name: { en } }));
      const followed = facts.reduce((state, company) => followCompany(state, company, stamp), offering);
      expect(followed).toMatchObject({ companyVisible: newest.visible, companyName: { en: newest.en } });
      expect(isOfferingVisible(followed)).toBe(followed.status === 'published' && newest.visible);
      expect(followCompany(followed, facts.at(-1), stamp)).toBe(followed);
    }),
  );
});
