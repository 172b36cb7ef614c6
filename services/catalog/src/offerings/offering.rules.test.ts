import { createParser, OfferingInput, type OfferingState } from '@ortoo/shared/contracts';
import type { AppError } from '@ortoo/shared/kernel';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isOfferingVisible, type OfferingFacts, offeringKeys, openOffering, reviseOffering } from './offering.rules.ts';

const born = { now: '2026-01-01T00:00:00.000Z', actorId: 'key_a' };
const later = { now: '2026-02-01T00:00:00.000Z', actorId: 'key_b' };
const gobi = { id: 'company_01h455vb4pex5vsknk084sn02q', v: 3, visible: true, name: { en: 'Gobi Cement' } };
const altai = { id: 'company_01h455vb4pex5vsknk084sn02r', v: 1, visible: false, name: { mn: 'Алтай' } };
const facts: OfferingFacts = { company: gobi, attributeSchema: undefined };
const judging = { stamp: born, suffix: '', knownCategories: new Set(['construction', 'mining-equipment']), ...facts };

const input: OfferingInput = {
  offeringKind: 'product',
  companyId: gobi.id,
  name: { en: 'Cement 42.5', mn: 'Цемент 42.5' },
  categories: { primary: 'construction' },
  price: { amount: '185000', currency: 'MNT', per: 't' },
};

function thrownBy(run: () => unknown): AppError {
  try {
    run();
  } catch (error) {
    return error as AppError;
  }
  throw new Error('nothing was thrown');
}

type Body = Record<string, unknown>;
type How = { mode?: 'merge' | 'replace'; suffix?: string } & Partial<OfferingFacts>;
const revise = (state: OfferingState, body: Body, { mode = 'merge', ...how }: How = {}) =>
  reviseOffering(state, { mode, body }, { ...judging, stamp: later, company: undefined, ...how });

