import type { Bus } from '@ortoo/shared/bus';
import { Instant } from '@ortoo/shared/contracts';
import type { Clock, Logger } from '@ortoo/shared/kernel';
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { keepPrivate } from '../http/answers.ts';
import { answers, json } from '../openapi/answers.ts';
import { LIMIT_DEFAULT, limit, queryOf } from '../openapi/parameters.ts';
import { needsScope } from '../plugins/auth.plugin.ts';
import type { QueryLog } from '../query-log/query-log.worker.ts';
import { toWindow } from '../query-log/search-stats.rules.ts';
import { createPortalFigures, orAway } from '../stats/portal-figures.client.ts';

type StatsTools = {
  bus: Pick<Bus, 'call' | 'callBytes'>;
  queryLog: Pick<QueryLog, 'stats'> | undefined;
  log: Logger;
  clock: Clock;
};
type StatsQuery = { from?: string; to?: string; limit?: number };

/** `/v1/stats`: figures for dashboards. */
export function statsRoutes(app: FastifyInstance, { bus, queryLog, log, clock }: StatsTools): void {
  const readFigures = createPortalFigures({ bus, log, clock });
  const schema = {
    tags: ['Pipeline'],
    operationId: 'getStats',
    summary: 'Figures for dashboards',
    description:
      'How much there is of what, what waits for somebody, how far the index is, all of it at most two seconds old, and ' +
      'what was searched. A part that cannot be asked at the moment is null; the others are as they are.',
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
    const ctx = request.context();
    const [figures, search] = await Promise.all([
      readFigures(),
      queryLog ? orAway(ctx, 'query log', queryLog.stats(window, most)) : null,
    ]);
    return keepPrivate(reply).send({ ...figures, search });
  });
}
