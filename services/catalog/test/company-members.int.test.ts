import { refusal, testContext } from '@ortoo/shared/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openCatalog, type Shown, type TestCatalog } from './support/catalog.ts';

let catalog: TestCatalog;
beforeAll(async () => {
  catalog = await openCatalog();
});
afterAll(() => catalog.close());

const company = (en: string, more: object = {}) => ({
  displayName: { en },
  categories: { primary: 'construction' },
  ...more,
});
const get = async (id: string) => (await catalog.read('rpc.catalog.company.get', { ref: id })).body;
const asWriter = testContext({ actor: { type: 'key', id: 'key_writer', scopes: ['catalog:write'] } });
const changeAsWriter = ({ id, v }: { id: string; v: number }, mode: 'merge' | 'replace', body: object) =>
  catalog.bus.callBytes(asWriter, 'rpc.catalog.company.change', { id, v, mode, body: { ...body }, lang: 'en' });

test('every member that callers set goes out as it came in, and back in without a version', async () => {
  const other = await catalog.create(company('Other'));
  const members = {
    displayName: { mn: 'Бүтэн ХХК', en: 'Whole LLC', ru: 'Целое', ko: '전체', zh: '全部' },
    legalName: { mn: 'Бүтэн' },
    altNames: [{ en: 'All of it' }],
    registrationNumber: '7654321',
    legalForm: 'llc',
    foundedYear: 2001,
    employeeBand: '50-249',
    supplierTypes: ['importer', 'exporter'],
    categories: { primary: 'construction', secondary: ['food'] },
    summary: { en: 'All.' },
    description: { en: 'All of it.' },
    locations: [
      {
        kind: 'hq',
        address: {
          country: 'MN',
          region: 'MN-1',
          district: 'Bayangol',
          street: 'Peace Avenue',
          building: '3',
          postcode: '16050',
          freeform: { mn: 'Энхтайвны өргөн чөлөө' },
        },
        geo: { lat: 47.9, lon: 106.9 },
        phones: [{ raw: '7012 3456', e164: '+97670123456', kind: 'landline' }],
        hours: 'Mo-Fr 09:00-18:00',
      },
    ],
    contacts: [
      { name: 'C', public: true },
      { name: 'A', role: 'Sales', phone: { raw: '9911 2233', e164: '+97699112233' }, email: 'a@b.mn', public: false },
      { name: 'B', public: true },
    ],
    websites: ['https://whole.mn/'],
    socials: ['https://social.example/whole'],
    logoUrl: 'https://whole.mn/logo.svg',
    certificates: [{ scheme: 'ISO 9001', number: '1', issuer: 'MASM', validUntil: '2020-01-31' }],
    licences: [{ scheme: 'Blasting', number: 'T-1', issuer: 'MRPAM', validUntil: '2030-12-31' }],
    operatingStatus: 'temporarily_closed',
    verification: { level: 'document', checkedAt: '2026-01-01T00:00:00.000Z' },
    relations: [{ type: 'partner', companyId: other.id }],
    languages: ['mn', 'en'],
    exportMarkets: ['KR', 'CN'],
    externalIds: [{ system: 'erp', value: 'whole' }],
  };
  const made = await catalog.create({ ...members, status: 'published' });
  expect(made).toMatchObject(members);
  const read = await get(made.id);
  const again = await catalog.write('rpc.catalog.company.change', { id: made.id, v: 1, mode: 'replace', body: read });
  expect(again.body).toEqual(read);
  const open = (await catalog.read('rpc.catalog.company.get', { ref: made.id, view: 'public' })).body;
  expect(open.contacts).toEqual([members.contacts[0], members.contacts[2]]);
});

describe('verification', () => {
  test('who may not publish cannot give, raise or take it, and nothing is stored', async () => {
    const denied = { code: 'FORBIDDEN', reason: 'company.verification-forbidden' };
    const made = await catalog.create(company('Trusted', { verification: { level: 'phone' } }));
    expect(await refusal(changeAsWriter(made, 'merge', { verification: { level: 'onsite' } }))).toMatchObject(denied);
    expect(await refusal(changeAsWriter(made, 'merge', { verification: null }))).toMatchObject(denied);
    const id = made.id.replace(/.$/, (end) => (end === '0' ? '1' : '0'));
    const input = company('Trusting', { verification: { level: 'email' } });
    const creation = catalog.bus.callBytes(asWriter, 'rpc.catalog.company.create', { id, input, lang: 'en' } as never);
    expect(await refusal(creation)).toMatchObject(denied);
    expect(await get(made.id)).toEqual(made);
    expect(await refusal(get(id))).toMatchObject({ code: 'NOT_FOUND' });
  });

  test('who may not publish can send it back, or leave it out, and it stays', async () => {
    const made = await catalog.create(company('Kept', { verification: { level: 'phone' } }));
    await changeAsWriter(made, 'replace', { ...made, altNames: [{ en: 'Keep' }] });
    const { verification: _left, ...rest } = made;
    await changeAsWriter({ id: made.id, v: 2 }, 'replace', { ...rest, altNames: [{ en: 'Keeper' }] });
    expect(await get(made.id)).toMatchObject({ v: 3, verification: made.verification, altNames: [{ en: 'Keeper' }] });
  });

  test('a restore that would change it is for who may publish; one that would not is not held up by it', async () => {
    const made = await catalog.create(company('Restored', { verification: { level: 'onsite' } }));
    const lowered = await catalog.patch(made, { verification: { level: 'email' } });
    const { v } = await catalog.patch(lowered, { altNames: [{ en: 'Later' }] });
    const restore = (revision: number, ctx = asWriter) =>
      catalog.bus.callBytes(ctx, 'rpc.catalog.company.restore', { id: made.id, v, revision, lang: 'en' });
    const denied = { code: 'FORBIDDEN', reason: 'company.verification-forbidden' };
    expect(await refusal(restore(1))).toMatchObject(denied);
    expect(await get(made.id)).toMatchObject({ v, verification: lowered.verification });
    await restore(2);
    expect(await get(made.id)).toMatchObject({ v: v + 1, verification: lowered.verification });
    await catalog.write('rpc.catalog.company.restore', { id: made.id, v: v + 1, revision: 1 });
    expect(await get(made.id)).toMatchObject({ v: v + 2, verification: made.verification });
  });

  test('lists filter by it, and sort by the quality that it raises', async () => {
    const category = { primary: 'insurance' };
    await catalog.create(company('Plain', { categories: category }));
    await catalog.create(company('Denied', { categories: category, verification: { level: 'none' } }));
    await catalog.create(company('Visited', { categories: category, verification: { level: 'onsite' } }));
    const namesOf = async (verification: string[] | undefined) => {
      const filter = { category: ['insurance'], ...(verification ? { verification } : {}) };
      const request = { filter, sort: ['-quality', 'name'], limit: 20 };
      const { body } = await catalog.read<Shown[]>('rpc.catalog.company.list', request);
      return body.map(({ display }) => (display as { name: string }).name);
    };
    expect(await namesOf(undefined)).toEqual(['Visited', 'Denied', 'Plain']);
    expect(await namesOf(['onsite', 'document'])).toEqual(['Visited']);
    expect((await namesOf(['none'])).sort()).toEqual(['Denied', 'Plain']);
    expect(await namesOf(['none', 'onsite'])).toHaveLength(3);
  });
});

