import { AppError } from '@ortoo/shared/kernel';
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { chooseMediaType, JSON_MEDIA_TYPE } from '../http/media-types.ts';
import { addVary } from '../http/vary.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Media types that the route answers beside JSON. */
    alsoAnswers?: readonly string[];
    /** Whether the path says the media type, as `/feeds/articles.rss` does: Accept is then not asked. */
    isTypeInPath?: boolean;
  }
  interface FastifyRequest {
    /** The media type that the caller is to be answered in, unless with a problem. */
    answerType: string;
  }
}

/** Finds the media type that Accept prefers. Throws NOT_ACCEPTABLE when it excludes all that the route answers. */
export const mediaTypePlugin = fp(
  async (app: FastifyInstance) => {
    app.decorateRequest('answerType', JSON_MEDIA_TYPE);
    app.addHook('onRequest', async (request, reply) => {
      const { alsoAnswers = [], isTypeInPath } = request.routeOptions.config;
      if (isTypeInPath) return;
      const offered = [JSON_MEDIA_TYPE, ...alsoAnswers];
      const chosen = chooseMediaType(request.headers.accept, offered);
      if (chosen === undefined) {
        const all = offered.join(', ');
        throw new AppError('NOT_ACCEPTABLE', 'request.accept-unknown', `This path answers ${all} only.`);
      }
      request.answerType = chosen;
      if (offered.length > 1) addVary(reply, 'Accept');
    });
  },
  { name: 'media-type' },
);