describe('opening an offering', () => {
  test('it starts as a draft with a slug from its name and copies of what is known of its company', () => {
    expect(openOffering(input, judging)).toMatchObject({
      status: 'draft',
      slug: 'cement-42-5',
      isSlugPinned: false,
      companyName: { en: 'Gobi Cement' },
      companyVisible: true,
      companyV: 3,
      createdBy: 'key_a',
    });
    expect(openOffering({ ...input, name: { en: '***' } }, judging).slug).toBe('offering');
  });

  test('codes and addresses are stored in one form', () => {
    const typed = {
      hsCode: '2523.29',
      gtin: '4006381333931',
      mediaUrls: ['HTTPS://Gobi.MN', 'https://gobi.mn/'],
      documents: [{ url: 'https://монгол.мон/a.pdf', title: 'Sheet' }],
    };
    expect(openOffering({ ...input, ...typed }, judging)).toMatchObject({
      hsCode: '252329',
      gtin: '4006381333931',
      mediaUrls: ['https://gobi.mn/'],
      documents: [{ url: 'https://xn--c1aqbeec.xn--l1acc/a.pdf', title: 'Sheet' }],
    });
  });

  test('it is seen while it is published by a company that is seen, whether or not its time is over', () => {
    const state = openOffering({ ...input, status: 'published', validTo: '2020-01-01' }, judging);
    expect(isOfferingVisible(state)).toBe(true);
    expect(isOfferingVisible({ ...state, companyVisible: false })).toBe(false);
    expect(isOfferingVisible({ ...state, status: 'in_review' })).toBe(false);
  });

  test('it starts published only where its company is', () => {
    const hidden = { ...judging, company: altai };
    const error = thrownBy(() => openOffering({ ...input, companyId: altai.id, status: 'published' }, hidden));
    expect(error).toMatchObject({ code: 'CONFLICT', reason: 'offering.company-not-published' });
    expect(openOffering({ ...input, companyId: altai.id }, hidden)).toMatchObject({ companyVisible: false });
  });

  const category = 'the code of a category';
  const address = 'an http or https address of at most 2048 characters, percent-encoding included';
  test.each([
    [
      { categories: { primary: 'minning' } },
      ['/categories/primary', 'there is no category minning', category, 'offering.category-unknown'],
    ],
    [
      { categories: { primary: 'construction', secondary: ['x-ray'] } },
      ['/categories/secondary/0', 'there is no category x-ray', category, 'offering.category-unknown'],
    ],
    [
      { companyId: altai.id },
      ['/companyId', `there is no company ${altai.id}`, 'the id of a company', 'offering.company-unknown'],
    ],
    [
      { gtin: '4006381333932' },
      [
        '/gtin',
        'has a last digit that does not fit the others',
        'a GTIN with its check digit',
        'offering.gtin-invalid',
      ],
    ],
    [
      { onRequest: true as const },
      ['/onRequest', 'stands beside price', 'exactly one of price, priceRange, onRequest', 'offering.price-ambiguous'],
    ],
    [
      { attributes: { size: { w: 1 } } },
      ['/attributes/size', 'is no value', 'a text, number, boolean or a list of them', 'offering.attribute-invalid'],
    ],
    [
      { mediaUrls: ['https://gobi.mn', 'https://gobi cement.mn'] },
      ['/mediaUrls/1', 'is not a web address', address, 'offering.url-invalid'],
    ],
    [
      { documents: [{ url: 'https://a b.mn' }] },
      ['/documents/0/url', 'is not a web address', address, 'offering.url-invalid'],
    ],
    [
      { validFrom: '2026-02-02', validTo: '2026-02-01' },
      ['/validTo', 'lies before validFrom', '2026-02-02 or later', 'offering.validity-reversed'],
    ],
  ])('%j is refused at its place', (members, [pointer, message, expected, reason]) => {
    const error = thrownBy(() => openOffering({ ...input, ...members }, judging));
    expect(error).toMatchObject({ code: 'VALIDATION_FAILED', reason });
    expect(error.details?.errors).toEqual([{ pointer, message, expected }]);
  });

  test('all broken rules are named at once', () => {
    const broken = { categories: { primary: 'no' }, gtin: '00000001', validFrom: '2026-02-02', validTo: '2026-02-01' };
    const error = thrownBy(() => openOffering({ ...input, ...broken }, { ...judging, company: undefined }));
    expect(error.details?.errors?.map(({ pointer }) => pointer).sort()).toEqual([
      '/categories/primary',
      '/companyId',
      '/gtin',
      '/validTo',
    ]);
  });
});

describe('what a body looks like', () => {
  const parse = createParser(OfferingInput);
  const pointersOf = (members: object) =>
    thrownBy(() => parse({ ...input, ...members })).details?.errors?.map(({ pointer }) => pointer);

  test.each([
    [{ offeringKind: 'thing' }, '/offeringKind'],
    [{ companyId: 'gobi-cement' }, '/companyId'],
    [{ price: { amount: 185000, currency: 'MNT' } }, '/price/amount'],
    [{ price: { amount: '-1', currency: 'MNT' } }, '/price/amount'],
    [{ price: { amount: '1', currency: 'tugrik' } }, '/price/currency'],
    [{ gtin: '12345' }, '/gtin'],
    [{ hsCode: '25' }, '/hsCode'],
    [{ incoterm: 'DAT' }, '/incoterm'],
    [{ originCountry: 'Mongolia' }, '/originCountry'],
    [{ availability: 'soon' }, '/availability'],
    [{ condition: 'old' }, '/condition'],
    [{ minOrderQty: 0 }, '/minOrderQty'],
    [{ leadTimeDays: 1.5 }, '/leadTimeDays'],
    [{ onRequest: false }, '/onRequest'],
    [{ validFrom: '2026-02-30' }, '/validFrom'],
    [{ validTo: '2026-02-01T00:00:00Z' }, '/validTo'],
    [{ attributes: [] }, '/attributes'],
    [{ companyVisible: true }, '/companyVisible'],
  ])('%j is refused at %s', (members, pointer) => {
    expect(pointersOf(members)).toEqual([pointer]);
  });

  test('what is missing is named', () => {
    expect(thrownBy(() => parse({})).details?.errors?.map(({ pointer }) => pointer)).toEqual([
      '/offeringKind',
      '/companyId',
      '/name',
      '/categories',
    ]);
  });
});

