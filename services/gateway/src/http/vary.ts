import type { FastifyReply } from 'fastify';

/** Adds request headers that the answer depends on to those that are already named. Source: RFC 9110 §12.5.5. */
export function addVary(reply: FastifyReply, ...names: string[]): void {
  const known = String(reply.getHeader('vary') ?? '').split(', ');
  reply.header('vary', [...known.filter(Boolean), ...names].join(', '));
}
