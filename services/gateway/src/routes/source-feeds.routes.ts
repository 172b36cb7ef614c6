import type { Bus } from '@ortoo/shared/bus';
import { SourceFeed, type SourceFeedInput, SourceFeedPatch } from '@ortoo/shared/contracts';
import type { Clock } from '@ortoo/shared/kernel';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Cursors } from '../cursor.ts';
import { noStore, sendDocument, sendWritten } from '../http/answers.ts';
import { parseIfMatch } from '../http/entity-tag.ts';
import { requireBody } from '../http/json-body.ts';
import { sendPage } from '../http/list-page.ts';
import {
  aCreatedDocument,
  aDocument,
  aList,
  answers,
  aWrittenDocument,
  deleted,
  json,
  notModified,
} from '../openapi/answers.ts';
import { ref } from '../openapi/components.ts';
import {
  cursor,
  headersOf,
  idempotencyKey,
  idParameter,
  ifNoneMatch,
  LIMIT_DEFAULT,
  limit,
  optionalIfMatch,
  queryOf,
} from '../openapi/parameters.ts';
import { needsScope } from '../plugins/auth.plugin.ts';
import { refuseBody } from './document-moves.routes.ts';
import { readBody } from './document-writes.routes.ts';

const onRequest = needsScope('feeds:write');
const FETCH_MS = 35_000;
const route = '/v1/feeds';
const shared = { tags: ['Source feeds'], security: [{ key: ['feeds:write'] }] };
const params = idParameter('Id of a source feed.');
const refusals = ['UNAUTHENTICATED', 'FORBIDDEN'] as const;

type Asker = Pick<Bus, 'call'>;
type Deps = { bus: Asker; cursors: Cursors; clock: Clock };
type One = FastifyRequest & { params: { id: string } };

/** `/v1/feeds`: the feeds that the desk reads; owned by news. */
export function sourceFeedRoutes(app: FastifyInstance, { bus, cursors, clock }: Deps): void {
  registerList(app, bus, cursors);
  registerCreate(app, bus);
  registerItem(app, bus);
  registerChange(app, bus);
  registerFetch(app, bus, clock);
}

/** A feed as ready bytes, with what its headers say. */
function bytesOf(feed: SourceFeed) {
  const { id, v, updatedAt } = feed;
  return { body: JSON.stringify(feed), meta: { id, v: String(v), updatedAt } };
}

const idOf = (request: FastifyRequest) => (request as One).params.id;
/** The version that If-Match names, when it is given. */
function versionOf(request: FastifyRequest): { v?: number } {
  const v = parseIfMatch(request.headers['if-match']);
  return v === undefined ? {} : { v };
}

function registerList(app: FastifyInstance, bus: Asker, cursors: Cursors): void {
  const schema = {
    ...shared,
    operationId: 'listSourceFeeds',
    summary: 'List the feeds that are read',
    description: 'In the order in which they were added, each with what its last fetch did and its last errors.',
    querystring: queryOf({ limit, cursor }),
    headers: headersOf(ifNoneMatch),
    response: answers({ 200: aList('SourceFeedList'), 304: notModified }, [...refusals]),
  };
  app.get(route, { schema, onRequest }, async (request, reply) => {
    const { limit: size = LIMIT_DEFAULT, cursor: from } = request.query as { limit?: number; cursor?: string };
    const scope = { route, filter: {}, sort: undefined };
    const [after] = from === undefined ? [] : (cursors.open(scope, from) as [string]);
    const { items, next } = await bus.call(request.context(), 'rpc.news.feed.list', {
      limit: size,
      ...(after === undefined ? {} : { after }),
    });
    const meta = next === undefined ? {} : { next: JSON.stringify([next]) };
    return sendPage(request, reply, { body: JSON.stringify(items), meta }, { cursors, scope, limit: size });
  });
}

function registerCreate(app: FastifyInstance, bus: Asker): void {
  const schema = {
    ...shared,
    operationId: 'createSourceFeed',
    summary: 'Add a feed to read',
    description:
      'RSS, Atom or JSON Feed. It is fetched at once and then in its interval, as the robots.txt of its server allows; ' +
      'new items become drafts. Only public addresses are read.',
    querystring: queryOf({}),
    headers: headersOf(idempotencyKey),
    body: ref('SourceFeedInput'),
    response: answers({ 201: aCreatedDocument('SourceFeed') }, [
      ...refusals,
      'CONFLICT',
      'PAYLOAD_TOO_LARGE',
      'UNSUPPORTED_MEDIA_TYPE',
      'UNPROCESSABLE',
    ]),
  };
  app.route({
    method: 'POST',
    url: route,
    schema,
    config: { idPrefix: 'feed' },
    onRequest,
    preValidation: requireBody,
    handler: async (request, reply) => {
      const input = request.body as SourceFeedInput;
      const feed = await bus.call(request.context(), 'rpc.news.feed.create', { id: request.effect.id, input });
      reply.code(201).header('location', `${route}/${feed.id}`);
      return sendWritten(request, reply, bytesOf(feed));
    },
  });
}

