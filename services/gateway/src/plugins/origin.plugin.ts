import type { FastifyInstance, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { originOf } from '../http/origin.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** What absolute addresses of ours begin with, e.g. `https://api.example.mn`. */
    origin(): string;
  }
}

/** Tells requests the origin under which their callers reach us. */
export const originPlugin = fp(
  async (app: FastifyInstance, { publicUrl }: { publicUrl?: string | undefined }) => {
    app.decorateRequest('origin', function origin(this: FastifyRequest) {
      return originOf(this, publicUrl);
    });
  },
  { name: 'origin' },
);
