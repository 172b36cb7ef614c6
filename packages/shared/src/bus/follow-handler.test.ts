import { expect, test } from 'vitest';
import { AppError, createLogger } from '../kernel/index.ts';
import { buildTestChange } from '../testing/index.ts';
import type { Outcome } from './batch-handler.ts';
import type { Delivery } from './delivery.ts';
import { createFollowHandler } from './follow-handler.ts';

const away = AppError.unavailable('test.away', 'Nobody answers.');
const broken = new TypeError('no such member');

function deliver(id: string, { v = 1, deliveries = 1 } = {}): Delivery {
  const change = buildTestChange({ id, v });
  return { change, deliveries, subject: change.subject, sequence: 1, publishedMs: 0, bytes: 1 };
}

/** What becomes of deliveries where `failing` fails whatever it is in. */
async function follow(deliveries: Delivery[], failing: Record<string, unknown>, signal = new AbortController().signal) {
  const calls: string[][] = [];
  const handle = createFollowHandler({
    durable: 'test',
    log: createLogger({ service: 'test', level: 'silent' }),
    signal,
    apply: async (changes) => {
      const ids = changes.map(({ data }) => data.id);
      calls.push(ids);
      const failed = ids.find((id) => id in failing);
      if (failed) throw failing[failed];
    },
  });
  const outcomes: Outcome[] = await handle(deliveries);
  return { outcomes, calls };
}

test('what fails for the moment comes again, however often it has come', async () => {
  const { outcomes, calls } = await follow([deliver('a', { deliveries: 500 }), deliver('b')], { a: away });
  expect(outcomes).toEqual([{ type: 'retry' }, { type: 'retry' }]);
  expect(calls).toEqual([['a', 'b']]); // nobody is asked again one by one while somebody is away
});

test.each([
  [7, { type: 'retry' }],
  [8, { type: 'poison', reason: 'no such member' }],
])('one that fails for good is alone in that, and at its delivery %d it is %j', async (deliveries, outcome) => {
  const { outcomes, calls } = await follow([deliver('a'), deliver('bad', { deliveries }), deliver('c')], {
    bad: broken,
  });
  expect(outcomes).toEqual([{ type: 'done' }, outcome, { type: 'done' }]);
  expect(calls).toEqual([['a', 'bad', 'c'], ['a'], ['bad'], ['c']]);
});

test('older changes of a document share the fate of its newest', async () => {
  const batch = [deliver('bad', { v: 2, deliveries: 8 }), deliver('bad', { v: 1 }), deliver('a')];
  const { outcomes } = await follow(batch, { bad: broken });
  expect(outcomes.map(({ type }) => type)).toEqual(['poison', 'poison', 'done']);
});

test('what a stop breaks off is handed over at once and never set aside', async () => {
  const { outcomes } = await follow([deliver('bad', { deliveries: 99 })], { bad: broken }, AbortSignal.abort());
  expect(outcomes).toEqual([{ type: 'retry', afterMs: 0 }]);
});
