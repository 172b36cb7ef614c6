import type { Bus } from '@ortoo/shared/bus';
import { SUGGESTIONS_MAX, SuggestRequest } from '@ortoo/shared/contracts';
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { answers, json } from '../openapi/answers.ts';
import { lang, queryOf } from '../openapi/parameters.ts';

const LIMIT_DEFAULT = 8;
const limit = Type.Optional(
  Type.Integer({ minimum: 1, maximum: SUGGESTIONS_MAX, default: LIMIT_DEFAULT, description: 'Suggestions at most.' }),
);

/** `/v1/suggest`: names that begin as something was typed, for a list under a search box. */
export function suggestRoutes(app: FastifyInstance, bus: Pick<Bus, 'call'>): void {
  const { q, kinds } = SuggestRequest.properties;
  const schema = {
    tags: ['Search'],
    operationId: 'suggest',
    summary: 'Complete a name',
    description:
      'Names with words that begin as those of `q`, in either script: what is typed in Latin letters finds Cyrillic ' +
      'names. Only what the public sees, whoever asks; nothing for nothing.',
    security: [{}, { key: [] }],
    querystring: queryOf({ q: Type.Optional(q), kinds, limit, lang }),
    response: answers({ 200: json('SuggestAnswer', 'What may be meant.') }, ['UNAUTHENTICATED']),
  };
  app.get('/v1/suggest', { schema }, (request, reply) => {
    const asked = request.query as Partial<Pick<SuggestRequest, 'q' | 'kinds' | 'limit'>>;
    reply.header('content-language', request.lang);
    return bus.call(request.context(), 'rpc.search.suggest', {
      q: asked.q ?? '',
      limit: asked.limit ?? LIMIT_DEFAULT,
      lang: request.lang,
      ...(asked.kinds ? { kinds: asked.kinds } : {}),
    });
  });
}
