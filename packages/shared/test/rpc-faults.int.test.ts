import { connect, headers } from 'nats';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Bus, connectBus, type Endpoints } from '../src/bus/index.ts';
import { systemClock } from '../src/kernel/index.ts';
import {
  eventually,
  openLinkProxy,
  openTestNamespace,
  refusal,
  type TestNamespace,
  testContext,
} from '../src/testing/index.ts';

let space: TestNamespace;
const opened: { close(): Promise<void> }[] = [];

beforeAll(async () => {
  space = await openTestNamespace();
});

afterEach(async () => {
  for (const part of opened.splice(0).reverse()) await part.close();
});

afterAll(async () => {
  await space?.dispose();
});

async function open(service: 'catalog' | 'gateway', url = space.natsUrl): Promise<Bus> {
  const bus = await connectBus({ url, names: space.names, service, log: space.log });
  opened.push(bus);
  return bus;
}

const stateCall = (bus: Bus) => bus.call(testContext(), 'rpc.catalog.outbox.state', {});
const removeCall = (bus: Bus, deadlineMs: number) =>
  bus.call(testContext({ deadlineMs }), 'rpc.catalog.company.remove', { id: 'company_1', v: 1 });

describe('a reply that nobody could unpack', () => {
  it.each([
    [
      'bytes',
      (bus: Bus) => bus.callBytes(testContext(), 'rpc.catalog.company.get', { ref: 'x', view: 'staff', lang: 'en' }),
    ],
    ['JSON', stateCall],
  ] as const)('of %s is a defect of the other side, not one of the caller', async (_what, call) => {
    const nc = await connect({ servers: space.natsUrl });
    opened.push(nc);
    const marked = headers();
    marked.set('Ortoo-Packed', 'br');
    nc.subscribe(space.names.rpc('rpc.catalog.>'), {
      callback: (_error, msg) => void msg.respond(new Uint8Array([1, 2, 3]), { headers: marked }),
    });
    await nc.flush();
    const error = await refusal(call(await open('gateway')));
    expect(error).toMatchObject({
      code: 'INTERNAL',
      cause: { message: expect.stringContaining('A service answered with') },
    });
  });
});

describe('a lost connection', () => {
  it('fails calls with UNAVAILABLE quickly, and serves again when it is back', async () => {
    const catalog = await open('catalog');
    const endpoints: Endpoints = { 'rpc.catalog.outbox.state': async () => ({ pending: 1, oldestMs: 0 }) };
    await catalog.serve({ service: 'catalog', endpoints });
    const proxy = await openLinkProxy(space.natsUrl);
    opened.push(proxy);
    const bus = await open('gateway', proxy.url);
    await expect(stateCall(bus)).resolves.toBeDefined();
    expect(await bus.check()).toBeNull();

    proxy.cut();
    await eventually(async () => (await bus.check()) !== null);
    await eventually(
      async () => (await refusal(removeCall(bus, systemClock.nowMs() + 100))).reason === 'bus.disconnected',
    );
    const startedMs = performance.now();
    expect(await refusal(stateCall(bus))).toMatchObject({ code: 'UNAVAILABLE', reason: 'bus.disconnected' });
    expect(performance.now() - startedMs).toBeLessThan(100);

    proxy.mend();
    await eventually(() => stateCall(bus));
    expect(await bus.check()).toBeNull();
  });

  it('does not hold up a close', async () => {
    const proxy = await openLinkProxy(space.natsUrl);
    const bus = await open('gateway', proxy.url);
    proxy.cut();
    await eventually(async () => (await bus.check()) !== null);
    const startedMs = performance.now();
    await bus.close();
    expect(performance.now() - startedMs).toBeLessThan(2_000);
    await proxy.close();
  });
});
