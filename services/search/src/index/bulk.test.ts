import { expect, test } from 'vitest';
import type { IndexDocument } from '../projections/index-document.ts';
import { createBulkWriter } from './bulk.ts';
import { judgeItem } from './bulk-verdict.ts';
import { EngineFault } from './client.ts';
import type { BulkItem, BulkOperation } from './engine-documents.ts';

const documents = (count: number) =>
  Array.from({ length: count }, (_, n) => ({ id: `company_${n}`, v: 1, live: false }) as unknown as IndexDocument);
const ok: BulkItem = { status: 200 };

/** The engine's answers cannot be had on demand from a real one: it is played, nothing else is. */
function playEngine(answer: (operations: BulkOperation[], call: number) => BulkItem[]) {
  const sizes: number[] = [];
  const bulk = async (_alias: string, operations: BulkOperation[]) => {
    sizes.push(operations.length);
    return answer(operations, sizes.length);
  };
  return { sizes, writer: createBulkWriter({ bulk }) };
}

test.each([
  [200, undefined, 'done'],
  [201, undefined, 'done'],
  [409, 'version_conflict_engine_exception', 'done'],
  [429, 'es_rejected_execution_exception', 'transient'],
  [429, 'circuit_breaking_exception', 'transient'],
  [503, 'unavailable_shards_exception', 'transient'],
  [429, 'cluster_block_exception', 'refused'],
  [403, 'cluster_block_exception', 'refused'],
  [401, 'security_exception', 'refused'],
  [404, 'index_not_found_exception', 'lost'],
  [400, 'document_parsing_exception', 'poison'],
  [400, 'strict_dynamic_mapping_exception', 'poison'],
  [413, 'content_too_long', 'too-large'],
])('an item answered %i %s is %s', (status, type, expected) => {
  expect(judgeItem({ status, ...(type ? { error: { type, reason: 'because' } } : {}) }).type).toBe(expected);
});

test('each document gets the verdict of its own item, whatever becomes of its neighbours', async () => {
  const { writer } = playEngine(() => [
    ok,
    { status: 400, error: { type: 'document_parsing_exception', reason: 'bad' } },
    { status: 409 },
    { status: 429 },
  ]);
  const verdicts = await writer.write('w', documents(4));
  expect(verdicts.map(({ type }) => type)).toEqual(['done', 'poison', 'done', 'transient']);
});

test('a bulk holds at most 500 documents', async () => {
  const { writer, sizes } = playEngine((operations) => operations.map(() => ok));
  expect(await writer.write('w', documents(1_201))).toHaveLength(1_201);
  expect(sizes).toEqual([500, 500, 201]);
});

test('bulks halve when the engine is out of breath, nothing more is sent then, and they grow again', async () => {
  let isBusy = true;
  const { writer, sizes } = playEngine((operations) => operations.map(() => (isBusy ? { status: 429 } : ok)));
  const first = await writer.write('w', documents(1_000));
  expect(new Set(first.map(({ type }) => type))).toEqual(new Set(['transient']));
  await writer.write('w', documents(1_000));
  isBusy = false;
  expect((await writer.write('w', documents(1_000))).every(({ type }) => type === 'done')).toBe(true);
  expect(sizes.slice(0, 4)).toEqual([500, 250, 125, 157]);
});

test('a bulk that is too large is split until it fits, and a single document that never fits is poison', async () => {
  const { writer } = playEngine((operations) => {
    const isTooLarge = operations.length > 1 || operations.some(({ id }) => id === 'company_2');
    if (isTooLarge) throw new EngineFault(413, 'content_too_long', 'too large', undefined);
    return operations.map(() => ok);
  });
  expect((await writer.write('w', documents(5))).map(({ type }) => type)).toEqual([
    'done',
    'done',
    'poison',
    'done',
    'done',
  ]);
});

test.each([
  [new EngineFault(0, 'connection', 'refused', undefined), 'transient'],
  [new EngineFault(0, 'timeout', 'slow', undefined), 'transient'],
  [new EngineFault(503, 'master_not_discovered_exception', 'no master', undefined), 'transient'],
  [new EngineFault(400, 'illegal_argument_exception', 'the request as a whole', undefined), 'transient'],
  [new EngineFault(401, 'security_exception', 'who?', undefined), 'refused'],
])('a bulk that fails as a whole (%s) poisons no document', async (fault, expected) => {
  const { writer } = playEngine(() => {
    throw fault;
  });
  expect((await writer.write('w', documents(3))).map(({ type }) => type)).toEqual([expected, expected, expected]);
});

test.each(['index_not_found_exception', 'cluster_block_exception'])(
  'after %s nothing more is sent, what was not sent shares the verdict, and the bulks stay as large',
  async (type) => {
    let status = type === 'index_not_found_exception' ? 404 : 403;
    const { writer, sizes } = playEngine((operations) =>
      operations.map(() => (status === 200 ? ok : { status, error: { type, reason: 'because' } })),
    );
    const verdicts = await writer.write('w', documents(1_201));
    expect(new Set(verdicts.map(({ type: verdict }) => verdict))).toEqual(
      new Set([status === 404 ? 'lost' : 'refused']),
    );
    status = 200;
    await writer.write('w', documents(600));
    expect(sizes).toEqual([500, 500, 100]);
  },
);
