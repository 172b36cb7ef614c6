import { describeMove, isRecord, type Move, type MoveBody, moves } from '@ortoo/shared/contracts';
import { AppError, type ErrorCode } from '@ortoo/shared/kernel';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { sendWritten } from '../http/answers.ts';
import { parseIfMatch } from '../http/entity-tag.ts';
import { requireBody } from '../http/json-body.ts';
import { aMovedDocument, answers } from '../openapi/answers.ts';
import { ref } from '../openapi/components.ts';
import { headersOf, idempotencyKey, idParameter, lang, optionalIfMatch, queryOf } from '../openapi/parameters.ts';
import { needsScope } from '../plugins/auth.plugin.ts';
import { type DocumentResource, refOf, viewOf } from './document-resource.ts';

/** What a move is called in the document, whose scope it takes, and the component of its body where it has one. */
type Door = { summary(one: string): string; scope: 'write' | 'publish'; body?: string; note?: string };

const doors: Record<Move, Door> = {
  submit: { summary: (one) => `Hand ${one} in for review`, scope: 'write' },
  reject: { summary: (one) => `Reject ${one} with a reason`, scope: 'publish', body: 'Rejection' },
  publish: { summary: (one) => `Publish ${one}`, scope: 'publish' },
  schedule: {
    summary: (one) => `Plan the publication of ${one}, its end, or both`,
    scope: 'publish',
    body: 'Schedule',
    note: 'What is published stays so: it takes `unpublishAt` alone.',
  },
  unschedule: { summary: (one) => `Take back the plan of ${one}`, scope: 'publish' },
  unpublish: { summary: (one) => `Unpublish ${one}`, scope: 'publish' },
  archive: { summary: (one) => `Archive ${one}`, scope: 'publish' },
  unarchive: { summary: (one) => `Take ${one} out of the archive`, scope: 'publish' },
};

/** What a move is refused with, and what moves by another name are. */
export const MOVE_CODES: ErrorCode[] = [
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'NOT_FOUND',
  'CONFLICT',
  'VERSION_MISMATCH',
  'UNPROCESSABLE',
];

/** POST of each move in the workflow; If-Match is honoured when it is given. */
export function registerMoves(app: FastifyInstance, resource: DocumentResource): void {
  for (const move of moves) registerMove(app, resource, move);
}

function registerMove(app: FastifyInstance, resource: DocumentResource, move: Move): void {
  const { plural, calls, scopes } = resource;
  const { scope, body } = doors[move];
  app.route({
    method: 'POST',
    url: `/v1/${plural}/:id/${move}`,
    schema: describe(resource, move),
    onRequest: needsScope(scopes[scope]),
    ...(body ? { preValidation: requireBody } : {}),
    preHandler: async (request) => {
      if (!body) refuseBody(request);
      parseIfMatch(request.headers['if-match']);
      refOf(request, resource);
    },
    handler: async (request, reply) => {
      const v = parseIfMatch(request.headers['if-match']);
      const { requestKey } = request.effect;
      const written = await calls.move(request.context(), {
        id: refOf(request, resource),
        move,
        lang: request.lang,
        view: viewOf(request, resource), // a key that only publishes does not see private contacts
        ...(body ? { body: request.body as MoveBody } : {}),
        ...(v === undefined ? {} : { v }),
        ...(requestKey === undefined ? {} : { requestKey }),
      });
      return sendWritten(request, reply, written);
    },
  });
}

function describe({ tag, component, idText, one, scopes }: DocumentResource, move: Move) {
  const { summary, scope, body, note } = doors[move];
  const bodyCodes: ErrorCode[] = body ? ['PAYLOAD_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE'] : [];
  return {
    tags: [tag],
    operationId: `${move}${component}`,
    summary: summary(one),
    description: [`${describeMove(move)}.`, ...(note ? [note] : [])].join(' '),
    security: [{ key: [scopes[scope]] }],
    params: idParameter(idText),
    querystring: queryOf({ lang }),
    headers: headersOf({ ...optionalIfMatch, ...idempotencyKey }),
    ...(body ? { body: ref(body) } : {}),
    response: answers({ 200: aMovedDocument(component) }, [...MOVE_CODES, ...bodyCodes]),
  };
}

/** Throws VALIDATION_FAILED for a body where none is taken; an empty object is none. */
export function refuseBody({ body }: FastifyRequest): void {
  if (body === undefined || (isRecord(body) && Object.keys(body).length === 0)) return;
  throw AppError.invalid('request.body-unexpected', {
    pointer: '',
    message: 'this move takes no body',
    expected: 'no body',
  });
}
