import type { BytesReply } from '@ortoo/shared/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { CursorScope, Cursors } from '../cursor.ts';
import { sendList, toBuffer } from './answers.ts';

const HEAD = Buffer.from('{"items":');

type Paging = {
  cursors: Cursors;
  scope: CursorScope;
  limit: number;
  /** Writes the list in another format than JSON. */
  write?: ((found: BytesReply) => string) | undefined;
};

/** Answers one page as its owner wrote it, with the address of the next one in `Link` and, in JSON, in the body. */
export function sendPage(
  request: FastifyRequest,
  reply: FastifyReply,
  found: BytesReply,
  { cursors, scope, limit, write }: Paging,
): FastifyReply {
  const { next: position } = found.meta;
  const next = position === undefined ? null : nextAddress(request.url, cursors.seal(scope, JSON.parse(position)));
  if (next) reply.header('link', `<${next}>; rel="next"`);
  return sendList(request, reply, write ? Buffer.from(write(found)) : spliceList(found, { next, limit }));
}

/** A list around the owner's bytes of the items: `{"items": […], "page": {…}, "total"?: n}`. */
function spliceList({ body, meta }: BytesReply, { next, limit }: { next: string | null; limit: number }): Buffer {
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
