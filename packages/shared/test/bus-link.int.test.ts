import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openConnection } from '../src/bus/connection.ts';
import { consume } from '../src/bus/consumer.ts';
import { type Bus, connectBus } from '../src/bus/index.ts';
import { type AppError, createMetrics, systemClock } from '../src/kernel/index.ts';
import {
  buildTestChange,
  eventually,
  openLinkProxy,
  openTestNamespace,
  type TestNamespace,
} from '../src/testing/index.ts';

const batch = { maxMessages: 50, maxBytes: 1_000_000, maxWaitMs: 25 };
let space: TestNamespace;
let bus: Bus;
let published = 0;

beforeAll(async () => {
  space = await openTestNamespace();
  const { natsUrl: url, names, log } = space;
  bus = await connectBus({ url, names, log, service: 'catalog' });
  await bus.ensureStreams();
});
beforeEach(() => {
  published = 0;
});
afterAll(async () => {
  await bus?.close();
  await space?.dispose();
});

const openRaw = (url: string, onLost?: (error: AppError) => void) => {
  const { names, log } = space;
  return openConnection({ url, names, log, service: 'search', clock: systemClock, ...(onLost ? { onLost } : {}) });
};

function publish() {
  published += 1;
  return bus.publisher.publish({
    subject: space.names.change('catalog', 'company', 'company_1'),
    messageId: `${expect.getState().currentTestName}:${published}`,
    payload: JSON.stringify(buildTestChange({ v: published })),
  });
}

describe('a connection', () => {
  it('that ends for good without being asked to is told as lost, one that is drained is not', async () => {
    const lost: AppError[] = [];
    const onLost = (error: AppError) => void lost.push(error);
    const drained = await openRaw(space.natsUrl, onLost);
    await drained.drain();
    const broken = await openRaw(space.natsUrl, onLost);
    await broken.nc.close();
    await eventually(() => lost.length > 0);
    expect(lost).toEqual([expect.objectContaining({ code: 'UNAVAILABLE', reason: 'bus.closed' })]);
    expect(broken.isUp()).toBe(false);
    await broken.drain();
  });
});

describe('a stop over a link that has fallen silent', () => {
  it('of what serves and what consumes takes seconds, not the time of a call or a batch', async () => {
    const link = await openLinkProxy(space.natsUrl);
    const { names, log } = space;
    const far = await connectBus({ url: link.url, names, log, service: 'catalog' });
    const serving = await far.serve({
      service: 'catalog',
      endpoints: { 'rpc.catalog.outbox.state': async () => ({ pending: 0, oldestMs: 0 }) },
    });
    const consumer = await far.consume({
      durable: 'silent',
      subjects: [names.allChanges],
      from: { type: 'all' },
      batch,
      log,
      handle: async (deliveries) => deliveries.map(() => ({ type: 'done' })),
    });
    link.stall();
    const startedMs = performance.now();
    await Promise.all([serving.stop(), consumer.stop()]);
    const stoppedMs = performance.now();
    await far.close();
    expect(stoppedMs - startedMs).toBeLessThan(6_000);
    expect(performance.now() - stoppedMs).toBeLessThan(7_000);
    await link.close();
  });
});

it('the figures of a consumer are kept while nobody asks for its state', async () => {
  const metrics = createMetrics('test');
  const { natsUrl: url, names, log } = space;
  const connection = await openConnection({ url, names, log, service: 'search', clock: systemClock, metrics });
  await publish();
  const consumer = await consume(connection, {
    durable: 'measured',
    subjects: [names.allChanges],
    from: { type: 'all' },
    batch,
    log,
    handle: async (deliveries) => deliveries.map(() => ({ type: 'retry', afterMs: 60_000 })),
  });
  await eventually(async () =>
    /^ortoo_consumer_pending{[^}]*durable="measured"[^}]*} [1-9]/m.test(await metrics.print()),
  );
  await eventually(async () =>
    /^ortoo_consumer_stalled_seconds{[^}]*"measured"[^}]*} [1-9]/m.test(await metrics.print()),
  );
  await consumer.stop();
  await connection.drain();
});