describe('revising an offering', () => {
  const state = openOffering({ ...input, status: 'published' }, judging);

  test('a patch keeps what it does not name, and what is copied of the company', () => {
    expect(revise(state, { brand: 'Gobi', companyName: { en: 'Forged' }, companyVisible: false })).toMatchObject({
      brand: 'Gobi',
      price: input.price,
      companyName: { en: 'Gobi Cement' },
      companyVisible: true,
      status: 'published',
      createdBy: 'key_a',
      updatedBy: 'key_b',
    });
  });

  test('what was read can be sent back and says the same', () => {
    const { companyV: _v, isSlugPinned: _p, oldSlugs: _o, ...shown } = state;
    expect(revise(state, { ...shown, id: 'x', kind: 'offering', v: 1 }, { mode: 'replace' })).toBe(state);
    expect(revise(state, {})).toBe(state);
  });

  test('the way of saying the price is changed by taking the old one away', () => {
    expect(thrownBy(() => revise(state, { onRequest: true })).details?.errors?.[0]?.pointer).toBe('/onRequest');
    const next = revise(state, { price: null, onRequest: true });
    expect(next).toMatchObject({ onRequest: true });
    expect(next).not.toHaveProperty('price');
    expect(thrownBy(() => revise(state, { price: null })).reason).toBe('offering.price-missing');
  });

  test('another company brings other copies, and has to be published where the offering is', () => {
    const draft = { ...state, status: 'draft' as const };
    expect(revise(draft, { companyId: altai.id }, { company: altai })).toMatchObject({
      companyId: altai.id,
      companyName: { mn: 'Алтай' },
      companyVisible: false,
      companyV: 1,
    });
    const error = thrownBy(() => revise(state, { companyId: altai.id }, { company: altai }));
    expect(error).toMatchObject({ code: 'CONFLICT', reason: 'offering.company-not-published' });
    expect(thrownBy(() => revise(state, { companyId: altai.id })).reason).toBe('offering.company-unknown');
  });

  test('the slug follows a rename, and the old one stays reserved', () => {
    const next = revise(
      state,
      { name: { en: 'Cement 52.5' }, externalIds: [{ system: 'erp', value: '1' }] },
      { suffix: '-2' },
    );
    expect(next).toMatchObject({ slug: 'cement-52-5-2', oldSlugs: ['cement-42-5'] });
    expect(offeringKeys(next)).toEqual(['slug:cement-52-5-2', 'slug:cement-42-5', 'ext:erp:1']);
  });

  test('attributes are held against the category when they change, and not when something else does', () => {
    const attributeSchema = {
      type: 'object' as const,
      properties: { grade: { type: 'number' as const, minimum: 1 } },
      required: ['grade'],
    };
    expect(() => revise(state, { brand: 'Gobi' }, { attributeSchema })).not.toThrow();
    expect(revise(state, { attributes: { grade: 42.5 } }, { attributeSchema }).attributes).toEqual({ grade: 42.5 });
    const broken = thrownBy(() => revise(state, { attributes: { grade: 0, colour: 'grey' } }, { attributeSchema }));
    expect(broken.details?.errors?.map(({ pointer }) => pointer)).toEqual(['/attributes/grade', '/attributes/colour']);
    const moved = thrownBy(() => revise(state, { categories: { primary: 'mining-equipment' } }, { attributeSchema }));
    expect(moved.details?.errors).toEqual([
      { pointer: '/attributes/grade', message: 'is missing', expected: 'a value' },
    ]);
  });

  test('patches one after another make what one patch of both makes', () => {
    const patches = fc.record(
      { brand: fc.constantFrom('A', 'B', null), unit: fc.constantFrom('t', 'kg', null), leadTimeDays: fc.nat(30) },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(patches, patches, (first, second) => {
        const stepwise = revise(revise(state, first), second);
        const { updatedAt: _u, updatedBy: _b, ...rest } = revise(state, { ...first, ...second });
        expect(stepwise).toMatchObject(rest);
      }),
    );
  });
});
