import { AppError } from '@ortoo/shared/kernel';
import type { FastifyRequest } from 'fastify';
import { Negotiator } from 'negotiator';

/** Throws NOT_ACCEPTABLE when Accept excludes JSON; without the header anything is acceptable. Source: RFC 9110 §12.5.1. */
export async function requireJsonAccepted({ headers }: FastifyRequest): Promise<void> {
  if (headers.accept === undefined) return;
  if (new Negotiator({ headers }).mediaTypes(['application/json']).length > 0) return;
  throw new AppError('NOT_ACCEPTABLE', 'request.accept-unknown', 'This path answers application/json only.');
}
