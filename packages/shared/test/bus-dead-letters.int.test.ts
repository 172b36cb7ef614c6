import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Delivery, Outcome } from '../src/bus/index.ts';
import { eventually } from '../src/testing/index.ts';
import { type BusRig, openBusRig } from './bus-rig.ts';

let rig: BusRig;

beforeAll(async () => {
  rig = await openBusRig();
});
afterAll(() => rig?.close());
beforeEach(async () => {
  await rig.stopConsumers();
  await rig.resetStreams();
});

const letters = () => rig.bus.deadLetters;
const poisonIf =
  (isPoison: (delivery: Delivery) => boolean, seen: string[] = []) =>
  async (batch: Delivery[]): Promise<Outcome[]> => {
    seen.push(...batch.map(({ change }) => change.id));
    return batch.map((delivery) => (isPoison(delivery) ? { type: 'poison', reason: 'it is ünfit' } : { type: 'done' }));
  };

it('are counted, listed in pages in their order, and shown as they were', async () => {
  await rig.consume(poisonIf(() => true));
  for (let v = 1; v <= 5; v += 1) await rig.publish({ id: 'company_1', v });
  await rig.publish({ id: 'company_2' }, 'not json');
  await eventually(async () => (await letters().count()) === 6);
  const first = await letters().list({ limit: 4 });
  const second = await letters().list({ limit: 4, after: first.next ?? 0 });
  expect([first.items.length, second.items.length, second.next]).toEqual([4, 2, null]);
  const all = [...first.items, ...second.items];
  expect(all.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5, 6]);
  const change = all.find(({ id }) => id === 'company_1:3');
  expect(change).toMatchObject({ durable: rig.durable, reason: 'it is ünfit', originSequence: 3 });
  expect(change?.subject).toBe(rig.space.names.change('catalog', 'company', 'company_1'));
  const raw = all.find(({ id }) => id === null);
  expect(await letters().get(raw?.sequence ?? 0)).toMatchObject({ message: 'not json', bytes: 8 });
  expect(await letters().get(change?.sequence ?? 0)).toMatchObject({ message: { id: 'company_1:3' } });
});

it('that are not there are not found, and none is a list of none', async () => {
  expect(await letters().list({ limit: 10 })).toEqual({ items: [], next: null });
  await expect(letters().get(7)).rejects.toMatchObject({ code: 'NOT_FOUND', reason: 'dead-letter.not-found' });
  await expect(letters().replay(7)).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

it('are handled again when they are replayed, and are gone then', async () => {
  let isBroken = true;
  const seen: string[] = [];
  await rig.consume(poisonIf(() => isBroken, seen));
  await rig.publish({ id: 'company_1', v: 1 });
  await eventually(async () => (await letters().count()) === 1);
  isBroken = false;
  const replayed = await letters().replay(1);
  expect(replayed).toEqual({ sequence: 2, messageId: 'company_1:1:d1' });
  await eventually(() => seen.length === 2);
  await eventually(() => rig.isAcked(2));
  expect(await letters().count()).toBe(0);
});

it('are set aside anew when their cause is still there', async () => {
  await rig.consume(poisonIf(() => true));
  await rig.publish({ id: 'company_1', v: 1 });
  await eventually(async () => (await letters().count()) === 1);
  await letters().replay(1);
  const [again] = await eventually(async () => {
    const { items } = await letters().list({ limit: 10 });
    return items[0]?.sequence === 2 && items;
  });
  expect(again).toMatchObject({ id: 'company_1:1', originSequence: 2 });
});
