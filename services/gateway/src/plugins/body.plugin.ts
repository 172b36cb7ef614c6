import { AppError } from '@ortoo/shared/kernel';
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { parseJsonBody } from '../http/json-body.ts';

const MERGE_PATCH = 'application/merge-patch+json';

/** Bodies are JSON and nothing else; PATCH takes its merge patches under their own name too (RFC 7396). */
export const bodyPlugin = fp(
  async (app: FastifyInstance) => {
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('application/json', { parseAs: 'buffer' }, async (_request: unknown, bytes: Buffer) =>
      parseJsonBody(bytes),
    );
    app.addContentTypeParser(MERGE_PATCH, { parseAs: 'buffer' }, async (_request: unknown, bytes: Buffer) =>
      parseJsonBody(bytes),
    );
    app.addHook('preParsing', async (request) => {
      const isMergePatch = request.headers['content-type']?.toLowerCase().startsWith(MERGE_PATCH);
      if (isMergePatch && request.method !== 'PATCH') {
        throw new AppError(
          'UNSUPPORTED_MEDIA_TYPE',
          'request.media-type-unsupported',
          'A merge patch is for PATCH; send `Content-Type: application/json`.',
        );
      }
    });
  },
  { name: 'body' },
);
