import { expect, test } from 'vitest';
import { AppError, createLogger } from '../kernel/index.ts';
import { buildTestChange } from '../testing/index.ts';
import type { Delivery } from './delivery.ts';
import { createFollowHandler } from './follow-handler.ts';

const away = AppError.unavailable('test.away', 'Nobody answers.');
const broken = new TypeError('no such member');

function deliver(id: string, { v = 1, deliveries = 1 } = {}): Delivery {
  const change = buildTestChange({ id, v });
  return { change, deliveries, subject: change.subject, sequence: 1, publishedMs: 0, bytes: 1 };
}

/** A handler of changes that fail as `failing` has it by their id or `id:v`, and the calls that it makes. */
function open(failing: Record<string, unknown>, signal = new AbortController().signal) {
  const calls: string[][] = [];
  const handle = createFollowHandler({
    durable: 'test',
    log: createLogger({ service: 'test', level: 'silent' }),
    signal,
    apply: async (changes) => {
      const named = changes.map(({ data: { id, v } }) => (`${id}:${v}` in failing ? `${id}:${v}` : id));
      calls.push(named);
      const failed = named.find((name) => name in failing);
      if (failed) throw failing[failed];
    },
  });
  const typesOf = async (deliveries: Delivery[]) => (await handle(deliveries)).map(({ type }) => type);
  return { handle, typesOf, calls };
}

test('what fails for the moment comes again, however often it has come', async () => {
  const { handle, calls } = open({ a: away });
  expect(await handle([deliver('a', { deliveries: 500 }), deliver('b')])).toEqual([
    { type: 'retry' },
    { type: 'retry' },
  ]);
  expect(calls).toEqual([['a', 'b']]); // nobody is asked again one by one while somebody is away
});

test('one that fails for good is tried alone, and is set aside when it has failed eight times', async () => {
  const { handle, calls } = open({ bad: broken });
  const batch = [deliver('a'), deliver('bad'), deliver('c')];
  for (let failures = 1; failures <= 8; failures += 1) {
    const outcome = failures < 8 ? { type: 'retry' } : { type: 'poison', reason: 'no such member' };
    expect(await handle(batch), `failure ${failures}`).toEqual([{ type: 'done' }, outcome, { type: 'done' }]);
  }
  expect(calls.slice(0, 4)).toEqual([['a', 'bad', 'c'], ['a'], ['bad'], ['c']]);
});

test('deliveries while somebody was away do not count: the first other failure after them sets nothing aside', async () => {
  const failing: Record<string, unknown> = { a: away };
  const { typesOf } = open(failing);
  for (let deliveries = 1; deliveries <= 20; deliveries += 1)
    expect(await typesOf([deliver('a', { deliveries })])).toEqual(['retry']);
  failing.a = broken;
  expect(await typesOf([deliver('a', { deliveries: 21 })])).toEqual(['retry']);
  delete failing.a;
  expect(await typesOf([deliver('a', { deliveries: 22 })])).toEqual(['done']);
});

test('older changes of a document are done with its newest, and are not set aside with it but tried by themselves', async () => {
  const failing: Record<string, unknown> = { 'bad:2': broken };
  const { typesOf } = open(failing);
  const batch = [deliver('bad', { v: 2 }), deliver('bad', { v: 1 }), deliver('a')];
  for (let failures = 1; failures < 8; failures += 1) expect(await typesOf(batch)).toEqual(['retry', 'retry', 'done']);
  expect(await typesOf(batch)).toEqual(['poison', 'retry', 'done']);
  expect(await typesOf([deliver('bad', { v: 1 })])).toEqual(['done']);
  expect(await typesOf([deliver('ok', { v: 2 }), deliver('ok', { v: 1 })])).toEqual(['done', 'done']);
});

test('what a stop breaks off is handed over at once and never set aside', async () => {
  const { handle } = open({ bad: broken }, AbortSignal.abort());
  for (let failures = 1; failures <= 9; failures += 1)
    expect(await handle([deliver('bad', { deliveries: 99 })])).toEqual([{ type: 'retry', afterMs: 0 }]);
});
