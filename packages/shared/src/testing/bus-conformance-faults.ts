import { describe, expect, it } from 'vitest';
import { buildTestChange } from './build-test-change.ts';
import { type BusSession, DURABLE, done, versionsOf } from './bus-session.ts';
import { eventually } from './eventually.ts';

/** What no repeat can mend is kept for people and holds up nobody. */
export function describePoison(session: () => BusSession): void {
  describe('when a message is poison', () => {
    it('sets it aside with its reason, never delivers it again, and the changes around it are done', async () => {
      const { bus, names, publish, consume, untilDone } = session();
      const seen: number[] = [];
      await publish({ v: 1 });
      await publish({}, '{"type":"mn.ortoo.company.changed.v9"}');
      await publish({}, '{"__proto__":{}}');
      await publish({}, JSON.stringify({ ...buildTestChange(), subject: 7 }));
      await publish({ v: 5 });
      await publish({ v: 6 });
      await consume(async (deliveries) => {
        seen.push(...versionsOf(deliveries));
        return deliveries.map(({ change }) =>
          change.data.v === 5 ? { type: 'poison', reason: 'no projection: ө\r\nx' } : { type: 'done' },
        );
      });
      await untilDone(6);
      expect(seen).toEqual([1, 5, 6]);
      const { items } = await bus.deadLetters.list({ limit: 10 });
      const inOrder = items.toSorted((a, b) => a.originSequence - b.originSequence);
      expect(inOrder.map(({ originSequence, reason }) => [originSequence, reason])).toEqual([
        [2, 'unknown type mn.ortoo.company.changed.v9'],
        [3, 'not JSON that can be taken'],
        [4, expect.stringContaining('/subject')],
        [5, 'no projection: ө\r\nx'],
      ]);
      const [first] = inOrder;
      expect(first).toMatchObject({ durable: DURABLE, subject: names.change('catalog', 'company', 'company_1') });
      expect(await bus.deadLetters.get(first?.sequence ?? 0)).toMatchObject({
        message: { type: 'mn.ortoo.company.changed.v9' },
      });
    });
  });
}

/** A consumer is looked after: whatever is taken from under it, it goes on. */
export function describeRestarts(session: () => BusSession): void {
  async function consumeInto(seen: number[]): Promise<void> {
    await session().consume(async (deliveries) => {
      seen.push(...versionsOf(deliveries));
      return done(deliveries);
    });
  }

  describe('when something is deleted under a consumer', () => {
    it('the durable: it goes on behind what it had done', async () => {
      const { bus, publish, publishMany, untilDone } = session();
      const seen: number[] = [];
      await consumeInto(seen);
      await publishMany(1, 3);
      await untilDone(3);
      await bus.removeDurable(DURABLE);
      await publish({ v: 4 });
      await eventually(() => seen.includes(4));
      await untilDone(4);
    });

    it('the stream, made again by another: it starts at its beginning', async () => {
      const { bus, publish, publishMany, untilDone, deleteStreams } = session();
      const seen: number[] = [];
      await consumeInto(seen);
      await publishMany(1, 3);
      await untilDone(3);
      await deleteStreams();
      await bus.ensureStreams();
      await publish({ v: 4 });
      await eventually(() => seen.includes(4));
    });

    it('the stream, made again by nobody else: it is there again, and so is the consumer', async () => {
      const { publish, untilDone, deleteStreams } = session();
      const seen: number[] = [];
      await consumeInto(seen);
      await publish({ v: 1 });
      await untilDone(1);
      await deleteStreams();
      await eventually(() => publish({ v: 2 }));
      await eventually(() => seen.includes(2));
    });
  });

  describe('when a consumer is stopped', () => {
    it('it finishes the batch in hand and gives the rest back at once', async () => {
      const { bus, publishMany, consume, untilDone } = session();
      await publishMany(1, 6);
      const started = Promise.withResolvers<void>();
      const release = Promise.withResolvers<void>();
      const seen: number[] = [];
      const consumer = await consume(
        async (deliveries) => {
          started.resolve();
          await release.promise;
          seen.push(...versionsOf(deliveries));
          return done(deliveries);
        },
        { batch: { maxMessages: 2, maxBytes: 1_000_000, maxWaitMs: 25 } },
      );
      await started.promise;
      await eventually(async () => (await bus.positionOf(DURABLE))?.delivered === 4); // two in hand, two behind them
      const stopping = consumer.stop();
      release.resolve();
      await stopping;
      expect(seen).toEqual([1, 2]);
      await untilDone(2);

      const restartedMs = performance.now();
      await consumeInto(seen);
      await untilDone(6);
      expect(performance.now() - restartedMs).toBeLessThan(10_000); // what was not given back would come after 60 s
      expect(seen.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6]);
    });
  });
}
