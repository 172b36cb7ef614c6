import type { CompanyInput, CompanyState } from '@ortoo/shared/contracts';
import type { AppError } from '@ortoo/shared/kernel';
import { describe, expect, test } from 'vitest';
import { categoryCodesIn } from '../categories/category-codes.rules.ts';
import { companyKeys, isCompanyVisible, openCompany, reviseCompany } from './company.rules.ts';

const born = { now: '2026-01-01T00:00:00.000Z', actorId: 'key_a' };
const later = { now: '2026-02-01T00:00:00.000Z', actorId: 'key_b' };
const knownCategories = new Set(['construction', 'mining-equipment']);
const judging = { stamp: born, suffix: '', knownCategories, isVerifier: false };

const input: CompanyInput = {
  displayName: { mn: 'Говь Цемент ХХК', en: 'Gobi Cement LLC' },
  registrationNumber: '5123456',
  categories: { primary: 'construction', secondary: ['mining-equipment'] },
  locations: [{ kind: 'hq', address: { region: 'MN-053' }, phones: [{ raw: '7012 3456' }] }],
  externalIds: [{ system: 'registry', value: '5123456' }],
};

function thrownBy(run: () => unknown): AppError {
  try {
    run();
  } catch (error) {
    return error as AppError;
  }
  throw new Error('nothing was thrown');
}

const revise = (state: CompanyState, body: Record<string, unknown>, mode: 'merge' | 'replace' = 'merge', suffix = '') =>
  reviseCompany(
    state,
    { mode, body },
    { stamp: later, suffix, knownCategories: new Set(categoryCodesIn(body)), isVerifier: false },
  );

describe('opening a company', () => {
  test('it starts as a draft with a slug from its name, phones in E.164 and a quality', () => {
    const state = openCompany(input, judging);
    expect(state).toMatchObject({
      status: 'draft',
      slug: 'gobi-cement',
      isSlugPinned: false,
      oldSlugs: [],
      createdBy: 'key_a',
    });
    expect(state.locations?.[0]?.phones).toEqual([{ raw: '7012 3456', e164: '+97670123456' }]);
    expect(state.quality.parts.completeness).toBe(0.45);
    expect(state).not.toHaveProperty('publishedAt');
  });

  test('its web addresses may be typed in any script and are stored in ASCII, each once', () => {
    const urls = {
      websites: ['https://монгол.мон/', 'HTTPS://Gobi.MN', 'https://gobi.mn/'],
      socials: ['https://a.mn/б'],
    };
    expect(openCompany({ ...input, ...urls, logoUrl: 'HTTP://x.mn/л.png' }, judging)).toMatchObject({
      websites: ['https://xn--c1aqbeec.xn--l1acc/', 'https://gobi.mn/'],
      socials: ['https://a.mn/%D0%B1'],
      logoUrl: 'http://x.mn/%D0%BB.png',
    });
  });

  test('it may start published, under a slug set by hand', () => {
    const state = openCompany({ ...input, status: 'published', slug: 'Gobi' }, judging);
    expect(state).toMatchObject({ status: 'published', publishedAt: born.now, slug: 'gobi', isSlugPinned: true });
    expect(isCompanyVisible(state)).toBe(true);
    expect(isCompanyVisible({ ...state, status: 'in_review' })).toBe(false);
  });

  test.each([
    {
      members: { categories: { primary: 'minning' } },
      reason: 'company.category-unknown',
      fault: {
        pointer: '/categories/primary',
        message: 'there is no category minning',
        expected: 'the code of a category',
      },
    },
    {
      members: { categories: { primary: 'construction', secondary: ['mining-equipment', 'x-ray'] } },
      reason: 'company.category-unknown',
      fault: {
        pointer: '/categories/secondary/1',
        message: 'there is no category x-ray',
        expected: 'the code of a category',
      },
    },
    {
      members: { locations: [{ kind: 'hq' as const, address: {}, phones: [{ raw: '123' }] }] },
      reason: 'company.phone-invalid',
      fault: {
        pointer: '/locations/0/phones/0/raw',
        message: 'is not a phone number',
        expected: 'a phone number',
      },
    },
    {
      members: { websites: ['https://gobi.mn', 'https://gobi cement.mn'] },
      reason: 'company.url-invalid',
      fault: {
        pointer: '/websites/1',
        message: 'is not a web address',
        expected: 'an http or https address of at most 2048 characters, percent-encoding included',
      },
    },
    {
      members: { locations: [{ kind: 'hq' as const, address: { country: 'MN', region: 'MN-054' } }] },
      reason: 'company.region-unknown',
      fault: {
        pointer: '/locations/0/address/region',
        message: 'is not a region of Mongolia',
        expected: 'MN-1 or the code of an aimag (ISO 3166-2:MN)',
      },
    },
    {
      members: { certificates: [{ scheme: 'ISO 9001' }, { scheme: 'ISO 9001' }] },
      reason: 'company.credential-repeated',
      fault: {
        pointer: '/certificates/1',
        message: 'says the same as /certificates/0',
        expected: 'each scheme, number and issuer once',
      },
    },
    {
      members: { foundedYear: 2027 },
      reason: 'company.founded-in-future',
      fault: { pointer: '/foundedYear', message: 'lies in the future', expected: 'at most 2026' },
    },
  ])('$members is refused at $fault.pointer', ({ members, reason, fault }) => {
    const error = thrownBy(() => openCompany({ ...input, ...members }, judging));
    expect(error).toMatchObject({ code: 'VALIDATION_FAILED', reason, details: { errors: [fault] } });
  });

  test('all broken rules are named at once', () => {
    const error = thrownBy(() =>
      openCompany(
        {
          ...input,
          categories: { primary: 'no' },
          foundedYear: 2027,
          contacts: [{ name: 'B', phone: { raw: 'no!' } }],
        },
        judging,
      ),
    );
    expect(error.details?.errors?.map(({ pointer }) => pointer).sort()).toEqual([
      '/categories/primary',
      '/contacts/0/phone/raw',
      '/foundedYear',
    ]);
  });
});

