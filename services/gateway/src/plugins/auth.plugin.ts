import { AppError } from '@ortoo/shared/kernel';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { addVary } from '../http/vary.ts';
import { hasScope, type Scope } from '../keys/key.rules.ts';
import type { KeyRing } from '../keys/key-ring.ts';

/**
 * Finds out who asks. Without Authorization the caller is anonymous and may read what is public; with a key that is not
 * good the answer is 401 even there, so that nobody takes the public view for their own.
 */
export const authPlugin = fp(
  async (app: FastifyInstance, { keyRing }: { keyRing: KeyRing }) => {
    app.addHook('onRequest', async (request, reply) => {
      const { authorization } = request.headers;
      if (authorization !== undefined) request.actor = await keyRing.authenticate(authorization);
      reply.header(
        'cache-control',
        authorization === undefined ? 'public, max-age=0, must-revalidate' : 'private, no-store',
      );
      addVary(reply, 'Authorization', 'Accept-Language');
    });
  },
  { name: 'auth', dependencies: ['request-context'] },
);

/** Whether the caller has a scope. */
export function mayUse(request: FastifyRequest, scope: Scope): boolean {
  return hasScope(request.actor.scopes, scope);
}

/** Throws UNAUTHENTICATED for an anonymous caller and FORBIDDEN for a key without the scope. */
export function requireScope(request: FastifyRequest, scope: Scope): void {
  if (request.actor.type === 'anonymous') {
    throw new AppError('UNAUTHENTICATED', 'key.missing', 'This needs a key: send `Authorization: Bearer ok_live_…`.', {
      details: { required: [scope] },
    });
  }
  if (!mayUse(request, scope)) {
    throw new AppError('FORBIDDEN', 'key.scope-missing', `The key lacks the scope ${scope}.`, {
      details: { required: [scope] },
    });
  }
}

/** A route hook that runs before the body is read. */
export const needsScope = (scope: Scope) => async (request: FastifyRequest) => requireScope(request, scope);
