import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Bus, connectBus, type Endpoints } from '../src/bus/index.ts';
import { type AppError, systemClock } from '../src/kernel/index.ts';
import { eventually, openLinkProxy, openTestNamespace, type TestNamespace, testContext } from '../src/testing/index.ts';

let space: TestNamespace;
let caller: Bus;
const opened: { close(): Promise<void> }[] = [];

beforeAll(async () => {
  space = await openTestNamespace();
  caller = await open('gateway');
  opened.length = 0;
});

afterEach(async () => {
  for (const part of opened.splice(0).reverse()) await part.close();
});

afterAll(async () => {
  await caller?.close();
  await space?.dispose();
});

async function open(service: 'catalog' | 'gateway', url = space.natsUrl): Promise<Bus> {
  const bus = await connectBus({ url, names: space.names, service, log: space.log });
  opened.push(bus);
  return bus;
}

async function serveCatalog(endpoints: Endpoints, concurrency?: number): Promise<Bus> {
  const bus = await open('catalog');
  await bus.serve({ service: 'catalog', endpoints, ...(concurrency ? { concurrency } : {}) });
  return bus;
}

const stateCall = (bus = caller, deadlineMs = systemClock.nowMs() + 5_000) =>
  bus.call(testContext({ deadlineMs }), 'rpc.catalog.outbox.state', {});
const removeCall = (bus = caller, deadlineMs = systemClock.nowMs() + 5_000) =>
  bus.call(testContext({ deadlineMs }), 'rpc.catalog.company.remove', { id: 'company_1', v: 1 });
const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => {
      throw new Error('It did not fail.');
    },
    (error: AppError) => error,
  );

describe('nobody serves a call', () => {
  it('fails with UNAVAILABLE at once', async () => {
    const startedMs = performance.now();
    const error = await failureOf(removeCall());
    expect(error).toMatchObject({ code: 'UNAVAILABLE', reason: 'catalog.no-responders' });
    expect(error.details?.retryAfterMs).toBeGreaterThan(0);
    expect(performance.now() - startedMs).toBeLessThan(500);
  });

  it('is tried once more when it is idempotent, and only then', async () => {
    const late: Endpoints = {
      'rpc.catalog.outbox.state': async () => ({ pending: 7, oldestMs: 0 }),
      'rpc.catalog.company.remove': async (_ctx, { id, v }) => ({ id, v }),
    };
    const bus = await open('catalog');
    const read = stateCall();
    const error = await failureOf(removeCall()); // a repeat would outlast the wait of the read
    await bus.serve({ service: 'catalog', endpoints: late });
    expect(await read).toEqual({ pending: 7, oldestMs: 0 });
    expect(error.reason).toBe('catalog.no-responders');
  });
});

describe('a deadline', () => {
  it('ends a call with TIMEOUT when the service is slower', async () => {
    const release = Promise.withResolvers<void>();
    await serveCatalog({
      'rpc.catalog.outbox.state': async () => {
        await release.promise;
        return { pending: 0, oldestMs: 0 };
      },
    });
    const startedMs = performance.now();
    const error = await failureOf(stateCall(caller, systemClock.nowMs() + 200));
    const tookMs = performance.now() - startedMs;
    release.resolve();
    expect(error).toMatchObject({ code: 'TIMEOUT', reason: 'catalog.no-answer' });
    expect(tookMs).toBeGreaterThan(150);
    expect(tookMs).toBeLessThan(1_500);
  });

  it('that has passed keeps a call from being sent', async () => {
    let calls = 0;
    await serveCatalog({
      'rpc.catalog.outbox.state': async () => {
        calls += 1;
        return { pending: 0, oldestMs: 0 };
      },
    });
    expect(await failureOf(stateCall(caller, systemClock.nowMs() - 1))).toMatchObject({
      code: 'TIMEOUT',
      reason: 'deadline.passed',
    });
    expect(calls).toBe(0);
  });

  it('that passes while a call waits in the queue keeps its work from being done', async () => {
    let calls = 0;
    const release = Promise.withResolvers<void>();
    await serveCatalog(
      {
        'rpc.catalog.outbox.state': async () => {
          calls += 1;
          await release.promise;
          return { pending: 0, oldestMs: 0 };
        },
      },
      1,
    );
    const first = stateCall();
    await eventually(() => calls === 1);
    const deadlineMs = systemClock.nowMs() + 100;
    expect((await failureOf(stateCall(caller, deadlineMs))).code).toBe('TIMEOUT');
    await eventually(() => systemClock.nowMs() > deadlineMs + 50); // the service counts from when the call came in
    release.resolve();
    await first;
    await stateCall(); // goes through the same queue, behind the expired one
    expect(calls).toBe(2);
  });
});

