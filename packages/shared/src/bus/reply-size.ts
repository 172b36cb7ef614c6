import { promisify } from 'node:util';
import { brotliCompress, brotliDecompress, constants } from 'node:zlib';
import { headers, type MsgHdrs } from 'nats';
import { AppError } from '../kernel/errors.ts';

/** What a message holds beside its body. */
export const HEADER_ROOM_BYTES = 16 * 1024;

const PACKED = 'Ortoo-Packed';
/** What a packed reply may become: more than any owner answers. */
const UNPACKED_MAX = 16 * 1024 * 1024;
/** In the thread pool: packing takes 10 ms for each megabyte, in which other calls go on. */
const pack = promisify(brotliCompress);
const unpack = promisify(brotliDecompress);
/** Fast, with a window over the whole reply: a text that is in it twice takes its room once. */
const packing = { params: { [constants.BROTLI_PARAM_QUALITY]: 4, [constants.BROTLI_PARAM_LGWIN]: 22 } };

/**
 * A reply as it fits into a message: as it is, or packed when it is too long. Throws PAYLOAD_TOO_LARGE
 * `reply.too-large`, since a reply over the limit would be lost and the caller left to wait.
 */
export async function fitReply(
  body: Uint8Array,
  { maxPayload, found }: { maxPayload: number; found?: MsgHdrs },
): Promise<{ data: Uint8Array; headers?: MsgHdrs }> {
  const limit = maxPayload - HEADER_ROOM_BYTES;
  if (body.byteLength <= limit) return { data: body, ...(found ? { headers: found } : {}) };
  const data = body.byteLength <= UNPACKED_MAX ? await pack(body, packing) : body;
  if (data.byteLength > limit) {
    throw new AppError(
      'PAYLOAD_TOO_LARGE',
      'reply.too-large',
      `The answer has ${body.byteLength} bytes, more than the ${limit} that can be sent; ask for less.`,
    );
  }
  const marked = found ?? headers();
  marked.set(PACKED, 'br');
  return { data, headers: marked };
}

/** The body of a reply as it was before `fitReply`. Throws what zlib throws for what was not packed by it. */
export async function unpackReply({
  data,
  headers: found,
}: {
  data: Uint8Array;
  headers?: MsgHdrs;
}): Promise<Uint8Array> {
  return found?.get(PACKED) === 'br' ? await unpack(data, { maxOutputLength: UNPACKED_MAX }) : data;
}
