import { AppError } from '@ortoo/shared/kernel';
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { chooseMediaType, JSON_MEDIA_TYPE } from '../http/media-types.ts';
import { addVary } from '../http/vary.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /**
     * Media types that the route answers, the first where Accept does not care; without it JSON alone. None where the
     * path says the type, as `/feeds/articles.rss` does: Accept is then not asked.
     */
    mediaTypes?: readonly string[];
  }
  interface FastifyRequest {
    /** The media type that the caller is to be answered in, unless with a problem. */
    answerType: string;
  }
}

const JSON_ALONE = [JSON_MEDIA_TYPE];

/** Finds the media type that Accept prefers. Throws NOT_ACCEPTABLE when it excludes all that the route answers. */
export const mediaTypePlugin = fp(
  async (app: FastifyInstance) => {
    app.decorateRequest('answerType', JSON_MEDIA_TYPE);
    app.addHook('onRequest', async (request, reply) => {
      const { mediaTypes = JSON_ALONE } = request.routeOptions.config;
      if (mediaTypes.length === 0) return;
      const chosen = chooseMediaType(request.headers.accept, mediaTypes);
      if (chosen === undefined) {
        const all = mediaTypes.join(', ');
        throw new AppError('NOT_ACCEPTABLE', 'request.accept-unknown', `This path answers ${all} only.`);
      }
      request.answerType = chosen;
      if (mediaTypes.length > 1) addVary(reply, 'Accept');
    });
  },
  { name: 'media-type' },
);
