import { AppError, createLogger } from '@ortoo/shared/kernel';
import { eventually } from '@ortoo/shared/testing';
import { expect, onTestFinished, test } from 'vitest';
import { COPY_OWED, type IndexFacts, type IndexMeta } from './next-step.ts';
import { createRefilling, type RefillingDeps } from './refilling.ts';

const STREAM = '2026-11-24T05:00:00.000Z';
const EMPTY = { items: [], next: undefined };
const stem: IndexMeta = { version: 1, hash: 'h', stream: 'another', fill: { state: 'done' } };

/** When owners fail, and when in a copy a second one is wanted, cannot be had on demand from real ones: they are played. */
function open(exportPage: RefillingDeps['owners']['exportPage']) {
  let meta = stem;
  const streams: string[] = [];
  const ending = new AbortController();
  const refilling = createRefilling({
    bus: {
      names: { writeAlias: (name: string) => `${name}-write` } as RefillingDeps['bus']['names'],
      streamInfo: async () => ({ firstSequence: 1, lastSequence: 1, createdAt: STREAM }),
    },
    indexes: {
      note: async (_name, more) => {
        meta = { ...meta, ...more };
        streams.push(meta.stream);
      },
    },
    owners: { exportPage },
    writer: { write: async () => [] },
    log: createLogger({ service: 'test', level: 'silent' }),
    signal: ending.signal,
  });
  onTestFinished(async () => {
    ending.abort();
    await refilling.settled();
  });
  const index = (): IndexFacts => ({ name: 'portal-1', n: 1, meta, isRead: true, isWritable: true });
  return { refilling, index, streams, stop: () => ending.abort() };
}

test('a copy is written down as owed before it begins, and as done when everything was copied', async () => {
  const seen: string[] = [];
  const { refilling, index, streams } = open(async () => {
    seen.push(...streams);
    return EMPTY;
  });
  refilling.refill(index());
  await refilling.settled();
  expect(seen[0]).toBe(COPY_OWED);
  expect(streams).toEqual([COPY_OWED, STREAM]);
});

test('what another process owed is paid, and without a debt nothing is copied', async () => {
  let pages = 0;
  const { refilling, index } = open(async () => {
    pages += 1;
    return EMPTY;
  });
  refilling.goOn(index());
  await refilling.settled();
  expect(pages).toBe(0);
  refilling.goOn({ ...index(), meta: { ...stem, stream: COPY_OWED } });
  await refilling.settled();
  expect(pages).toBeGreaterThan(0);
  expect(index().meta?.stream).toBe(STREAM);
});

test('a copy that is asked for during another is made after it', async () => {
  const gate = Promise.withResolvers<void>();
  const { refilling, index, streams } = open(async () => {
    await gate.promise;
    return EMPTY;
  });
  refilling.refill(index());
  await eventually(() => streams.length === 1);
  refilling.refill(index());
  gate.resolve();
  await refilling.settled();
  expect(index().meta?.stream).toBe(COPY_OWED);
  refilling.goOn(index());
  await refilling.settled();
  expect(index().meta?.stream).toBe(STREAM);
});

test('a copy that an owner refuses ends, stays owed and is tried again', async () => {
  let isRefusing = true;
  let asked = 0;
  const { refilling, index } = open(async () => {
    asked += 1;
    if (isRefusing) throw new AppError('PAYLOAD_TOO_LARGE', 'reply.too-large', 'The reply is too large.');
    return EMPTY;
  });
  refilling.refill(index());
  await refilling.settled();
  expect([asked, index().meta?.stream]).toEqual([1, COPY_OWED]);
  isRefusing = false;
  refilling.goOn(index());
  await refilling.settled();
  expect(index().meta?.stream).toBe(STREAM);
});

test('a copy waits for an owner that is away', async () => {
  let asked = 0;
  const { refilling, index } = open(async () => {
    asked += 1;
    if (asked === 1) throw AppError.unavailable('catalog.no-responders', 'The catalog service is not there.');
    return EMPTY;
  });
  refilling.refill(index());
  await refilling.settled();
  expect(index().meta?.stream).toBe(STREAM);
});
