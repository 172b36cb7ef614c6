import { refusal } from '@ortoo/shared/testing';
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
const get = (ref: string, view = 'staff') => catalog.read('rpc.catalog.company.get', { ref, view });
const list = (request: object) =>
  catalog.read<Shown[]>('rpc.catalog.company.list', { filter: {}, limit: 20, ...request });

describe('create', () => {
  test('a company is stored with what is derived from it, and answered in the language asked', async () => {
    const locations = [{ kind: 'hq', address: { region: 'MN-053' }, phones: [{ raw: '7012 3456' }] }];
    const made = await catalog.create(company('Gobi Cement LLC', { status: 'published', locations }));
    expect(made).toMatchObject({
      slug: 'gobi-cement',
      locations: [{ phones: [{ raw: '7012 3456', e164: '+97670123456' }] }],
      quality: { parts: { verification: 0 } },
      display: { lang: 'en', name: 'Gobi Cement LLC' },
    });
    const { body, meta } = await get('gobi-cement', 'public');
    expect([body.id, meta.lang]).toEqual([made.id, 'en']);
  });

  test('the same name takes the next free number', async () => {
    await catalog.create(company('Steppe'));
    expect((await catalog.create(company('Steppe'))).slug).toBe('steppe-2');
    expect((await catalog.create(company('Steppe JSC'))).slug).toBe('steppe-3');
  });

  test('all broken rules are named at once, each at its place', async () => {
    const error = await refusal(
      catalog.create(
        company('Bad', {
          categories: { primary: 'construction', secondary: ['food', 'no-such'] },
          locations: [{ kind: 'hq', address: {}, phones: [{ raw: 'none' }] }],
        }),
      ),
    );
    expect(error).toMatchObject({ code: 'VALIDATION_FAILED', reason: 'company.phone-invalid' });
    expect(error.details?.errors).toEqual([
      { pointer: '/locations/0/phones/0/raw', message: 'is not a phone number', expected: 'a phone number' },
      {
        pointer: '/categories/secondary/1',
        message: 'there is no category no-such',
        expected: 'the code of a category',
      },
    ]);
  });
});

describe('drafts', () => {
  test('a filter shows the public no draft, whatever it asks for', async () => {
    await catalog.create(company('Hidden', { externalIds: [{ system: 'hidden', value: '1' }] }));
    const filter = { externalId: ['hidden:1'] };
    expect((await list({ filter, view: 'public', isTotalWanted: true })).meta.total).toBe('0');
    expect((await list({ filter: { ...filter, status: ['draft'] }, view: 'public' })).body).toEqual([]);
    expect((await list({ filter: { ...filter, status: ['draft'] } })).body).toHaveLength(1);
  });

  test('a contact that is not public is shown to staff only', async () => {
    const contacts = [{ name: 'Bat', public: true }, { name: 'Private' }];
    const { id } = await catalog.create(company('Contacts', { status: 'published', contacts }));
    expect((await get(id, 'public')).body.contacts).toEqual([{ name: 'Bat', public: true }]);
    expect((await get(id)).body.contacts).toHaveLength(2);
  });
});

describe('change', () => {
  test('what was read can be sent back unchanged and makes no version', async () => {
    const made = await catalog.create(
      company('Mirror', { locations: [{ kind: 'hq', address: {}, phones: [{ raw: '7012 3456' }] }] }),
    );
    const { body } = await catalog.write('rpc.catalog.company.change', {
      id: made.id,
      v: 1,
      mode: 'replace',
      body: made,
    });
    const { possibleDuplicates: _hint, ...known } = made;
    expect(body).toEqual(known);
  });

  test('a bad body is refused with every fault and changes nothing', async () => {
    const made = await catalog.create(company('Guarded'));
    const error = await refusal(catalog.patch(made, { displayName: null, foundedYeer: 1, status: 'published' }));
    expect(error.details?.errors?.map(({ pointer }) => pointer).sort()).toEqual([
      '/displayName',
      '/foundedYeer',
      '/status',
    ]);
    expect((await get(made.id)).body).toEqual(made);
  });

  test('an old slug answers where the company moved, also to the public, and stays reserved', async () => {
    const made = await catalog.create(company('Before', { status: 'published' }));
    const renamed = await catalog.patch(made, { displayName: { en: 'Дараа Ltd' } });
    expect(renamed.slug).toBe('дараа');
    const old = await get('before', 'public');
    expect(old).toEqual({ body: null, meta: { movedTo: 'дараа' } });
    expect((await get('дараа', 'public')).body.id).toBe(made.id);
    expect((await catalog.create(company('Before'))).slug).toBe('before-2');
  });

  test('a slug set by hand stays through a rename, and collides openly', async () => {
    const made = await catalog.create(company('Pinned'));
    const pinned = await catalog.patch(made, { slug: 'my-own' });
    expect((await catalog.patch(pinned, { displayName: { en: 'Renamed' } })).slug).toBe('my-own');
    const other = await catalog.create(company('Pinless'));
    expect(await refusal(catalog.patch(other, { slug: 'my-own' }))).toMatchObject({
      code: 'CONFLICT',
      reason: 'company.slug-taken',
      details: { id: made.id },
    });
  });
});
