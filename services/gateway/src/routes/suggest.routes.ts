import type { Bus } from '@ortoo/shared/bus';
import { SUGGESTIONS_MAX, SuggestRequest } from '@ortoo/shared/contracts';
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { answers, json } from '../openapi/answers.ts';
import { lang, queryOf } from '../openapi/parameters.ts';
import { mixSuggestions } from '../query-log/frequent-queries.rules.ts';
import type { FrequentQueries } from '../query-log/frequent-queries.worker.ts';

const LIMIT_DEFAULT = 8;
const limit = Type.Optional(
  Type.Integer({ minimum: 1, maximum: SUGGESTIONS_MAX, default: LIMIT_DEFAULT, description: 'Suggestions at most.' }),
);

type SuggestTools = { bus: Pick<Bus, 'call'>; frequent: FrequentQueries | undefined };

/** `/v1/suggest`: names that begin as something was typed, for a list under a search box. */
export function suggestRoutes(app: FastifyInstance, { bus, frequent }: SuggestTools): void {
  const { q, kinds } = SuggestRequest.properties;
  const schema = {
    tags: ['Search'],
    operationId: 'suggest',
    summary: 'Complete a name',
    description:
      'Names with words that begin as those of `q`, in either script: what is typed in Latin letters finds Cyrillic ' +
      'names. Only what the public sees, whoever asks; nothing for nothing. Where a query log is kept, the last places may ' +
      'be of the kind `query`: what is asked often, to be searched; its `id` is its text.',
    security: [{}, { key: [] }],
    querystring: queryOf({ q: Type.Optional(q), kinds, limit, lang }),
    response: answers({ 200: json('SuggestAnswer', 'What may be meant.') }, ['UNAUTHENTICATED']),
  };
  app.get('/v1/suggest', { schema }, async (request, reply) => {
    const asked = request.query as Partial<Pick<SuggestRequest, 'q' | 'kinds' | 'limit'>>;
    reply.header('content-language', request.lang);
    const { q = '', limit: most = LIMIT_DEFAULT, kinds } = asked;
    const wanted = { q, limit: most, lang: request.lang, ...(kinds ? { kinds } : {}) };
    const { items } = await bus.call(request.context(), 'rpc.search.suggest', wanted);
    const queries = kinds ? [] : (frequent?.find(q, most) ?? []);
    return { items: mixSuggestions(items, queries, most) };
  });
}
