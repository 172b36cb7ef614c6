import { eventually, openStreamHand, refusal, testContext } from '@ortoo/shared/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openCatalog, type Shown, type TestCatalog } from './support/catalog.ts';

let catalog: TestCatalog;
beforeAll(async () => {
  catalog = await openCatalog();
});
afterAll(() => catalog.close());

type Named = { id: string };
let made = 0;
/** A published company of a name of its own. */
const company = async (more: object = {}) => {
  made += 1;
  const name = `Merging ${made}`;
  const input = { displayName: { en: name }, categories: { primary: 'construction' }, status: 'published', ...more };
  return await catalog.create(input);
};
const merge = async ({ id }: Named, into: string, more: object = {}) =>
  (await catalog.write('rpc.catalog.company.merge', { id, into, ...more })).body;
const move = async ({ id }: Named, name: string) =>
  (await catalog.write('rpc.catalog.company.move', { id, move: name })).body;
const get = (ref: string, view = 'public') => catalog.read('rpc.catalog.company.get', { ref, view });
const listed = async (request: object) =>
  (
    await catalog.read<Shown[]>('rpc.catalog.company.list', { filter: {}, limit: 100, view: 'public', ...request })
  ).body.map(({ id }) => id);

describe('a merged company', () => {
  test('is archived with where it went, and every reader of its id and slugs is led there', async () => {
    const [stays, first] = [await company(), await company()];
    const copy = await catalog.patch(first, { displayName: { en: 'Merged and renamed' } });
    const merged = await merge(copy, stays.slug, { v: 2 });
    expect(merged).toMatchObject({ id: copy.id, v: 3, status: 'archived', mergedInto: stays.id });
    expect(merged).not.toHaveProperty('mergePair');
    for (const view of ['public', 'staff']) {
      expect((await get(copy.id, view)).meta.movedTo).toBe(stays.id);
      expect((await get('merged-and-renamed', view)).meta.movedTo).toBe(stays.slug);
      expect((await get(first.slug, view)).meta.movedTo).toBe(stays.slug);
    }
    expect(await listed({ filter: { ids: [copy.id, stays.id] } })).toEqual([stays.id]);
    expect(await listed({ filter: { ids: [copy.id], status: ['archived'] }, view: 'staff' })).toEqual([copy.id]);
  });

  test('is announced as merged and as no longer visible', async () => {
    const [stays, copy] = [await company(), await company()];
    await merge(copy, stays.id);
    const hand = await openStreamHand(catalog.space);
    const data = await eventually(async () => {
      const changes = (await hand.readChanges()).map((change) => change.data);
      return changes.find(({ id, v }) => id === copy.id && v === 2);
    });
    await hand.close();
    expect(data).toMatchObject({ visible: false, state: { mergedInto: stays.id } });
    expect(data.changes.at(-1)).toMatchObject({ v: 2, type: 'merged' }); // the creation may travel along
  });

  test('leads on through a chain, and to nobody who may not see its end', async () => {
    const [a, b, c] = [await company(), await company(), await company()];
    await merge(a, b.id);
    await merge(b, c.id);
    expect((await get(a.id)).meta.movedTo).toBe(c.id);
    await move(c, 'unpublish');
    expect(await refusal(get(a.id))).toMatchObject({ code: 'NOT_FOUND' });
    expect((await get(a.id, 'staff')).meta.movedTo).toBe(c.id);
  });

  test('whose company was deleted is gone for the public, and there for staff', async () => {
    const [stays, copy] = [await company(), await company()];
    await merge(copy, stays.id);
    await catalog.bus.call(testContext(), 'rpc.catalog.company.remove', { id: stays.id, v: 1 });
    expect(await refusal(get(copy.id))).toMatchObject({ code: 'NOT_FOUND' });
    expect((await get(copy.id, 'staff')).body).toMatchObject({ id: copy.id, status: 'archived' });
  });

  test('keeps its numbers and ids, and those who look for them find where it went', async () => {
    const stays = await company();
    const copy = await company({ registrationNumber: '3334445', externalIds: [{ system: 'erp', value: 'm1' }] });
    const last = await company();
    await merge(copy, stays.id);
    await merge(stays, last.id);
    expect(await listed({ filter: { registrationNumber: ['3334445'] } })).toEqual([last.id]);
    expect(await listed({ filter: { externalId: ['erp:m1', 'erp:none'] } })).toEqual([last.id]);
    expect(await listed({ filter: { externalId: ['erp:m1'], registrationNumber: ['9999999'] } })).toEqual([]);
    const taken = await refusal(company({ registrationNumber: '3334445' }));
    expect(taken).toMatchObject({ reason: 'company.registration-number-taken', details: { id: copy.id } });
  });

  test('can be changed and stays merged, is not published, and unarchive makes it its own again', async () => {
    const [stays, copy] = [await company(), await company()];
    await merge(copy, stays.id);
    await catalog.patch({ id: copy.id, v: 2 }, { altNames: [{ en: 'Still a copy' }] });
    expect((await get(copy.id)).meta.movedTo).toBe(stays.id);
    expect(await refusal(move(copy, 'publish'))).toMatchObject({ code: 'CONFLICT', reason: 'company.merged' });
    expect(await move(copy, 'unarchive')).not.toHaveProperty('mergedInto');
    expect((await get(copy.id, 'staff')).body).toMatchObject({ id: copy.id, status: 'draft', v: 4 });
    expect((await merge(stays, copy.id)).mergedInto).toBe(copy.id);
  });
});

