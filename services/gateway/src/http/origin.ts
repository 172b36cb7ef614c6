import type { FastifyRequest } from 'fastify';

/** The origin under which a caller reaches us: the one of the settings, else that of the request. */
export function originOf({ protocol, host }: FastifyRequest, publicUrl: string | undefined): string {
  return publicUrl ?? `${protocol}://${host}`;
}
