import { armFailpoints, typeIds } from '@ortoo/shared/kernel';
import { eventually, openOwnerHand, openStreamHand, refusal, testContext } from '@ortoo/shared/testing';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openCatalog, type Shown, type TestCatalog } from './support/catalog.ts';

let catalog: TestCatalog;
beforeAll(async () => {
  catalog = await openCatalog();
});
afterEach(() => armFailpoints(undefined));
afterAll(() => catalog.close());

const company = (en: string, more: object = {}) =>
  catalog.create({ displayName: { en }, categories: { primary: 'construction' }, status: 'published', ...more });
const inputOf = (companyId: string, more: object = {}) => ({
  offeringKind: 'product',
  companyId,
  name: { en: 'Cement' },
  categories: { primary: 'construction' },
  onRequest: true,
  status: 'published',
  ...more,
});
const offering = async (companyId: string, more: object = {}) => {
  const request = { id: typeIds.next('offering'), input: inputOf(companyId, more) };
  return (await catalog.write('rpc.catalog.offering.create', request)).body;
};
const move = (kind: 'company' | 'offering', { id }: { id: string }, name: string) =>
  catalog.write(`rpc.catalog.${kind}.move` as never, { id, move: name });
const read = async ({ id }: { id: string }) => (await catalog.read('rpc.catalog.offering.get', { ref: id })).body;
const list = async (companyId: string, view = 'staff') =>
  (await catalog.read<Shown[]>('rpc.catalog.offering.list', { filter: { companyId: [companyId] }, limit: 100, view }))
    .body;
const rest = async () =>
  eventually(async () => {
    // First the outbox: what leaves it between the two looks is then seen by the second.
    const { pending } = await catalog.bus.call(testContext(), 'rpc.catalog.outbox.state', {});
    const position = await catalog.bus.positionOf(catalog.space.names.followerDurable('offering-copies'));
    return pending === 0 && position?.pending === 0;
  });

describe('what an offering says of its company', () => {
  test('follows a rename, in a version of its own that says so', async () => {
    const gobi = await company('Gobi');
    const made = await offering(gobi.id);
    await catalog.patch(gobi, { displayName: { en: 'Altai' } });
    const followed = await eventually(async () => {
      const found = await read(made);
      return found.v > 1 && found;
    });
    expect(followed).toMatchObject({ v: 2, status: 'published', companyName: { en: 'Altai' }, updatedBy: 'catalog' });
  });

  test('writes nothing where a company changes in what is not copied', async () => {
    const gobi = await company('Gobi');
    const made = await offering(gobi.id);
    await catalog.patch(gobi, { foundedYear: 1999 });
    await rest();
    expect(await read(made)).toEqual(made);
  });

  test('is known to the public no longer once its company has left publication: published ones are archived, drafts stay', async () => {
    const gobi = await company('Gobi');
    const [shown, draft] = [await offering(gobi.id), await offering(gobi.id, { status: 'draft' })];
    await move('company', gobi, 'unpublish');
    await eventually(async () => (await read(shown)).status === 'archived');
    await rest();
    expect(await read(draft)).toMatchObject({ status: 'draft', companyVisible: false });
    expect(await list(gobi.id, 'public')).toEqual([]);
    await move('company', gobi, 'publish');
    await rest();
    expect(await read(shown)).toMatchObject({ status: 'archived', companyVisible: true });
  });

  test('lets it be published right after its company was, and be seen at once', async () => {
    const gobi = await company('Gobi', { status: 'draft' });
    const draft = await offering(gobi.id, { status: 'draft' });
    await move('company', gobi, 'publish');
    const { body } = await move('offering', draft, 'publish');
    expect(body).toMatchObject({ status: 'published', companyVisible: true });
    expect(await list(gobi.id, 'public')).toHaveLength(1);
  });
});

describe('offerings of a company that is merged into another', () => {
  const merge = ({ id }: { id: string }, into: { id: string }) =>
    catalog.write('rpc.catalog.company.merge', { id, into: into.id });

  test('go along to the company that stays, whatever their status, and the public sees them all the time', async () => {
    const [stays, copy] = [await company('Altai'), await company('Altai Copy')];
    const [shown, draft] = [await offering(copy.id), await offering(copy.id, { status: 'draft' })];
    await merge(copy, stays);
    await rest();
    const followed = { v: 2, companyId: stays.id, companyName: { en: 'Altai' }, companyVisible: true };
    expect(await read(shown)).toMatchObject({ ...followed, status: 'published', publishedAt: shown.publishedAt });
    expect(await read(draft)).toMatchObject({ ...followed, status: 'draft' });
    expect(await list(stays.id, 'public')).toHaveLength(1);
    expect(await list(copy.id)).toEqual([]);
  });

  test('go to the end of the way, and are archived where the public does not see that one', async () => {
    const [last, next, copy] = [
      await company('Last', { status: 'draft' }),
      await company('Next'),
      await company('First'),
    ];
    const made = await offering(copy.id);
    await Promise.all([merge(next, last), merge(copy, next).catch(() => merge(copy, last))]);
    await rest();
    expect(await read(made)).toMatchObject({ companyId: last.id, companyVisible: false, status: 'archived' });
  });

  test('belong to the company that stays also when a later write names the copy, as a restore does', async () => {
    const [stays, copy] = [await company('Khentii'), await company('Khentii Copy')];
    const made = await offering(copy.id);
    await merge(copy, stays);
    await rest();
    const { v } = await read(made);
    await catalog.write('rpc.catalog.offering.change', { id: made.id, v, mode: 'merge', body: { brand: 'K' } });
    const request = { id: made.id, v: v + 1, revision: 1 };
    const { body: restored } = await catalog.write('rpc.catalog.offering.restore', request);
    expect(restored).toMatchObject({ companyId: stays.id, status: 'published' });
    expect(restored).not.toHaveProperty('brand');
    expect(await offering(copy.id)).toMatchObject({ companyId: stays.id, companyName: { en: 'Khentii' }, v: 1 });
  });
});