describe('a merge is refused', () => {
  test.each([
    ['into itself', async (copy: Shown) => copy.id, 'VALIDATION_FAILED', 'company.merge-into-itself'],
    [
      'into nobody',
      async () => 'company_01h455vb4pex5vsknk084sn02q',
      'VALIDATION_FAILED',
      'company.merge-target-unknown',
    ],
    [
      'into a deleted company',
      async () => {
        const { id } = await company();
        await catalog.bus.call(testContext(), 'rpc.catalog.company.remove', { id, v: 1 });
        return id;
      },
      'VALIDATION_FAILED',
      'company.merge-target-unknown',
    ],
    [
      'into a copy',
      async () => {
        const other = await company();
        await merge(other, (await company()).id);
        return other.id;
      },
      'CONFLICT',
      'company.merge-into-merged',
    ],
  ])('%s, and nothing is written', async (_what, targetOf, code, reason) => {
    const copy = await company();
    expect(await refusal(merge(copy, await targetOf(copy)))).toMatchObject({ code, reason });
    expect((await get(copy.id)).body).toMatchObject({ v: 1, status: 'published' });
  });

  test('of a company that does not exist, of one merged elsewhere, and of another version', async () => {
    const [stays, other, copy] = [await company(), await company(), await company()];
    expect(await refusal(merge({ id: 'company_01h455vb4pex5vsknk084sn02q' }, stays.id))).toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(await refusal(merge(copy, stays.id, { v: 2 }))).toMatchObject({ code: 'VERSION_MISMATCH' });
    expect((await merge(copy, stays.id)).v).toBe(2);
    expect(await refusal(merge(copy, other.id))).toMatchObject({ reason: 'company.merged', details: { id: stays.id } });
  });
});

test('the same merge again, with and without its key, has one effect', async () => {
  const [stays, copy] = [await company(), await company()];
  const first = await merge(copy, stays.id, { requestKey: 'once' });
  expect(await merge(copy, stays.id, { requestKey: 'once' })).toEqual(first);
  expect(await merge(copy, stays.id)).toEqual(first);
});

describe('merges at the same moment', () => {
  /** Tries to merge each company into the next one of the ring at once; answers which have gone where. */
  async function race(size: number) {
    const ring = await Promise.all(Array.from({ length: size }, () => company()));
    const tries = ring.map((copy, place) => merge(copy, (ring[(place + 1) % size] as Shown).id));
    const outcomes = await Promise.allSettled(tries);
    const now = (await catalog.read<Shown[]>('rpc.catalog.company.getMany', { ids: ring.map(({ id }) => id) })).body;
    return { outcomes, now };
  }

  test('of two companies into each other one wins', async () => {
    const races = await Promise.all(Array.from({ length: 15 }, () => race(2)));
    for (const { outcomes, now } of races) {
      expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      const [lost] = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
      expect(lost).toMatchObject({ code: 'CONFLICT', reason: 'company.merge-into-merged' });
      expect(now.filter(({ mergedInto }) => mergedInto !== undefined)).toHaveLength(1);
    }
  });

  test.each([3, 4])('of %d companies in a ring leave no circle, and what was refused is as it was', async (size) => {
    const races = await Promise.all(Array.from({ length: 10 }, () => race(size)));
    for (const { outcomes, now } of races) {
      const merged = now.filter(({ mergedInto }) => mergedInto !== undefined);
      expect(merged.length).toBeLessThan(size);
      expect(merged).toHaveLength(outcomes.filter(({ status }) => status === 'fulfilled').length);
      for (const { mergedInto, status } of now)
        expect(status).toBe(mergedInto === undefined ? 'published' : 'archived');
    }
  });
});
