import { describe, expect, it } from 'vitest';
import type { Delivery } from '../bus/index.ts';
import { systemClock } from '../kernel/index.ts';
import { buildTestChange } from './build-test-change.ts';
import { type BusSession, DURABLE, done, versionsOf } from './bus-session.ts';
import { eventually } from './eventually.ts';
import { refusal } from './refusal.ts';

/** A message is stored once or refused with a reason. */
export function describePublishing(session: () => BusSession): void {
  const publication = (v: number, payload = JSON.stringify(buildTestChange({ v }))) => ({
    subject: session().names.change('catalog', 'company', 'company_1'),
    messageId: `company_1:${v}`,
    payload,
  });

  describe('when a message is published', () => {
    it('acknowledges it with its sequence, and stores it once when it is repeated', async () => {
      const { bus } = session();
      expect(await bus.publisher.publish(publication(1))).toEqual({ sequence: 1, isDuplicate: false });
      expect(await bus.publisher.publish(publication(1))).toEqual({ sequence: 1, isDuplicate: true });
      expect(await bus.publisher.publish(publication(2))).toEqual({ sequence: 2, isDuplicate: false });
      expect((await bus.streamInfo()).lastSequence).toBe(2);
    });

    it('hands a repeated one over once', async () => {
      const { bus, consume, untilDone } = session();
      const seen: number[] = [];
      for (const v of [1, 1, 2, 1]) await bus.publisher.publish(publication(v));
      await consume(async (deliveries) => {
        seen.push(...versionsOf(deliveries));
        return done(deliveries);
      });
      await untilDone(2);
      expect(seen).toEqual([1, 2]);
    });

    it('refuses one over the size limit for good', async () => {
      for (const bytes of [950 * 1024, 2 * 1024 * 1024]) {
        const error = await refusal(session().bus.publisher.publish(publication(1, 'x'.repeat(bytes))));
        expect(error).toMatchObject({ code: 'PAYLOAD_TOO_LARGE', reason: 'bus.message-too-large' });
      }
    });
  });
}

/** In order, at least once, and acknowledged only after its effect. */
export function describeDelivery(session: () => BusSession): void {
  describe('when a change is delivered', () => {
    it('a change is handed over with its place in the stream and acknowledged only after the handler answered', async () => {
      const { bus, publish, consume, untilDone } = session();
      const seen: Delivery[] = [];
      const release = Promise.withResolvers<void>();
      await consume(async (deliveries) => {
        seen.push(...deliveries);
        await release.promise;
        return done(deliveries);
      });
      await publish({ v: 1 });
      await eventually(() => seen.length === 1);
      const change = { id: 'company_1:1', data: { state: { name: 'Тест' } } };
      expect(seen[0]).toMatchObject({ change, sequence: 1, deliveries: 1 });
      expect(Math.abs(systemClock.nowMs() - (seen[0]?.publishedMs ?? 0))).toBeLessThan(10_000);
      expect(await bus.positionOf(DURABLE)).toEqual({ delivered: 1, done: 0, pending: 1 });
      release.resolve();
      await untilDone(1);
    });

    it('keeps the order of each document, whatever else is published at the same time', async () => {
      const { publish, consume, untilDone } = session();
      const heard = new Map<string, number[]>();
      await consume(async (deliveries) => {
        for (const { change } of deliveries)
          heard.set(change.subject, [...(heard.get(change.subject) ?? []), change.data.v]);
        return done(deliveries);
      });
      const versions = Array.from({ length: 30 }, (_, index) => index + 1);
      const ids = ['company_1', 'company_2', 'company_3', 'company_4'];
      await Promise.all(
        ids.map(async (id) => {
          for (const v of versions) await publish({ id, v });
        }),
      );
      await untilDone(ids.length * versions.length);
      expect(Object.fromEntries(heard)).toEqual(Object.fromEntries(ids.map((id) => [id, versions])));
    });

    it('comes again when the handler throws or answers for too few, until it is done', async () => {
      const { publish, consume, untilDone } = session();
      const counts: number[] = [];
      await consume(async ([delivery]) => {
        counts.push(delivery?.deliveries ?? 0);
        if (counts.length === 1) throw new Error('not this time');
        return counts.length === 2 ? [] : [{ type: 'done' }];
      });
      await publish({ v: 1 });
      await untilDone(1);
      expect(counts).toEqual([1, 2, 3]);
    });

    it('comes again after the time that the handler asked for, and the others of its batch do not', async () => {
      const { publishMany, consume, untilDone } = session();
      const times: number[] = [];
      const seen: number[] = [];
      await publishMany(1, 2);
      await consume(async (deliveries) => {
        seen.push(...versionsOf(deliveries));
        return deliveries.map(({ change, deliveries: count }) => {
          if (change.data.v === 2) return { type: 'done' };
          times.push(performance.now());
          return count < 2 ? { type: 'retry', afterMs: 400 } : { type: 'done' };
        });
      });
      await untilDone(2);
      const waitedMs = (times[1] ?? 0) - (times[0] ?? 0);
      expect(waitedMs).toBeGreaterThan(350);
      expect(waitedMs).toBeLessThan(5_000);
      expect(seen).toEqual([1, 2, 1]);
    });
  });
}

/** Consumers come, go, and share what there is. */
export function describeSharing(session: () => BusSession): void {
  describe('when consumers come and go', () => {
    it('a change waits for one that comes later, and the next goes on where it stopped', async () => {
      const { publishMany, consume, untilDone } = session();
      await publishMany(1, 5);
      const seen: number[] = [];
      const handle = async (deliveries: Delivery[]) => {
        seen.push(...versionsOf(deliveries));
        return done(deliveries);
      };
      const first = await consume(handle, { from: { type: 'sequence', sequence: 4 } });
      await untilDone(5);
      await first.stop();
      await publishMany(6, 6);
      const second = await consume(handle, { from: { type: 'sequence', sequence: 1 } });
      await untilDone(6);
      expect(seen).toEqual([4, 5, 6]);
      expect([first.isNew, second.isNew]).toEqual([true, false]);
    });

    it('a change is handled by one of several replicas', async () => {
      const { publishMany, consume, untilDone } = session();
      const seen: number[][] = [[], []];
      for (const own of seen)
        await consume(
          async (deliveries) => {
            own.push(...versionsOf(deliveries));
            return done(deliveries);
          },
          { batch: { maxMessages: 2, maxBytes: 1_000_000, maxWaitMs: 25 } },
        );
      await publishMany(1, 40);
      await untilDone(40);
      expect(seen.flat().toSorted((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
      expect(Math.min(...seen.map((own) => own.length))).toBeGreaterThan(0);
    });
  });
}
