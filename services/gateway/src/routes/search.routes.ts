import type { Bus } from '@ortoo/shared/bus';
import type { SearchKind, SearchReply, SearchRequest } from '@ortoo/shared/contracts';
import { type Clock, parseInstant } from '@ortoo/shared/kernel';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Cursors } from '../cursor.ts';
import { noStore } from '../http/answers.ts';
import { requireBody } from '../http/json-body.ts';
import { nextAddress } from '../http/list-page.ts';
import type { Scope } from '../keys/key.rules.ts';
import { answers, json } from '../openapi/answers.ts';
import { components, ref } from '../openapi/components.ts';
import { LIMIT_DEFAULT, lang, queryOf } from '../openapi/parameters.ts';
import { mayUse, requireScope } from '../plugins/auth.plugin.ts';
import type { QueryLog } from '../query-log/query-log.worker.ts';

type Tools = {
  bus: Pick<Bus, 'call'>;
  cursors: Cursors;
  queryLog: Pick<QueryLog, 'note'> | undefined;
  clock: Clock;
};

/** What callers say; `after` and `view` are ours. */
type SearchQuery = Omit<SearchRequest, 'after' | 'view' | 'staffOf' | 'lang' | 'limit'> & {
  limit?: number;
  cursor?: string;
  lang?: string;
};

/** `/v1/search`: everything that can be found; POST for queries too long for an address. */
export function searchRoutes(app: FastifyInstance, tools: Tools): void {
  const found = { 200: json('SearchAnswer', 'What was found.') };
  const schema = {
    tags: ['Search'],
    description:
      'An empty or absent `q` finds everything, newest first. `waitFor` takes the `Ortoo-Version` of writes and waits ' +
      'until they can be found. Filters that repeat mean any of; one that a kind lacks matches none of that kind. To ' +
      'filter by another status than `published` takes a write scope, which also shows what is hidden of its kinds.',
    security: [{}, { key: [] }],
    response: answers(found, ['UNAUTHENTICATED', 'FORBIDDEN']),
  };
  app.get(
    '/v1/search',
    { schema: { ...schema, operationId: 'search', summary: 'Search', querystring: components.SearchQuery } },
    (request, reply) => search(request, reply, { ...tools, query: request.query as SearchQuery }),
  );
  app.post(
    '/v1/search',
    {
      config: { isRead: true },
      schema: {
        ...schema,
        operationId: 'searchLong',
        summary: 'Search with a long query',
        querystring: queryOf({ lang }),
        body: ref('SearchQuery'),
        response: answers(found, ['UNAUTHENTICATED', 'FORBIDDEN', 'PAYLOAD_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE']),
      },
      preValidation: requireBody,
    },
    (request, reply) => {
      return search(request, noStore(reply), { ...tools, query: request.body as SearchQuery });
    },
  );
}

async function search(
  request: FastifyRequest,
  reply: FastifyReply,
  { bus, cursors, queryLog, clock, query: given }: Tools & { query: SearchQuery },
) {
  const query = inUtc(given);
  const { limit = LIMIT_DEFAULT, cursor, waitFor, lang, ...asked } = query;
  const ctx = request.context();
  const shown = (lang as typeof request.lang | undefined) ?? request.lang;
  reply.header('content-language', shown);
  const seen = seenBy(request);
  if (asked.status?.some((status) => status !== 'published')) requireAnyWriter(request);
  const scope = { route: '/v1/search', ...asked, ...seen };
  const startedMs = clock.nowMs();
  const first = { ...asked, limit, lang: shown, ...seen, ...(waitFor ? { waitFor } : {}) };
  const found = await bus.call(ctx, 'rpc.search.query', {
    ...first,
    ...(cursor === undefined ? {} : { after: cursors.open(scope, cursor) as NonNullable<SearchRequest['after']> }),
  });
  const next = found.next ? nextAddress(addressOf(query), cursors.seal(scope, found.next)) : null;
  if (next) reply.header('link', `<${next}>; rel="next"`);
  const isLogged = cursor === undefined && request.method !== 'HEAD';
  const queryId = isLogged ? queryLog?.note({ request: first, found, startedMs }) : undefined;
  return { ...toAnswer(found, { next, limit }), ...(queryId === undefined ? {} : { queryId }) };
}

/** A body's instants as an address has them, so that the next page, which is an address, is one of the same query. */
function inUtc(query: SearchQuery): SearchQuery {
  const { publishedFrom: from, publishedTo: to } = query;
  return {
    ...query,
    ...(from === undefined ? {} : { publishedFrom: parseInstant(from) ?? from }),
    ...(to === undefined ? {} : { publishedTo: parseInstant(to) ?? to }),
  };
}

/** Which scope shows what is hidden of which kinds. */
const writers = {
  'catalog:write': ['company', 'offering', 'category'],
  'news:write': ['article', 'event'],
} as const satisfies Partial<Record<Scope, SearchKind[]>>;
const writerScopes = Object.keys(writers) as (keyof typeof writers)[];

/** What is hidden of a kind is for those who may write it. */
function seenBy(request: FastifyRequest): Pick<SearchRequest, 'view' | 'staffOf'> {
  const own = writerScopes.filter((scope) => mayUse(request, scope));
  if (own.length === writerScopes.length) return { view: 'staff' };
  return { view: 'public', ...(own.length > 0 ? { staffOf: own.flatMap((scope) => writers[scope]) } : {}) };
}

/** Throws UNAUTHENTICATED or FORBIDDEN for a caller from whom everything that is not published is hidden. */
function requireAnyWriter(request: FastifyRequest): void {
  if (!writerScopes.some((scope) => mayUse(request, scope))) requireScope(request, 'news:write');
}

function toAnswer({ items, next: _position, ...rest }: SearchReply, page: { next: string | null; limit: number }) {
  return { items, page, ...rest };
}

/** A search as an address; that of a POST too, since the next page is read with GET. */
function addressOf(query: SearchQuery): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const one of [value].flat()) parameters.append(name, String(one));
  }
  return `/v1/search?${parameters.toString()}`;
}
