import type { Bus } from '@ortoo/shared/bus';
import { DeadLetter, DeadLetterShown, Replayed } from '@ortoo/shared/contracts';
import { AppError } from '@ortoo/shared/kernel';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { keepPrivate } from '../http/answers.ts';
import { answers } from '../openapi/answers.ts';
import { headersOf, idempotencyKey, LIMIT_DEFAULT, limit, queryOf } from '../openapi/parameters.ts';
import { needsScope } from '../plugins/auth.plugin.ts';
import { inline, refusals } from './pipeline.routes.ts';

const PATH = '/v1/pipeline/dead-letters';
const tags = ['Pipeline'];
const security = [{ key: ['admin'] }];
const params = Type.Object({ sequence: Type.String({ description: 'The `sequence` of a dead letter.' }) });
const onRequest = needsScope('admin');

const List = Type.Object({
  items: Type.Array(DeadLetter),
  page: Type.Object({ next: Type.Union([Type.String(), Type.Null()]), prev: Type.Null(), limit: Type.Integer() }),
});

/** `/v1/pipeline/dead-letters`: changes that could not be handled, however often it was tried. */
export function deadLetterRoutes(app: FastifyInstance, bus: Pick<Bus, 'call'>): void {
  registerList(app, bus);

  const shown = {
    tags,
    operationId: 'getDeadLetter',
    summary: 'Show a dead letter',
    description: 'With the message as it was: its JSON or its text, null above 256 KB.',
    security,
    params,
    querystring: queryOf({}),
    response: answers({ 200: inline(DeadLetterShown, 'The dead letter.') }, [...refusals, 'NOT_FOUND']),
  };
  app.get(`${PATH}/:sequence`, { schema: shown, onRequest }, async (request, reply) =>
    keepPrivate(reply).send(
      await bus.call(request.context(), 'rpc.search.deadLetter.get', { sequence: sequenceOf(request) }),
    ),
  );

  const replayed = {
    tags,
    operationId: 'replayDeadLetter',
    summary: 'Have a dead letter handled again',
    description:
      'Publishes it again where it came from and removes it here; for use when its cause has been mended. A consumer ' +
      'that still cannot take it sets it aside anew.',
    security,
    params,
    querystring: queryOf({}),
    headers: headersOf(idempotencyKey),
    response: answers({ 202: inline(Replayed, 'It is on its way again.') }, [
      ...refusals,
      'NOT_FOUND',
      'CONFLICT',
      'UNPROCESSABLE',
    ]),
  };
  app.post(`${PATH}/:sequence/replay`, { schema: replayed, onRequest }, async (request, reply) =>
    keepPrivate(reply)
      .code(202)
      .send(await bus.call(request.context(), 'rpc.search.deadLetter.replay', { sequence: sequenceOf(request) })),
  );
}

function registerList(app: FastifyInstance, bus: Pick<Bus, 'call'>): void {
  const after = Type.Integer({ minimum: 0, description: 'Only those set aside after this `sequence`.' });
  const schema = {
    tags,
    operationId: 'listDeadLetters',
    summary: 'List dead letters',
    description: 'Changes that could not be handled, in the order in which they were set aside.',
    security,
    querystring: queryOf({ after: Type.Optional(after), limit }),
    response: answers({ 200: inline(List, 'A page.') }, [...refusals]),
  };
  app.get(PATH, { schema, onRequest }, async (request, reply) => {
    const query = request.query as { after?: number; limit?: number };
    const size = query.limit ?? LIMIT_DEFAULT;
    const from = query.after === undefined ? {} : { after: query.after };
    const { items, next } = await bus.call(request.context(), 'rpc.search.deadLetter.list', { ...from, limit: size });
    const address = next === null ? null : `${PATH}?after=${next}&limit=${size}`;
    if (address !== null) reply.header('link', `<${address}>; rel="next"`);
    return keepPrivate(reply).send({ items, page: { next: address, prev: null, limit: size } });
  });
}

function sequenceOf(request: FastifyRequest): number {
  const { sequence } = request.params as { sequence: string };
  if (/^[1-9]\d{0,14}$/.test(sequence)) return Number(sequence);
  throw AppError.notFound('dead-letter.not-found', `There is no dead letter ${sequence.slice(0, 40)}.`);
}
