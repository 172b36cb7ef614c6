import type { BytesReply } from '@ortoo/shared/contracts';
import { toHttpDate } from '@ortoo/shared/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { documentTag, isTagNamed, listTag } from './entity-tag.ts';
import { JSON_MEDIA_TYPE } from './media-types.ts';

/** Ready bytes as a Buffer, without a copy. */
export function toBuffer(body: BytesReply['body']): Buffer {
  return typeof body === 'string' ? Buffer.from(body) : Buffer.from(body.buffer, body.byteOffset, body.byteLength);
}

/** Answers one document as its owner wrote it, or 304 when the caller's copy is still good. */
export function sendDocument(request: FastifyRequest, reply: FastifyReply, { body, meta }: BytesReply): FastifyReply {
  const bytes = toBuffer(body);
  const tag = documentTag(requireMember(meta.v), bytes);
  reply.header('etag', tag);
  if (meta.lang) reply.header('content-language', meta.lang);
  if (meta.updatedAt) reply.header('last-modified', toHttpDate(meta.updatedAt));
  return sendUnlessKnown(request, reply, tag, bytes);
}

/** Answers a document that was just written, with the token that later reads can wait for. */
export function sendWritten(request: FastifyRequest, reply: FastifyReply, written: BytesReply): FastifyReply {
  const { id, v } = written.meta;
  reply.header('ortoo-version', `${requireMember(id)}:${requireMember(v)}`);
  return sendDocument(request, reply, written);
}

/** Answers a list, or 304. */
export function sendList(request: FastifyRequest, reply: FastifyReply, bytes: Buffer): FastifyReply {
  const tag = listTag(bytes);
  reply.header('etag', tag);
  return sendUnlessKnown(request, reply, tag, bytes);
}

/** If-Modified-Since is passed over on purpose: it counts in seconds, and two versions can share one. */
function sendUnlessKnown(request: FastifyRequest, reply: FastifyReply, tag: string, bytes: Buffer): FastifyReply {
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  if (isRead && isTagNamed(request.headers['if-none-match'], tag)) return reply.code(304).send();
  return sendBytes(reply, bytes);
}

/** Answers ready bytes, of JSON unless the reply has a type already. */
export function sendBytes(reply: FastifyReply, bytes: Buffer): FastifyReply {
  if (!reply.hasHeader('content-type')) reply.type(`${JSON_MEDIA_TYPE}; charset=utf-8`);
  return reply.send(bytes);
}

/** Marks an answer that is true for a moment only, or for this caller alone. */
export function noStore(reply: FastifyReply): FastifyReply {
  return reply.header('cache-control', 'no-store');
}

/** The same for what no cache between may keep even while it is asked again: it takes a scope to see. */
export function keepPrivate(reply: FastifyReply): FastifyReply {
  return reply.header('cache-control', 'private, no-store');
}

/** What an owner's answer must carry; without it the answer is a defect of that owner. */
function requireMember(value: string | undefined): string {
  if (value === undefined) throw new Error('an owner answered a document without its id or version');
  return value;
}
