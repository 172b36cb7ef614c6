import type { Bus } from '@ortoo/shared/bus';
import { OutboxState, RebuildState, ReconcileResult, ReconcileState, SearchPipeline } from '@ortoo/shared/contracts';
import type { Context } from '@ortoo/shared/kernel';
import type { FastifyInstance } from 'fastify';
import { type TProperties, type TSchema, Type } from 'typebox';
import { keepPrivate } from '../http/answers.ts';
import { answers } from '../openapi/answers.ts';
import { headersOf, idempotencyKey, queryOf } from '../openapi/parameters.ts';
import { needsScope } from '../plugins/auth.plugin.ts';

type Asker = Pick<Bus, 'call'>;

const orNull = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
const { stream, index, deadLetters, reconcile: _reconcile } = SearchPipeline.properties;
const Pipeline = Type.Object({
  stream,
  outbox: Type.Object({ catalog: orNull(OutboxState), news: orNull(OutboxState) }),
  index,
  deadLetters,
  reconcile: orNull(ReconcileResult),
});

const tags = ['Pipeline'];
/** An answer whose schema stands where it is used, since nothing else answers it. */
export const inline = (schema: TSchema, description: string) => ({
  description,
  content: { 'application/json': { schema } },
});
export const refusals = ['UNAUTHENTICATED', 'FORBIDDEN'] as const;

/** `/v1/pipeline`: how far everything is, for dashboards; and what an operator may have done about it. */
export function pipelineRoutes(app: FastifyInstance, bus: Asker): void {
  registerState(app, bus);
  registerRebuild(app, bus);
  registerReconcile(app, bus);
}

function registerState(app: FastifyInstance, bus: Asker): void {
  const schema = {
    tags,
    operationId: 'getPipeline',
    summary: 'How far every change is',
    description:
      'From the stores over the stream to the index. A part that cannot be asked at the moment is null; the others are ' +
      'as they are.',
    security: [{ key: ['stats:read'] }],
    querystring: queryOf({}),
    response: answers({ 200: inline(Pipeline, 'The pipeline.') }, [...refusals]),
  };
  app.get('/v1/pipeline', { schema, onRequest: needsScope('stats:read') }, async (request, reply) => {
    const ctx = request.context();
    const orAway = <T>(part: string, asked: Promise<T>): Promise<T | null> =>
      asked.catch((error: unknown) => {
        ctx.log.warn({ part, reason: (error as Error).message }, 'a part of the pipeline could not be asked');
        return null;
      });
    const [search, catalog, news] = await Promise.all([
      orAway('search', bus.call(ctx, 'rpc.search.pipeline', {})),
      orAway('catalog', bus.call(ctx, 'rpc.catalog.outbox.state', {})),
      orAway('news', bus.call(ctx, 'rpc.news.outbox.state', {})),
    ]);
    const away = { stream: null, index: null, deadLetters: null, reconcile: null };
    const { stream: streamNow, ...rest } = search ?? away;
    return keepPrivate(reply).send({ stream: streamNow, outbox: { catalog, news }, ...rest });
  });
}

function registerRebuild(app: FastifyInstance, bus: Asker): void {
  const path = '/v1/pipeline/rebuild';
  registerWork(app, {
    path,
    noun: 'Rebuild',
    start: {
      summary: 'Make the index anew',
      description:
        'Fills a new index beside the one that answers, compares it with the owners, and then lets it answer. One that ' +
        'is being filled already is answered instead. Follow it at `Location`.',
      query: {},
      answer: RebuildState,
      work: (ctx) => bus.call(ctx, 'rpc.search.rebuild.start', {}),
    },
    state: {
      summary: 'How far the new index is',
      answer: RebuildState,
      work: (ctx) => bus.call(ctx, 'rpc.search.rebuild.state', {}),
    },
  });
}

function registerReconcile(app: FastifyInstance, bus: Asker): void {
  const path = '/v1/pipeline/reconcile';
  registerWork(app, {
    path,
    noun: 'Reconcile',
    start: {
      summary: 'Compare the index with its owners',
      description:
        'What is missing, stale or extra is mended. Follow it at `Location`: it has ended when `last.startedAt` is not ' +
        'before the answered `startedAt`.',
      query: {
        full: Type.Optional(
          Type.Boolean({ description: 'Compare every version instead of counts and sums by day first.' }),
        ),
      },
      answer: Type.Object({ startedAt: Type.String({ format: 'date-time' }) }),
      work: (ctx, { full }) => bus.call(ctx, 'rpc.search.reconcile.start', { mode: full === true ? 'full' : 'cheap' }),
    },
    state: {
      summary: 'What the last comparison found',
      answer: ReconcileState,
      work: (ctx) => bus.call(ctx, 'rpc.search.reconcile.state', {}),
    },
  });
}

type Work = {
  path: string;
  noun: string;
  start: {
    summary: string;
    description: string;
    query: TProperties;
    answer: TSchema;
    work(ctx: Context, query: Record<string, unknown>): Promise<unknown>;
  };
  state: { summary: string; answer: TSchema; work(ctx: Context): Promise<unknown> };
};

/** Work that is begun by POST and looked at by GET. */
function registerWork(app: FastifyInstance, { path, noun, start, state }: Work): void {
  const began = {
    ...inline(start.answer, 'It has begun.'),
    headers: { Location: { type: 'string', description: 'Where to follow it.' } },
  };
  const startSchema = {
    tags,
    operationId: `start${noun}`,
    summary: start.summary,
    description: start.description,
    security: [{ key: ['admin'] }],
    querystring: queryOf(start.query),
    headers: headersOf(idempotencyKey),
    response: answers({ 202: began }, [...refusals, 'CONFLICT', 'UNPROCESSABLE']),
  };
  app.post(path, { schema: startSchema, onRequest: needsScope('admin') }, async (request, reply) => {
    const begun = await start.work(request.context(), request.query as Record<string, unknown>);
    return keepPrivate(reply).code(202).header('location', path).send(begun);
  });

  const stateSchema = {
    tags,
    operationId: `get${noun}`,
    summary: state.summary,
    security: [{ key: ['stats:read'] }],
    querystring: queryOf({}),
    response: answers({ 200: inline(state.answer, 'How it is.') }, [...refusals]),
  };
  app.get(path, { schema: stateSchema, onRequest: needsScope('stats:read') }, async (request, reply) =>
    keepPrivate(reply).send(await state.work(request.context())),
  );
}