function registerItem(app: FastifyInstance, bus: Asker): void {
  const get = {
    ...shared,
    operationId: 'getSourceFeed',
    summary: 'Read a source feed',
    params,
    querystring: queryOf({}),
    headers: headersOf(ifNoneMatch),
    response: answers({ 200: aDocument('SourceFeed'), 304: notModified }, [...refusals, 'NOT_FOUND']),
  };
  app.get(`${route}/:id`, { schema: get, onRequest }, async (request, reply) =>
    sendDocument(
      request,
      reply,
      bytesOf(await bus.call(request.context(), 'rpc.news.feed.get', { id: idOf(request) })),
    ),
  );

  const remove = {
    ...shared,
    operationId: 'deleteSourceFeed',
    summary: 'Stop reading a feed',
    description: 'Drafts and articles that came from it stay.',
    params,
    querystring: queryOf({}),
    headers: headersOf(optionalIfMatch),
    response: answers({ 204: deleted }, [...refusals, 'NOT_FOUND', 'VERSION_MISMATCH']),
  };
  app.delete(`${route}/:id`, { schema: remove, onRequest, preHandler: refuse }, async (request, reply) => {
    const gone = { id: idOf(request), ...versionOf(request) };
    const { id, v } = await bus.call(request.context(), 'rpc.news.feed.remove', gone);
    return reply.code(204).header('ortoo-version', `${id}:${v}`).send();
  });
}

const refuse = async (request: FastifyRequest) => refuseBody(request);

function registerChange(app: FastifyInstance, bus: Asker): void {
  const schema = {
    ...shared,
    operationId: 'changeSourceFeed',
    summary: 'Change a source feed',
    description: 'Another address is read from its beginning. A feed whose `state` becomes active is fetched at once.',
    params,
    querystring: queryOf({}),
    consumes: ['application/merge-patch+json', 'application/json'],
    headers: headersOf(optionalIfMatch),
    body: ref('SourceFeedPatch'),
    response: answers({ 200: aWrittenDocument('SourceFeed') }, [
      ...refusals,
      'NOT_FOUND',
      'CONFLICT',
      'VERSION_MISMATCH',
      'PAYLOAD_TOO_LARGE',
      'UNSUPPORTED_MEDIA_TYPE',
    ]),
  };
  app.route({
    method: 'PATCH',
    url: `${route}/:id`,
    schema,
    onRequest,
    preValidation: readBody({ shapes: { view: SourceFeed, input: SourceFeedPatch } }),
    handler: async (request, reply) => {
      const change = { id: idOf(request), ...versionOf(request), body: request.body as SourceFeedPatch };
      return sendWritten(request, reply, bytesOf(await bus.call(request.context(), 'rpc.news.feed.change', change)));
    },
  });
}

function registerFetch(app: FastifyInstance, bus: Asker, clock: Clock): void {
  const schema = {
    ...shared,
    operationId: 'fetchSourceFeed',
    summary: 'Fetch a feed now',
    description:
      'Answers within 30 seconds what came of it; what went wrong at the other server stands in `error`. Items beyond the ' +
      'time come with the next fetch.',
    params,
    querystring: queryOf({}),
    headers: headersOf(idempotencyKey),
    response: answers({ 200: json('FeedFetch', 'What the fetch did.') }, [
      ...refusals,
      'NOT_FOUND',
      'CONFLICT',
      'UNPROCESSABLE',
    ]),
  };
  app.route({
    method: 'POST',
    url: `${route}/:id/fetch`,
    schema,
    onRequest,
    preHandler: refuse,
    handler: async (request: FastifyRequest, reply: FastifyReply) => {
      const ctx = { ...request.context(), deadlineMs: clock.nowMs() + FETCH_MS };
      return noStore(reply).send(await bus.call(ctx, 'rpc.news.feed.fetch', { id: idOf(request) }));
    },
  });
}