test('a merge that is taken back leaves the offerings where they went; who gives one back finds it at the copy again', async () => {
  const [stays, copy] = [await company('Khovd'), await company('Khovd Copy')];
  const made = await offering(copy.id);
  await catalog.write('rpc.catalog.company.merge', { id: copy.id, into: stays.id });
  await eventually(async () => (await read(made)).companyId === stays.id);
  await move('company', copy, 'unarchive');
  await move('company', copy, 'publish');
  await rest();
  const { v, ...kept } = await read(made);
  expect(kept).toMatchObject({ companyId: stays.id, status: 'published' });
  const request = { id: made.id, v, mode: 'merge', body: { companyId: copy.id } };
  const { body: given } = await catalog.write('rpc.catalog.offering.change', request);
  expect(given).toMatchObject({ companyId: copy.id, companyName: { en: 'Khovd Copy' }, status: 'published' });
  await rest();
  expect(await read(made)).toMatchObject({ companyId: copy.id, companyVisible: true });
});

describe('writes that cross', () => {
  test('an offering that is published while its company is unpublished ends archived, in whichever order they come', async () => {
    for (let round = 0; round < 12; round += 1) {
      const gobi = await company(`Crossing ${round}`);
      const draft = await offering(gobi.id, { status: 'draft' });
      await Promise.allSettled([
        offering(gobi.id),
        move('offering', draft, 'publish'),
        move('company', gobi, 'unpublish'),
        offering(gobi.id),
      ]);
    }
    await rest();
    const { body } = await catalog.read<Shown[]>('rpc.catalog.offering.list', {
      filter: { status: ['published'] },
      limit: 100,
    });
    const crossing = body.filter(({ companyName }) => (companyName as { en: string }).en.startsWith('Crossing'));
    expect(crossing).toEqual([]);
    expect(
      (await catalog.read<Shown[]>('rpc.catalog.offering.list', { filter: {}, limit: 100, view: 'public' })).body,
    ).toSatisfy((items: Shown[]) =>
      items.every(({ companyName }) => !(companyName as { en: string }).en.startsWith('Crossing')),
    );
  });

  test('no offering of a company that was deleted at the same moment is seen, or can be published, in whichever order they come', async () => {
    const made: { id: string }[] = [];
    for (let round = 0; round < 12; round += 1) {
      const gobi = await company(`Deleted ${round}`);
      const remove = catalog.bus.call(testContext(), 'rpc.catalog.company.remove', { id: gobi.id, v: 1 });
      const [first, removed, second] = await Promise.allSettled([offering(gobi.id), remove, offering(gobi.id)]);
      if (removed.status === 'fulfilled')
        made.push(...[first, second].flatMap((one) => (one.status === 'fulfilled' ? [one.value] : [])));
    }
    await rest();
    expect(made.length).toBeGreaterThan(0);
    for (const one of made) {
      expect(await read(one)).toMatchObject({ status: 'archived', companyVisible: false });
      expect(await refusal(move('offering', one, 'publish'))).toMatchObject({
        reason: 'offering.company-not-published',
      });
    }
  });

  test('an offering that was made while its company was deleted is archived', async () => {
    const gobi = await company('Leaving');
    const hand = await openOwnerHand(catalog.space);
    const made = await offering(gobi.id);
    await rest();
    // As if the count that keeps a company had been taken just before the offering came.
    await hand.set('catalog', 'companies', [gobi.id], { live: false });
    await catalog.write('rpc.catalog.offering.change', { id: made.id, v: 1, mode: 'merge', body: { brand: 'G' } });
    await eventually(async () => (await read(made)).status === 'archived');
    await hand.close();
  });
});

test('a stream that is deleted in the middle of it all is filled again, and every offering ends right', async () => {
  const gobi = await company('Streamless');
  const made = await offering(gobi.id);
  await rest();
  const stream = await openStreamHand(catalog.space);
  await stream.delete();
  await catalog.patch(gobi, { displayName: { en: 'Streamed' } });
  await eventually(async () => (await read(made)).v > 1, { timeoutMs: 60_000 });
  expect(await read(made)).toMatchObject({ companyName: { en: 'Streamed' } });
  await stream.close();
});
