import { typeIds } from '@ortoo/shared/kernel';
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
const get = (ref: string, view = 'staff') => catalog.read('rpc.catalog.company.get', { ref, view });
const list = (request: object) =>
  catalog.read<Shown[]>('rpc.catalog.company.list', { filter: {}, limit: 20, ...request });
const move = (id: string, name: string, v?: number) =>
  catalog.write('rpc.catalog.company.move', { id, move: name, ...(v ? { v } : {}) });
const remove = (id: string, v: number) => catalog.bus.call(testContext(), 'rpc.catalog.company.remove', { id, v });

describe('create', () => {
  test('a company is stored under the given id, can be read by id and slug, and is published on the stream', async () => {
    const id = typeIds.next('company');
    const made = await catalog.create(
      company('Gobi Cement LLC', {
        status: 'published',
        locations: [{ kind: 'hq', address: { region: 'MN-053' }, phones: [{ raw: '7012 3456' }] }],
      }),
      id,
    );
    expect(made).toMatchObject({
      id,
      kind: 'company',
      v: 1,
      slug: 'gobi-cement',
      status: 'published',
      createdBy: 'test',
      display: { lang: 'en', name: 'Gobi Cement LLC' },
    });
    expect(made).toMatchObject({
      locations: [{ phones: [{ raw: '7012 3456', e164: '+97670123456' }] }],
      quality: { parts: { verification: 0 } },
    });
    const { body, meta } = await get(id);
    expect(body).toEqual(made);
    expect(meta).toMatchObject({ id, v: '1', lang: 'en', updatedAt: made.updatedAt });
    expect((await get('gobi-cement', 'public')).body.id).toBe(id);
    const change = await catalog.changeAt(id, 1);
    expect(change).toMatchObject({
      source: 'ortoo/catalog',
      data: { kind: 'company', live: true, visible: true, changes: [{ v: 1, type: 'created' }] },
    });
  });

  test('a repeat with the same id and key answers the same document', async () => {
    const request = { id: typeIds.next('company'), input: company('Twice'), requestKey: 'key-1' };
    const first = await catalog.write('rpc.catalog.company.create', request);
    expect((await catalog.write('rpc.catalog.company.create', request)).body).toEqual(first.body);
  });

  test('the same name takes the next free number', async () => {
    await catalog.create(company('Steppe'));
    expect((await catalog.create(company('Steppe'))).slug).toBe('steppe-2');
    expect((await catalog.create(company('Steppe JSC'))).slug).toBe('steppe-3');
  });

  test.each([
    ['slug', { slug: 'taken-slug' }, 'company.slug-taken'],
    ['registration number', { registrationNumber: '7654321' }, 'company.registration-number-taken'],
    ['external id', { externalIds: [{ system: 'registry', value: 'a:1' }] }, 'company.external-id-taken'],
  ])('a %s that another company holds is a conflict that names the holder', async (_what, members, reason) => {
    const holder = await catalog.create(company('Holder', members));
    const error = await refusal(catalog.create(company('Other', members)));
    expect(error).toMatchObject({ code: 'CONFLICT', reason, details: { id: holder.id } });
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
  test('a draft is invisible to the public in every read call, and visible to staff', async () => {
    const { id, slug } = await catalog.create(company('Hidden', { externalIds: [{ system: 'hidden', value: '1' }] }));
    for (const ref of [id, slug]) {
      expect(await refusal(get(ref, 'public'))).toMatchObject({ code: 'NOT_FOUND', reason: 'company.not-found' });
      expect((await get(ref)).body.id).toBe(id);
    }
    const many = await catalog.read<Shown[]>('rpc.catalog.company.getMany', { ids: [id], view: 'public' });
    expect(many.body).toEqual([]);
    const filter = { externalId: ['hidden:1'] };
    expect((await list({ filter, view: 'public', isTotalWanted: true })).meta.total).toBe('0');
    expect((await list({ filter: { ...filter, status: ['draft'] }, view: 'public' })).body).toEqual([]);
    expect((await list({ filter: { ...filter, status: ['draft'] } })).body).toHaveLength(1);
    expect((await catalog.changeAt(id, 1)).data.visible).toBe(false);
  });

  test('a contact that is not public is shown to staff only', async () => {
    const contacts = [{ name: 'Bat', public: true }, { name: 'Private' }];
    const { id } = await catalog.create(company('Contacts', { status: 'published', contacts }));
    expect((await get(id, 'public')).body.contacts).toEqual([{ name: 'Bat', public: true }]);
    expect((await get(id)).body.contacts).toHaveLength(2);
  });
});

describe('change', () => {
  test('a patch counts the version and is published with the members that changed', async () => {
    const made = await catalog.create(company('Patched'));
    const patched = await catalog.patch(made, { legalForm: 'llc', summary: { mn: 'Товч' } });
    expect(patched).toMatchObject({ v: 2, legalForm: 'llc', slug: 'patched', createdAt: made.createdAt });
    const change = await catalog.changeAt(made.id, 2);
    expect(change.data.changes.at(-1)).toMatchObject({
      v: 2,
      type: 'updated',
      fields: expect.arrayContaining(['legalForm', 'summary', 'quality']),
    });
  });

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
    expect(body).toEqual(made);
  });

  test('a stale version is refused with the current one, a missing company is not found', async () => {
    const made = await catalog.create(company('Stale'));
    await catalog.patch(made, { legalForm: 'llc' });
    expect(await refusal(catalog.patch(made, { legalForm: 'jsc' }))).toMatchObject({
      code: 'VERSION_MISMATCH',
      details: { current: { v: 2 } },
    });
    expect(await refusal(catalog.patch({ id: typeIds.next('company'), v: 1 }, {}))).toMatchObject({
      code: 'NOT_FOUND',
    });
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

describe('move and remove', () => {
  test('publish and unpublish turn visibility, and a refused move names the allowed ones', async () => {
    const { id } = await catalog.create(company('Mover'));
    const published = (await move(id, 'publish')).body;
    expect(published).toMatchObject({ v: 2, status: 'published', publishedAt: expect.any(String) });
    const { data } = await catalog.changeAt(id, 2);
    expect(data.visible).toBe(true);
    expect(data.changes.at(-1)).toMatchObject({ v: 2, type: 'published' });
    expect(await refusal(move(id, 'publish'))).toMatchObject({
      code: 'CONFLICT',
      reason: 'workflow.move-refused',
      details: { allowed: ['unpublish'] },
    });
    expect((await move(id, 'unpublish', 2)).body).toMatchObject({
      v: 3,
      status: 'draft',
      publishedAt: published.publishedAt,
    });
    expect(await refusal(get(id, 'public'))).toMatchObject({ code: 'NOT_FOUND' });
    expect(await refusal(move(id, 'publish', 2))).toMatchObject({ code: 'VERSION_MISMATCH' });
    expect(await refusal(move(typeIds.next('company'), 'publish'))).toMatchObject({ code: 'NOT_FOUND' });
  });

  test('a removed company is gone from every read, leaves a tombstone on the stream, and frees its keys', async () => {
    const made = await catalog.create(company('Leaving', { status: 'published', registrationNumber: '1112223' }));
    expect(await refusal(remove(made.id, 2))).toMatchObject({ code: 'VERSION_MISMATCH' });
    expect(await remove(made.id, 1)).toEqual({ id: made.id, v: 2 });
    expect(await refusal(get(made.id))).toMatchObject({ code: 'NOT_FOUND' });
    expect(await refusal(get('leaving'))).toMatchObject({ code: 'NOT_FOUND' });
    const change = await catalog.changeAt(made.id, 2);
    expect(change.data).toMatchObject({ live: false, visible: false });
    expect(change.data).not.toHaveProperty('state');
    expect((await catalog.create(company('Leaving', { registrationNumber: '1112223' }))).slug).toBe('leaving');
  });
});
