import type { BytesReply } from '@ortoo/shared/contracts';
import { toBuffer } from './answers.ts';

const HEAD = Buffer.from('{"items":');

/** A list around the owner's bytes of the items: `{"items": […], "page": {…}, "total"?: n}`. */
export function spliceList(
  { body, meta }: BytesReply,
  { next, limit }: { next: string | null; limit: number },
): Buffer {
  const page = JSON.stringify({ next, prev: null, limit });
  const total = meta.total === undefined ? '' : `,"total":${Number(meta.total)}`;
  return Buffer.concat([HEAD, toBuffer(body), Buffer.from(`,"page":${page}${total}}`)]);
}

/** Several arrays of items, as bytes, in one `{"items": […]}`. */
export function joinItems(pages: BytesReply[]): Buffer {
  const inner = pages.map(({ body }) => toBuffer(body).subarray(1, -1)).filter((bytes) => bytes.length > 0);
  const parts = inner.flatMap((bytes, index) => (index === 0 ? [bytes] : [Buffer.from(','), bytes]));
  return Buffer.concat([HEAD, Buffer.from('['), ...parts, Buffer.from(']}')]);
}

/** The address of the next page: the same query, the cursor first. */
export function nextAddress(url: string, cursor: string): string {
  const [path = ''] = url.split('?', 1);
  const others = new URLSearchParams(url.slice(path.length + 1));
  for (const name of ['cursor', 'waitFor']) others.delete(name);
  const rest = others.toString();
  return `${path}?cursor=${cursor}${rest ? `&${rest}` : ''}`;
}