describe('revising a company', () => {
  const state = openCompany(input, judging);

  test('a patch keeps what it does not name and stamps the change', () => {
    const next = revise(state, { legalForm: 'llc' });
    expect(next).toMatchObject({
      legalForm: 'llc',
      registrationNumber: '5123456',
      slug: 'gobi-cement',
      createdBy: 'key_a',
      updatedBy: 'key_b',
      updatedAt: later.now,
      createdAt: born.now,
    });
  });

  test('a replacement drops what it does not name, but keeps life and slug', () => {
    const next = revise(state, { displayName: input.displayName, categories: { primary: 'construction' } }, 'replace');
    expect(next).not.toHaveProperty('registrationNumber');
    expect(next).not.toHaveProperty('locations');
    expect(next).toMatchObject({ status: 'draft', createdAt: born.now, slug: 'gobi-cement' });
  });

  test('what says the same as before is no change', () => {
    expect(revise(state, {})).toBe(state);
    expect(
      revise(state, { ...input, v: 7, quality: { score: 1 }, slug: 'gobi-cement', status: 'draft' }, 'replace'),
    ).toBe(state);
  });

  test('the slug follows a rename with the suffix that is free, and the old one stays reserved', () => {
    const next = revise(state, { displayName: { en: 'Altai Cement' } }, 'merge', '-2');
    expect(next).toMatchObject({ slug: 'altai-cement-2', oldSlugs: ['gobi-cement'] });
    expect(companyKeys(next)).toEqual([
      'slug:altai-cement-2',
      'slug:gobi-cement',
      'reg:5123456',
      'ext:registry:5123456',
    ]);
  });

  test('a rename of the legal form only, or of another language, keeps the slug', () => {
    expect(revise(state, { displayName: { en: 'Gobi Cement JSC', mn: 'Говь' } }, 'merge', '-2').slug).toBe(
      'gobi-cement',
    );
  });

  test('a status other than the current one is refused together with the other faults', () => {
    const error = thrownBy(() =>
      revise(state, { status: 'published', categories: { primary: 'construction' }, foundedYear: 2099 }),
    );
    expect(error.details?.errors?.map(({ pointer }) => pointer)).toEqual(['/foundedYear', '/status']);
    expect(thrownBy(() => revise(state, { status: 'published' }))).toMatchObject({ reason: 'workflow.status-by-move' });
  });

  test('categories that the company has need no look-up, new ones do', () => {
    const judgingNothing = { stamp: later, suffix: '', knownCategories: new Set<string>(), isVerifier: false };
    expect(() =>
      reviseCompany(state, { mode: 'merge', body: { categories: { secondary: null } } }, judgingNothing),
    ).not.toThrow();
    const error = thrownBy(() =>
      reviseCompany(state, { mode: 'merge', body: { categories: { primary: 'food' } } }, judgingNothing),
    );
    expect(error.reason).toBe('company.category-unknown');
  });
});