describe('relations', () => {
  const relation = (type: string, { id }: { id: string }) => ({ type, companyId: id });

  test('to a company that does not exist, or to itself, they are refused at their place', async () => {
    const made = await catalog.create(company('Lonely'));
    const nobody = 'company_01h455vb4pex5vsknk084sn02q';
    const relations = [relation('partner', { id: nobody }), relation('parent', made)];
    const error = await refusal(catalog.patch(made, { relations }));
    expect(error).toMatchObject({ code: 'VALIDATION_FAILED', reason: 'company.relation-unknown' });
    expect(error.details?.errors).toEqual([
      {
        pointer: '/relations/0/companyId',
        message: `there is no company ${nobody}`,
        expected: 'the id of a company',
      },
      { pointer: '/relations/1/companyId', message: 'is the company itself', expected: 'another company' },
    ]);
    expect(await get(made.id)).toEqual(made);
  });

  test('no company comes to stand above itself, whichever side says so', async () => {
    const top = await catalog.create(company('Top'));
    const middle = await catalog.create(company('Middle', { relations: [relation('branch_of', top)] }));
    const low = await catalog.create(company('Low'));
    const owning = await catalog.patch(middle, {
      relations: [relation('branch_of', top), relation('subsidiary', low)],
    });
    const cycle = { pointer: '/relations/0/companyId', message: 'would stand above itself' };
    for (const [owner, type, other] of [
      [top, 'parent', low],
      [low, 'subsidiary', top],
      [low, 'subsidiary', owning],
    ] as const) {
      const error = await refusal(catalog.patch(owner, { relations: [relation(type, other)] }));
      expect(error.details?.errors?.[0]).toMatchObject(cycle);
    }
    const said = await catalog.patch(low, { relations: [relation('parent', owning), relation('partner', top)] });
    expect(said.v).toBe(2);
  });

  test('of changes of the same moment that would make a circle one is refused at least, and as it was', async () => {
    for (let round = 0; round < 10; round += 1) {
      const ring = await Promise.all([1, 2, 3].map((n) => catalog.create(company(`Ring ${round} ${n}`))));
      const changes = ring.map((made, place) => {
        const next = ring[(place + 1) % ring.length] ?? made;
        return catalog.patch(made, { relations: [relation('parent', next)], altNames: [{ en: 'Ringed' }] });
      });
      const outcomes = await Promise.allSettled(changes);
      const refused = outcomes.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
      expect(refused.length).toBeGreaterThan(0);
      for (const { reason } of refused)
        expect(['company.relations-crossed', 'company.relation-cycle']).toContain(reason);
      for (const [place, { status }] of outcomes.entries()) {
        const now = await get(ring[place]?.id ?? '');
        expect(now.relations !== undefined && now.altNames !== undefined).toBe(status === 'fulfilled');
      }
    }
  });

  test('to a company that was deleted since they stay, through other changes too', async () => {
    const gone = await catalog.create(company('Gone'));
    const made = await catalog.create(company('Left', { relations: [relation('partner', gone)] }));
    await catalog.bus.call(testContext(), 'rpc.catalog.company.remove', { id: gone.id, v: 1 });
    const kept = await catalog.write('rpc.catalog.company.change', {
      id: made.id,
      v: 1,
      mode: 'replace',
      body: { ...made, altNames: [{ en: 'Leaving' }] },
    });
    expect(kept.body).toMatchObject({ v: 2, relations: made.relations });
  });
});

test('a registration number belongs to one company', async () => {
  const made = await catalog.create(company('First', { registrationNumber: '1112223' }));
  expect(await refusal(catalog.create(company('Second', { registrationNumber: '1112223' })))).toMatchObject({
    code: 'CONFLICT',
    reason: 'company.registration-number-taken',
    details: { id: made.id, errors: [{ pointer: '/registrationNumber' }] },
  });
});
