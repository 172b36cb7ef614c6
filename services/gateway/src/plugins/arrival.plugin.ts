import { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The body is a file, which may take as long as the server lets any request take. */
    isUpload?: boolean;
  }
}

/**
 * Gives bodies a time to arrive. The server's own limit is one for all requests, and as long as a large file needs; all
 * others are answered after `arrivalMs` as the server answers those that take longer than its own.
 */
export const arrivalPlugin = fp(
  async (app: FastifyInstance, { arrivalMs }: { arrivalMs: number }) => {
    app.addHook('onRequest', async ({ raw, headers, routeOptions }, reply) => {
      const hasBody = headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
      const isOnWire = raw.socket instanceof Socket; // what is injected has arrived
      if (!hasBody || !isOnWire || raw.complete || routeOptions.config?.isUpload) return;
      const late = setTimeout(() => {
        if (raw.complete) return;
        const error = Object.assign(new Error('The body did not arrive in time.'), {
          code: 'ERR_HTTP_REQUEST_TIMEOUT',
        });
        app.server.emit('clientError', error, raw.socket);
      }, arrivalMs);
      late.unref();
      raw.once('end', () => clearTimeout(late));
      raw.once('close', () => clearTimeout(late));
      reply.raw.once('finish', () => clearTimeout(late));
    });
  },
  { name: 'arrival' },
);
