import { afterAll, beforeAll, expect, it } from 'vitest';
import { typeIds } from '../src/kernel/index.ts';
import type { StoredDocument } from '../src/outbox/envelope.ts';
import { eventually, refusal, testContext } from '../src/testing/index.ts';
import { openRig, type Rig, type StoreRig, type ThingState } from './outbox-rig.ts';

let rig: Rig;
let personal: StoreRig;
const ctx = () => testContext();

beforeAll(async () => {
  rig = await openRig();
  personal = rig.makeStore({ collection: 'people', isPersonal: true });
  await personal.store.ensureIndexes();
});
afterAll(() => rig.close());

const state = (name: string): ThingState => ({ name, nested: { secret: name, none: null } });
const rename = (id: string, name: string, v?: number) =>
  personal.store.change(ctx(), { id, v, type: 'updated', decide: () => state(name), compared: ['rank'] });
const rawOf = async (collection: string, id: string) =>
  (await rig.mongo.connection.db
    ?.collection<{ _id: string }>(collection)
    .find({ _id: { $regex: `^${id}` } })
    .toArray()) as unknown as StoredDocument[];

it('what waits to be published of a personal document names the members that changed and holds no value', async () => {
  const { id } = await personal.store.create(ctx(), { id: typeIds.next('company'), state: state('Alpha') });
  await rename(id, 'Beta');
  const [document] = await rawOf('people', id);
  expect(document?.pending.map(({ v, fields }) => [v, fields])).toEqual([
    [1, ['name', 'nested']],
    [2, ['name', 'nested']],
  ]);
  expect(JSON.stringify(document?.pending)).not.toMatch(/Alpha|Beta/);
});

it('a refusal shows of a personal document only what it is told to compare, and no past state is kept', async () => {
  const { id } = await personal.store.create(ctx(), { id: typeIds.next('company'), state: state('Gamma') });
  await rename(id, 'Delta');
  const error = await refusal(rename(id, 'Epsilon', 1));
  expect(error).toMatchObject({ code: 'VERSION_MISMATCH', details: { current: { v: 2 }, diff: [] } });
  const removal = await refusal(personal.store.remove(ctx(), { id, v: 1 }));
  expect(removal.details).toMatchObject({ current: { v: 2 }, diff: [] });
  expect(await refusal(personal.store.revision(ctx(), { id, v: 1 }))).toMatchObject({ code: 'GONE' });
  expect((await personal.store.revision(ctx(), { id, v: 2 })).state).toEqual(state('Delta'));
});

it('a personal document is published by reference and its revisions hold no value, whichever way it ends', async () => {
  await personal.relay.start();
  const { id } = await personal.store.create(ctx(), { id: typeIds.next('company'), state: state('Zeta') });
  for (let n = 0; n < 60; n += 1) await rename(id, `Eta ${n}`); // over a version that is stored whole elsewhere
  const { v } = await personal.store.remove(ctx(), { id, v: 61 });
  await eventually(async () => rig.receivedOf(id).some(({ data }) => data.v === v));
  const messages = rig.receivedOf(id);
  expect(messages.filter(({ data }) => data.live).every(({ data }) => data.isStateByReference === true)).toBe(true);
  expect(messages.at(-1)?.data).toMatchObject({
    live: false,
    changes: expect.arrayContaining([expect.objectContaining({ type: 'deleted', fields: ['name', 'nested'] })]),
  });
  const revisions = await eventually(async () => {
    const rows = await rawOf('people_revisions', id);
    return rows.length === v && rows;
  });
  expect(JSON.stringify([messages, revisions, await rawOf('people', id)])).not.toMatch(/Zeta|Eta/);
});
