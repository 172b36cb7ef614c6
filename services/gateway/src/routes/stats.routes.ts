import { Instant } from '@ortoo/shared/contracts';
import type { Clock, Context } from '@ortoo/shared/kernel';
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { keepPrivate } from '../http/answers.ts';
import { answers, json } from '../openapi/answers.ts';
import { LIMIT_DEFAULT, limit, queryOf } from '../openapi/parameters.ts';
import { needsScope } from '../plugins/auth.plugin.ts';
import type { QueryLog } from '../query-log/query-log.worker.ts';
import { toWindow } from '../query-log/search-stats.rules.ts';

type StatsTools = { queryLog: Pick<QueryLog, 'stats'> | undefined; clock: Clock };
type StatsQuery = { from?: string; to?: string; limit?: number };

/** `/v1/stats`: figures for dashboards. */
export function statsRoutes(app: FastifyInstance, { queryLog, clock }: StatsTools): void {
  const schema = {
    tags: ['Pipeline'],
    operationId: 'getStats',
    summary: 'Figures for dashboards',
    description: 'A part that cannot be asked at the moment is null; the others are as they are.',
    security: [{ key: ['stats:read'] }],
    querystring: queryOf({
      from: Type.Optional({ ...Instant, description: 'Searches from here on; 30 days before `to` without it.' }),
      to: Type.Optional({ ...Instant, description: 'Searches before this; now without it.' }),
      limit: Type.Optional({ ...limit, description: 'Queries of a list at most.' }),
    }),
    response: answers({ 200: json('Stats', 'The figures.') }, ['UNAUTHENTICATED', 'FORBIDDEN']),
  };
  app.get('/v1/stats', { schema, onRequest: needsScope('stats:read') }, async (request, reply) => {
    const { limit: most = LIMIT_DEFAULT, ...asked } = request.query as StatsQuery;
    const window = toWindow(asked, clock.now());
    const search = await orAway(request.context(), 'query log', queryLog?.stats(window, most));
    return keepPrivate(reply).send({ search });
  });
}

/** What a part says, null while it says nothing or there is none. */
async function orAway<T>(ctx: Context, part: string, asked: Promise<T> | undefined): Promise<T | null> {
  try {
    return (await asked) ?? null;
  } catch (error) {
    ctx.log.warn({ part, reason: (error as Error).message }, 'a part of the figures could not be asked');
    return null;
  }
}