describe('a limit', () => {
  it('of places and queue turns a call away as busy at once, and takes calls again later', async () => {
    let running = 0;
    const release = Promise.withResolvers<void>();
    await serveCatalog(
      {
        'rpc.catalog.outbox.state': async () => {
          running += 1;
          await release.promise;
          return { pending: 0, oldestMs: 0 };
        },
      },
      2,
    );
    const taken = Array.from({ length: 4 }, () => stateCall()); // two run, two wait
    await eventually(() => running === 2);
    const error = await failureOf(stateCall());
    expect(error).toMatchObject({ code: 'UNAVAILABLE', reason: 'busy' });
    expect(error.details?.retryAfterMs).toBeGreaterThan(0);
    expect(running).toBe(2);
    release.resolve();
    await expect(Promise.all(taken)).resolves.toHaveLength(4);
    await expect(stateCall()).resolves.toBeDefined();
  });

  it('of size answers PAYLOAD_TOO_LARGE instead of losing the reply', async () => {
    await serveCatalog({ 'rpc.catalog.company.get': async () => ({ body: new Uint8Array(1024 * 1024), meta: {} }) });
    const error = await failureOf(
      caller.callBytes(testContext(), 'rpc.catalog.company.get', { ref: 'x', view: 'public', lang: 'mn' }),
    );
    expect(error).toMatchObject({ code: 'PAYLOAD_TOO_LARGE', reason: 'reply.too-large' });
  });

  it('of size refuses a request before it is sent', async () => {
    const error = await failureOf(
      caller.callBytes(testContext(), 'rpc.catalog.company.get', {
        ref: 'x'.repeat(1024 * 1024),
        view: 'public',
        lang: 'mn',
      }),
    );
    expect(error).toMatchObject({ code: 'PAYLOAD_TOO_LARGE', reason: 'request.too-large' });
  });
});

describe('an end', () => {
  it('answers the calls in flight before it closes, and takes no more', async () => {
    let isRunning = false;
    const release = Promise.withResolvers<void>();
    const bus = await serveCatalog({
      'rpc.catalog.company.remove': async ({ requestId: _id }, { id, v }) => {
        isRunning = true;
        await release.promise;
        return { id, v };
      },
    });
    const call = removeCall();
    await eventually(() => isRunning);
    const closing = bus.close();
    await eventually(async () => (await failureOf(removeCall())).reason === 'catalog.no-responders');
    release.resolve();
    await expect(call).resolves.toEqual({ id: 'company_1', v: 1 });
    await closing;
    expect(await bus.check()).toContain('lost');
  });
});

describe('a lost connection', () => {
  it('fails calls with UNAVAILABLE quickly, and serves again when it is back', async () => {
    await serveCatalog({ 'rpc.catalog.outbox.state': async () => ({ pending: 1, oldestMs: 0 }) });
    const proxy = await openLinkProxy(space.natsUrl);
    opened.push(proxy);
    const bus = await open('gateway', proxy.url);
    await expect(stateCall(bus)).resolves.toBeDefined();
    expect(await bus.check()).toBeNull();

    proxy.cut();
    await eventually(async () => (await bus.check()) !== null);
    await eventually(
      async () => (await failureOf(removeCall(bus, systemClock.nowMs() + 100))).reason === 'bus.disconnected',
    );
    const startedMs = performance.now();
    expect(await failureOf(stateCall(bus))).toMatchObject({ code: 'UNAVAILABLE', reason: 'bus.disconnected' });
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
