import { afterAll, beforeAll, expect, it } from 'vitest';
import type { StreamState } from '../src/bus/index.ts';
import { systemClock } from '../src/kernel/index.ts';
import { createStreamLedger } from '../src/outbox/stream-ledger.ts';
import { openRig, type Rig } from './outbox-rig.ts';

let rig: Rig;

beforeAll(async () => {
  rig = await openRig();
});
afterAll(() => rig.close());

/** A look of the ledger at the real stream; `meanwhile` runs when the stream has answered and the ledger does not know yet. */
function openLedger(meanwhile: () => Promise<void>) {
  const rearmed: string[] = [];
  const ledger = createStreamLedger({
    connection: rig.mongo.connection,
    publisher: rig.bus.publisher,
    streamInfo: async (): Promise<StreamState> => {
      const stream = await rig.bus.streamInfo();
      await meanwhile();
      return stream;
    },
    oldestPendingMs: () => 0,
    rearm: async ({ since }) => rearmed.push(since),
    clock: systemClock,
    log: rig.namespace.log,
  });
  return { ledger, rearmed };
}

it('what is acknowledged while the stream is being asked is no sign that the stream has lost something', async () => {
  let published = 0;
  const { ledger, rearmed } = openLedger(async () => {
    published += 1;
    await ledger.publisher.publish({
      subject: rig.namespace.names.change('catalog', 'company', 'company_meanwhile'),
      messageId: `company_meanwhile:${published}`,
      payload: JSON.stringify({ no: 'change' }),
    });
  });
  await ledger.start();
  await ledger.stop();
  expect(published).toBe(2);
  expect(rearmed).toEqual([]);
});
