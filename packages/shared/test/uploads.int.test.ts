import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AppError } from '../src/kernel/index.ts';
import { type BusRig, openBusRig } from './bus-rig.ts';

let rig: BusRig;
beforeAll(async () => {
  rig = await openBusRig();
});
afterAll(() => rig?.close());

/** Bytes of which no two pieces are alike, in pieces of any size. */
const bytesOf = (size: number) => Buffer.from(Array.from({ length: size }, (_, n) => (n * 7 + (n >> 8)) % 251));
async function* inPieces(bytes: Buffer, size: number) {
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
}
async function read(name: string): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of rig.bus.uploads.read(name)) pieces.push(piece);
  return Buffer.concat(pieces);
}
const refusal = async (work: Promise<unknown>) => {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => AppError.from(thrown),
  );
  return [error?.code, error?.reason];
};
const stream = () => `OBJ_${rig.space.names.importsBucket}`;
const messages = async () => (await rig.raw.jsm.streams.info(stream())).state.messages;
const bytesMax = 2_000_000;

test.each([
  ['nothing', 0, 1],
  ['less than a chunk', 1_000, 10],
  ['chunks exactly', 2 * 128 * 1024, 128 * 1024],
  ['many chunks in odd pieces', 1_000_003, 70_001],
  ['many chunks in one piece', 1_000_003, 1_000_003],
])('an upload of %s is read as it was sent', async (name, size, piece) => {
  const bytes = bytesOf(size);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  expect(await rig.bus.uploads.put(name, inPieces(bytes, piece), { bytesMax })).toEqual({ name, bytes: size, sha256 });
  expect((await read(name)).equals(bytes)).toBe(true);
});

test('uploads at once are kept apart', async () => {
  const all = [1, 2, 3, 4].map((n) => ({ name: `side-${n}`, bytes: bytesOf(300_000 + n) }));
  await Promise.all(all.map(({ name, bytes }) => rig.bus.uploads.put(name, inPieces(bytes, 9_999), { bytesMax })));
  for (const { name, bytes } of all) expect((await read(name)).equals(bytes)).toBe(true);
});

test('the bucket is one of the object store, for other tools too', async () => {
  const bytes = bytesOf(300_000);
  await rig.bus.uploads.put('for-others', inPieces(bytes, 50_000), { bytesMax });
  const bucket = await rig.raw.js.views.os(rig.space.names.importsBucket);
  expect(await bucket.info('for-others')).toMatchObject({ size: bytes.length, chunks: 3 });
  expect(Buffer.from((await bucket.getBlob('for-others')) ?? []).equals(bytes)).toBe(true); // it checks the digest
});

test('of what is too large or breaks off nothing is left', async () => {
  const before = await messages();
  expect(await refusal(rig.bus.uploads.put('large', inPieces(bytesOf(700_000), 9_999), { bytesMax: 600_000 }))).toEqual(
    ['PAYLOAD_TOO_LARGE', 'upload.too-large'],
  );
  async function* broken() {
    yield* inPieces(bytesOf(400_000), 9_999);
    throw new Error('the caller hung up');
  }
  expect(await refusal(rig.bus.uploads.put('broken', broken(), { bytesMax }))).toEqual([
    'VALIDATION_FAILED',
    'upload.broken-off',
  ]);
  expect(await messages()).toBe(before);
  expect(await refusal(read('broken'))).toEqual(['GONE', 'upload.gone']);
});

test('a removed upload is gone, and may be removed again', async () => {
  await rig.bus.uploads.put('short', inPieces(bytesOf(300_000), 50_000), { bytesMax });
  const before = await messages();
  await rig.bus.uploads.remove('short');
  await rig.bus.uploads.remove('short');
  await rig.bus.uploads.remove('never-there');
  expect(before - (await messages())).toBe(3);
  expect(await refusal(read('short'))).toEqual(['GONE', 'upload.gone']);
});

test('a bucket that was deleted is made again with the next upload', async () => {
  await rig.raw.jsm.streams.delete(stream());
  await refusal(rig.bus.uploads.put('one', inPieces(bytesOf(10), 10), { bytesMax }));
  await rig.bus.uploads.put('two', inPieces(bytesOf(10), 10), { bytesMax });
  expect((await read('two')).equals(bytesOf(10))).toBe(true);
});
