import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Bus, connectBus, createLeasedRounds } from '../src/bus/index.ts';
import { pause } from '../src/kernel/index.ts';
import { eventually, type LinkProxy, openLinkProxy } from '../src/testing/index.ts';
import { type BusRig, openBusRig } from './bus-rig.ts';

let rig: BusRig;
let other: Bus;
let proxy: LinkProxy;
let cutOff: Bus;

beforeAll(async () => {
  rig = await openBusRig();
  other = await rig.open();
  proxy = await openLinkProxy(rig.space.natsUrl);
  const { names, log } = rig.space;
  cutOff = await connectBus({ url: proxy.url, names, log, service: 'search' });
});

afterAll(async () => {
  await cutOff?.close();
  await proxy?.close();
  await other?.close();
  await rig?.close();
});

it('is held by one, whose words everybody reads, and is free as soon as it is given back', async () => {
  const lease = await rig.bus.leases.take('one', 'begins');
  expect(lease).toBeDefined();
  expect(await other.leases.take('one', 'wants too')).toBeUndefined();
  expect(await other.leases.noteOf('one')).toBe('begins');
  lease?.say('goes on');
  await eventually(async () => (await other.leases.noteOf('one')) === 'goes on');
  await lease?.release();
  expect(lease?.signal.aborted).toBe(true);
  expect(await other.leases.noteOf('one')).toBeUndefined();
  const next = await other.leases.take('one', 'at last');
  expect(next).toBeDefined();
  await next?.release();
});

it('of many who ask at once exactly one gets it', async () => {
  const asked = await Promise.all(
    Array.from({ length: 8 }, (_, n) => (n % 2 === 0 ? rig.bus : other).leases.take('many', 'x')),
  );
  const won = asked.filter((lease) => lease !== undefined);
  expect(won).toHaveLength(1);
  await won[0]?.release();
});

it('is kept as long as its holder lives, longer than the server would remember', async () => {
  const lease = await rig.bus.leases.take('long', 'works');
  await pause(8_000);
  expect(lease?.signal.aborted).toBe(false);
  expect(await other.leases.take('long', 'wants too')).toBeUndefined();
  await lease?.release();
}, 20_000);

it('of a holder that is cut off ends for the holder before another gets it', async () => {
  const lease = await cutOff.leases.take('cut', 'works');
  expect(lease).toBeDefined();
  proxy.cut();
  const next = await eventually(() => other.leases.take('cut', 'takes over'), { timeoutMs: 15_000 });
  expect(lease?.signal.aborted).toBe(true);
  await next.release();
  proxy.mend();
}, 30_000);

it('is made again when the server has lost all leases', async () => {
  const lease = await rig.bus.leases.take('lost', 'works');
  await rig.raw.jsm.streams.delete(`KV_${rig.space.names.leasesBucket}`);
  await eventually(() => lease?.signal.aborted === true, { timeoutMs: 15_000 });
  const next = await eventually(() => other.leases.take('lost', 'goes on').catch(() => undefined));
  await next.release();
}, 30_000);

it('has rounds done by one replica at a time; what fails comes again, and the next takes over when it stops', async () => {
  const done: string[] = [];
  let failures = 2;
  const replica = (name: string, { leases }: Bus) =>
    createLeasedRounds({
      name,
      ...{ lease: 'rounds', note: 'works', everyMs: 20, leases, log: rig.space.log },
      says: { failing: 'the rounds fail', again: 'the rounds are done again' },
      round: async () => {
        failures -= 1;
        if (failures >= 0) throw new Error('not yet');
        done.push(name);
      },
    });
  const [first, second] = [replica('first', rig.bus), replica('second', other)];
  await first.start();
  await eventually(() => done.length >= 3);
  await second.start();
  await eventually(() => done.length >= 20);
  expect(new Set(done)).toEqual(new Set(['first']));
  await first.stop();
  await eventually(() => done.at(-1) === 'second');
  await second.stop();
  expect(await other.leases.noteOf('rounds')).toBeUndefined();
});
