import { describe, expect, it } from 'vitest';
import type { Bus, Endpoints } from '../bus/index.ts';
import { AppError, type Context, systemClock } from '../kernel/index.ts';
import type { BusSession } from './bus-session.ts';
import { refusal } from './refusal.ts';
import { testContext } from './test-context.ts';

const removal = { id: 'company_1', v: 3 };

/** Starts a service that answers these calls; its bus is closed after the test. */
export async function serveCatalog(session: BusSession, endpoints: Endpoints, concurrency?: number): Promise<Bus> {
  const bus = await session.join('catalog');
  await bus.serve({ service: 'catalog', endpoints, ...(concurrency ? { concurrency } : {}) });
  return bus;
}

/** A request arrives whole, an answer or an error comes back whole. */
export function describeCalls(session: () => BusSession): void {
  const remove = (request: object = removal, ctx = testContext()) =>
    session().bus.call(ctx, 'rpc.catalog.company.remove', request as typeof removal);
  const removing = (handle: NonNullable<Endpoints['rpc.catalog.company.remove']>) =>
    serveCatalog(session(), { 'rpc.catalog.company.remove': handle });

  describe('when a service is called', () => {
    it('hands over the request and the context of the caller', async () => {
      const seen: { ctx: Context; request: unknown }[] = [];
      await removing(async (ctx, request) => {
        seen.push({ ctx, request });
        return { id: request.id, v: request.v + 1 };
      });
      const actor = { type: 'user' as const, id: 'Бат "x"\r\n', scopes: ['catalog:write'], companyId: 'company_9' };
      const ctx = testContext({ actor, deadlineMs: systemClock.nowMs() + 3_000 });
      expect(await remove(removal, ctx)).toEqual({ id: 'company_1', v: 4 });
      expect(seen).toHaveLength(1);
      expect(seen[0]?.request).toEqual(removal);
      expect(seen[0]?.ctx).toMatchObject({ requestId: ctx.requestId, traceparent: ctx.traceparent, actor });
      const remainingMs = (seen[0]?.ctx.deadlineMs ?? 0) - systemClock.nowMs();
      expect(remainingMs).toBeGreaterThan(1_000);
      expect(remainingMs).toBeLessThanOrEqual(3_000);
    });

    it('answers bytes untouched, with what is known of them in any script', async () => {
      const body = new Uint8Array([0x5b, 0x22, 0xd0, 0x90, 0x0a, 0x22, 0x5d]);
      const meta = { movedTo: 'шинэ-нэр', next: ' ["Ө 100%\r\n \\"x\\"",null,"company_1"] ', total: '12' };
      await serveCatalog(session(), { 'rpc.catalog.company.get': async () => ({ body, meta }) });
      const request = { ref: 'company_1', view: 'public', lang: 'mn' } as const;
      const reply = await session().bus.callBytes(testContext(), 'rpc.catalog.company.get', request);
      expect([...reply.body]).toEqual([...body]);
      expect(reply.meta).toEqual(meta);
    });

    it('fails with the error of the service, whole, even with line breaks in its text', async () => {
      const details = { key: 'slug:ө', current: { v: 2 } };
      await removing(async () => {
        throw AppError.conflict('company.slug-taken', 'Нэр\r\nNats-Service-Error: x', details);
      });
      const error = await refusal(remove());
      expect(error).toBeInstanceOf(AppError);
      expect(error).toMatchObject({ code: 'CONFLICT', reason: 'company.slug-taken', details });
      expect(error.message).toBe('Нэр\r\nNats-Service-Error: x');
    });

    it('hides a defect of the service', async () => {
      await removing(async () => {
        throw new TypeError('secret of the inside');
      });
      const error = await refusal(remove());
      expect(error).toMatchObject({ code: 'INTERNAL', reason: 'internal' });
      expect(error.message).not.toContain('secret');
    });

    it('refuses a request that breaks its schema, naming the member, before the handler', async () => {
      let calls = 0;
      await removing(async (_ctx, { id, v }) => {
        calls += 1;
        return { id, v };
      });
      const error = await refusal(remove({ id: 'company_1', v: 'three' }));
      expect(error).toMatchObject({ code: 'VALIDATION_FAILED', reason: 'request.invalid' });
      expect(error.details?.errors).toEqual([expect.objectContaining({ pointer: '/v' })]);
      expect(calls).toBe(0);
    });

    it('shares the calls between replicas, each answered once', async () => {
      const counts = [0, 0];
      for (const replica of [0, 1])
        await serveCatalog(session(), {
          'rpc.catalog.outbox.state': async () => {
            counts[replica] = (counts[replica] ?? 0) + 1;
            return { pending: replica, oldestMs: 0 };
          },
        });
      const calls = Array.from({ length: 60 }, () => session().bus.call(testContext(), 'rpc.catalog.outbox.state', {}));
      await Promise.all(calls);
      expect((counts[0] ?? 0) + (counts[1] ?? 0)).toBe(60);
      expect(Math.min(...counts)).toBeGreaterThan(5);
    });
  });
}
