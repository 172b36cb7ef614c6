import type { localeTags } from '@ortoo/shared/contracts';
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { DEFAULT_LANGUAGE, negotiateLanguage } from '../http/language.ts';

type Language = (typeof localeTags)[number];

declare module 'fastify' {
  interface FastifyRequest {
    /** The language that the caller is to be answered in. */
    lang: Language;
  }
}

/**
 * `lang=`, already checked by the route's schema, decides; without it Accept-Language, which never fails. A route that
 * does not say which parameters it takes would let all through, so it cannot be registered.
 */
export const languagePlugin = fp(
  async (app: FastifyInstance) => {
    app.decorateRequest('lang', DEFAULT_LANGUAGE);
    app.addHook('onRoute', ({ url, schema }) => {
      if (!schema?.querystring) throw new Error(`the route ${url} does not say which parameters it takes`);
    });
    app.addHook('preHandler', async (request, reply) => {
      const { lang } = (request.query ?? {}) as { lang?: Language };
      request.lang = lang ?? negotiateLanguage(request.headers['accept-language']);
      reply.header('content-language', request.lang);
    });
  },
  { name: 'language' },
);
