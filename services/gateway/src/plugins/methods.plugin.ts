import { AppError } from '@ortoo/shared/kernel';
import type { FastifyInstance, HTTPMethods, RouteOptions } from 'fastify';
import fp from 'fastify-plugin';

const METHODS: HTTPMethods[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];

declare module 'fastify' {
  interface FastifyInstance {
    /** Answers the methods that a path does not have; called once, after all routes. */
    closeMethods(): void;
  }
}

/** Known paths answer OPTIONS with `Allow`, and methods that they do not have with 405. Source: RFC 9110 §15.5.6. */
export const methodsPlugin = fp(
  async (app: FastifyInstance) => {
    const known = new Map<string, Set<string>>();

    app.addHook('onRoute', ({ url, method }: RouteOptions) => {
      if (url === '*') return; // the preflight route
      const methods = known.get(url) ?? new Set();
      for (const one of [method].flat()) methods.add(one.toUpperCase());
      known.set(url, methods);
    });

    app.decorate('closeMethods', () => {
      for (const [url, methods] of [...known]) closePath(app, url, methods);
    });
  },
  { name: 'methods' },
);

function closePath(app: FastifyInstance, url: string, methods: Set<string>): void {
  const allowed = [...METHODS.filter((method) => methods.has(method)), 'OPTIONS'];
  const others = METHODS.filter((method) => !methods.has(method));
  const schema = { hide: true };
  app.route({
    method: 'OPTIONS',
    url,
    schema,
    handler: async (_request, reply) => reply.code(204).header('allow', allowed.join(', ')).send(),
  });
  if (others.length === 0) return;
  app.route({
    method: others,
    url,
    schema,
    exposeHeadRoute: false,
    // Before the body is read: what it holds does not matter.
    onRequest: async (request) => {
      throw new AppError(
        'METHOD_NOT_ALLOWED',
        'route.method-not-allowed',
        `${request.method} is not possible here, only ${allowed.join(', ')}.`,
        { details: { allowed } },
      );
    },
    handler: async () => undefined,
  });
}
