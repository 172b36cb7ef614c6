import type { Delivery } from '@ortoo/shared/bus';
import { AppError, pause, systemClock } from '@ortoo/shared/kernel';
import { buildTestChange } from '@ortoo/shared/testing';
import { expect, test } from 'vitest';
import { createChangesHandler } from './changes.consumer.ts';
import type { Trouble } from './changes.rules.ts';
import { createBulkWriter } from './index/bulk.ts';
import { EngineFault } from './index/client.ts';
import type { BulkItem, BulkOperation } from './index/engine-documents.ts';
import { createFreshness } from './index/freshness.ts';
import type { ChangeData } from './projections/index-document.ts';

type Played = {
  /** What the engine answers to each document, or throws. */
  engine?: (operation: BulkOperation) => BulkItem;
  /** What the owner answers when it is asked for one document. */
  owner?: (id: string) => ChangeData[];
};

/** The engine's and the owners' answers cannot be had on demand from real ones: they are played, nothing else is. */
function play({ engine = () => ({ status: 200 }), owner = () => [] }: Played) {
  const sent: string[] = [];
  const asked: string[] = [];
  const troubles: (Trouble | undefined)[] = [];
  const ending = new AbortController();
  const bulk = async (_alias: string, operations: BulkOperation[]) => {
    sent.push(...operations.map(({ id }) => id));
    return operations.map(engine);
  };
  const idle = { readVersions: async () => new Map<string, number>(), refresh: async () => undefined };
  const handle = createChangesHandler({
    index: 'portal-1',
    writeAlias: 'portal-1-write',
    writer: createBulkWriter({ bulk }),
    owners: {
      fetch: async (_kind, [id = '']) => {
        asked.push(id);
        return owner(id);
      },
    },
    freshness: createFreshness({ engine: idle, clock: systemClock }),
    onTrouble: (trouble) => troubles.push(trouble),
    signal: ending.signal,
  });
  return { handle, sent, asked, troubles, stop: () => ending.abort() };
}

const deliver = (...changes: ChangeData[]): Delivery[] =>
  changes.map((data, place) => ({
    change: { ...buildTestChange(), data },
    subject: 'changes.catalog.company.x',
    sequence: place + 1,
    deliveries: 1,
    publishedMs: 0,
    bytes: 1,
  }));
const dataOf = (id: string, more: Partial<ChangeData>): ChangeData => {
  const { state: _state, ...data } = buildTestChange({ id }).data;
  return { ...data, ...more };
};
const gone = (id: string) => dataOf(id, { live: false, visible: false });
const byReference = (id: string) => dataOf(id, { isStateByReference: true });
const typesOf = (outcomes: { type: string }[]) => outcomes.map(({ type }) => type);

test('an owner that is away is asked once in a batch, not for each large document of a kind', async () => {
  const away = () => {
    throw AppError.timeout('catalog.no-answer', 'The catalog service did not answer in time.');
  };
  const { handle, asked, troubles } = play({ owner: away });
  const batch = deliver(
    byReference('company_1'),
    byReference('company_2'),
    byReference('company_3'),
    gone('company_4'),
  );
  expect(typesOf(await handle(batch))).toEqual(['retry', 'retry', 'retry', 'done']);
  expect(asked).toEqual(['company_1']);
  expect(troubles).toEqual([{ type: 'transient', reason: expect.stringContaining('did not answer in time') }]);
});

test('an owner that fails on one large document is still asked for the others', async () => {
  const fails = (id: string): ChangeData[] => {
    if (id === 'company_1') throw new Error('a defect');
    return [gone(id)];
  };
  const { handle, asked } = play({ owner: fails });
  expect(typesOf(await handle(deliver(byReference('company_1'), byReference('company_2'))))).toEqual(['retry', 'done']);
  expect(asked).toEqual(['company_1', 'company_2']);
});

test.each(['PAYLOAD_TOO_LARGE', 'VALIDATION_FAILED', 'NOT_FOUND'] as const)(
  'a large document that its owner answers with %s is set aside, not asked for without end',
  async (code) => {
    const refuses = () => {
      throw new AppError(code, 'reply.too-large', 'The reply is too large.');
    };
    const { handle } = play({ owner: refuses });
    expect(await handle(deliver(byReference('company_1')))).toEqual([
      { type: 'poison', reason: expect.stringContaining('The reply is too large.') },
    ]);
  },
);

test.each([
  [403, 'cluster_block_exception', 'refused'],
  [404, 'index_not_found_exception', 'lost'],
])('while the index answers %i %s the batch is held, and a stop ends that at once', async (status, type, expected) => {
  const { handle, troubles, stop } = play({ engine: () => ({ status, error: { type, reason: 'because' } }) });
  const held = handle(deliver(gone('company_1'), gone('company_2')));
  expect(await Promise.race([held, pause(500).then(() => 'held')])).toBe('held');
  expect(troubles).toEqual([{ type: expected, reason: `${type}: because` }]);
  stop();
  expect(typesOf(await held)).toEqual(['retry', 'retry']);
});

test('nothing more is sent to an index that refuses everything', async () => {
  const { handle, sent, stop } = play({
    engine: () => {
      throw new EngineFault(403, 'cluster_block_exception', 'blocked', undefined);
    },
  });
  stop();
  const outcomes = await handle(deliver(...Array.from({ length: 1_200 }, (_, n) => gone(`company_${n}`))));
  expect(new Set(typesOf(outcomes))).toEqual(new Set(['retry']));
  expect(sent).toHaveLength(500);
});

test('a batch of nothing but poison does not tell that a trouble is over; a change that was indexed does', async () => {
  const { handle, troubles } = play({});
  expect(typesOf(await handle(deliver(dataOf('company_1', { state: { no: 'company' } }))))).toEqual(['poison']);
  expect(troubles).toEqual([]);
  await handle(deliver(gone('company_1')));
  expect(troubles).toEqual([undefined]);
});
