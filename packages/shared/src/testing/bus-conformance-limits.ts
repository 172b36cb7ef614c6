import { describe, expect, it } from 'vitest';
import type { Endpoints } from '../bus/index.ts';
import { newSecret, systemClock } from '../kernel/index.ts';
import { serveCatalog } from './bus-conformance-calls.ts';
import type { BusSession } from './bus-session.ts';
import { eventually } from './eventually.ts';
import { refusal } from './refusal.ts';
import { testContext } from './test-context.ts';

/** An endpoint that counts its calls and holds them until it is let go. */
function createGate() {
  const release = Promise.withResolvers<void>();
  let entered = 0;
  const endpoints: Endpoints = {
    'rpc.catalog.outbox.state': async () => {
      entered += 1;
      await release.promise;
      return { pending: 7, oldestMs: 0 };
    },
  };
  return { endpoints, entered: () => entered, letGo: () => release.resolve() };
}

/** Every wait has a deadline, every queue a bound; who is there no more is said at once. */
export function describeCallLimits(session: () => BusSession): void {
  const ask = (deadlineMs = systemClock.nowMs() + 5_000) =>
    session().bus.call(testContext({ deadlineMs }), 'rpc.catalog.outbox.state', {});
  const remove = () => session().bus.call(testContext(), 'rpc.catalog.company.remove', { id: 'company_1', v: 1 });
  const read = (ref: string) =>
    session().bus.callBytes(testContext(), 'rpc.catalog.company.get', { ref, view: 'public', lang: 'mn' });

  describe('when nobody serves a call', () => {
    it('fails with UNAVAILABLE at once', async () => {
      const startedMs = performance.now();
      const error = await refusal(remove());
      expect(error).toMatchObject({ code: 'UNAVAILABLE', reason: 'catalog.no-responders' });
      expect(error.details?.retryAfterMs).toBeGreaterThan(0);
      expect(performance.now() - startedMs).toBeLessThan(1_000);
    });

    it('tries once more when it is idempotent, and only then', async () => {
      const bus = await session().join('catalog');
      const reading = ask();
      const error = await refusal(remove()); // a repeat would outlast the wait of the read
      await bus.serve({
        service: 'catalog',
        endpoints: {
          'rpc.catalog.outbox.state': async () => ({ pending: 7, oldestMs: 0 }),
          'rpc.catalog.company.remove': async (_ctx, { id, v }) => ({ id, v }),
        },
      });
      expect(await reading).toEqual({ pending: 7, oldestMs: 0 });
      expect(error.reason).toBe('catalog.no-responders');
    });
  });

  describeDeadlines(session, ask);

  describe('when a limit is reached', () => {
    it('of places and queue, it turns a call away as busy at once, and takes calls again later', async () => {
      const gate = createGate();
      await serveCatalog(session(), gate.endpoints, 2);
      const taken = Array.from({ length: 4 }, () => ask()); // two run, two wait
      await eventually(() => gate.entered() === 2);
      const error = await refusal(ask());
      expect(error).toMatchObject({ code: 'UNAVAILABLE', reason: 'busy' });
      expect(error.details?.retryAfterMs).toBeGreaterThan(0);
      expect(gate.entered()).toBe(2);
      gate.letGo();
      await expect(Promise.all(taken)).resolves.toHaveLength(4);
      await expect(ask()).resolves.toBeDefined();
    });

    it('of size, it packs a reply that does not fit, and hands it over as it was', async () => {
      const body = JSON.stringify('Говь '.repeat(400_000));
      await serveCatalog(session(), { 'rpc.catalog.company.get': async () => ({ body, meta: { v: '7' } }) });
      const reply = await read('x');
      expect(Buffer.from(reply.body).toString() === body).toBe(true);
      expect(reply.meta).toEqual({ v: '7' });
    });

    it('of size, it answers PAYLOAD_TOO_LARGE instead of losing the reply', async () => {
      const body = newSecret(1_200_000); // what no packing makes smaller than a message
      await serveCatalog(session(), { 'rpc.catalog.company.get': async () => ({ body, meta: {} }) });
      expect(await refusal(read('x'))).toMatchObject({ code: 'PAYLOAD_TOO_LARGE', reason: 'reply.too-large' });
    });

    it('of size, it refuses a request before it is sent', async () => {
      const error = await refusal(read('x'.repeat(1024 * 1024)));
      expect(error).toMatchObject({ code: 'PAYLOAD_TOO_LARGE', reason: 'request.too-large' });
    });
  });

  describe('when it is closed', () => {
    it('answers the calls in flight before it ends, and takes no more', async () => {
      const release = Promise.withResolvers<void>();
      let isRunning = false;
      const bus = await serveCatalog(session(), {
        'rpc.catalog.company.remove': async (_ctx, { id, v }) => {
          const isFirst = !isRunning; // a later one, taken before the server knows of the close, must not wait with it
          isRunning = true;
          if (isFirst) await release.promise;
          return { id, v };
        },
      });
      const call = remove();
      await eventually(() => isRunning);
      const closing = bus.close();
      await eventually(async () => (await refusal(remove())).reason === 'catalog.no-responders');
      release.resolve();
      await expect(call).resolves.toEqual({ id: 'company_1', v: 1 });
      await closing;
      expect(await bus.check()).toContain('lost');
    });
  });
}

function describeDeadlines(session: () => BusSession, ask: (deadlineMs?: number) => Promise<unknown>): void {
  describe('when a deadline passes', () => {
    it('ends the call with TIMEOUT', async () => {
      const gate = createGate();
      await serveCatalog(session(), gate.endpoints);
      const startedMs = performance.now();
      const error = await refusal(ask(systemClock.nowMs() + 200));
      const tookMs = performance.now() - startedMs;
      gate.letGo();
      expect(error).toMatchObject({ code: 'TIMEOUT', reason: 'catalog.no-answer' });
      expect(tookMs).toBeGreaterThan(150);
      expect(tookMs).toBeLessThan(1_500);
    });

    it('before it is sent, nothing is sent', async () => {
      const gate = createGate();
      await serveCatalog(session(), gate.endpoints);
      const error = await refusal(ask(systemClock.nowMs() - 1));
      expect(error).toMatchObject({ code: 'TIMEOUT', reason: 'deadline.passed' });
      expect(gate.entered()).toBe(0);
    });

    it('while it waits in the queue, its work is not done', async () => {
      const gate = createGate();
      await serveCatalog(session(), gate.endpoints, 1);
      const first = ask();
      await eventually(() => gate.entered() === 1);
      const deadlineMs = systemClock.nowMs() + 100;
      expect((await refusal(ask(deadlineMs))).code).toBe('TIMEOUT');
      await eventually(() => systemClock.nowMs() > deadlineMs + 50); // the service counts from when the call came in
      gate.letGo();
      await first;
      await ask(); // goes through the same queue, behind the expired one
      expect(gate.entered()).toBe(2);
    });
  });
}
