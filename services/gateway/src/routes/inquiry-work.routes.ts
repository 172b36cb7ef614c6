import type { Bus } from '@ortoo/shared/bus';
import { Inquiry, InquiryPatch, type InquiryReply } from '@ortoo/shared/contracts';
import type { ErrorCode } from '@ortoo/shared/kernel';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { sendWritten } from '../http/answers.ts';
import { parseIfMatch, requireIfMatch } from '../http/entity-tag.ts';
import { requireBody } from '../http/json-body.ts';
import { aMovedDocument, answers, aWrittenDocument } from '../openapi/answers.ts';
import { ref } from '../openapi/components.ts';
import { headersOf, idempotencyKey, idParameter, ifMatch, optionalIfMatch, queryOf } from '../openapi/parameters.ts';
import { mayUse, needsScope } from '../plugins/auth.plugin.ts';
import { refuseBody } from './document-moves.routes.ts';
import { refOf } from './document-resource.ts';
import { readBody } from './document-writes.routes.ts';

const onRequest = needsScope('inquiries:write');
const CODES: ErrorCode[] = ['UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND', 'CONFLICT', 'VERSION_MISMATCH'];

type Asker = Pick<Bus, 'callBytes'>;

/** What staff does with an inquiry. Without the scope to read the answer shows nothing personal. */
export function registerInquiryWork(app: FastifyInstance, bus: Asker): void {
  registerChange(app, bus);
  registerReply(app, bus);
  registerErase(app, bus);
}

const shared = {
  tags: ['Inquiries'],
  security: [{ key: ['inquiries:write'] }],
  params: idParameter('Id of an inquiry.'),
  querystring: queryOf({}),
};

function registerChange(app: FastifyInstance, bus: Asker): void {
  const schema = {
    ...shared,
    operationId: 'changeInquiry',
    summary: 'Change the state of an inquiry',
    consumes: ['application/merge-patch+json', 'application/json'],
    headers: headersOf(ifMatch),
    body: ref('InquiryPatch'),
    response: answers({ 200: aWrittenDocument('Inquiry') }, [
      ...CODES,
      'PAYLOAD_TOO_LARGE',
      'UNSUPPORTED_MEDIA_TYPE',
      'PRECONDITION_REQUIRED',
    ]),
  };
  app.route({
    method: 'PATCH',
    url: '/v1/inquiries/:id',
    schema,
    onRequest,
    preValidation: readBody({ shapes: { view: Inquiry, input: InquiryPatch } }),
    handler: async (request, reply) => {
      const v = requireIfMatch(request.headers['if-match']);
      const work = { ...workOn(request), v, body: request.body as InquiryPatch };
      return sendWritten(request, reply, await bus.callBytes(request.context(), 'rpc.catalog.inquiry.change', work));
    },
  });
}

function registerReply(app: FastifyInstance, bus: Asker): void {
  const schema = {
    ...shared,
    operationId: 'replyToInquiry',
    summary: 'Answer an inquiry',
    description:
      'Keeps the answer in the thread; the state is `answered` then. An integration has to send it. A repeat with the same ' +
      'Idempotency-Key has no second effect and shows the inquiry as it is, without `Idempotency-Replayed`.',
    headers: headersOf({ ...optionalIfMatch, ...idempotencyKey }),
    body: ref('InquiryReply'),
    response: answers({ 200: aWrittenDocument('Inquiry') }, [
      ...CODES,
      'PAYLOAD_TOO_LARGE',
      'UNSUPPORTED_MEDIA_TYPE',
      'UNPROCESSABLE',
    ]),
  };
  app.route({
    method: 'POST',
    url: '/v1/inquiries/:id/reply',
    schema,
    config: { isPersonal: true },
    onRequest,
    preValidation: requireBody,
    preHandler: async (request) => void workOn(request),
    handler: async (request, reply) => {
      const { message } = request.body as InquiryReply;
      const work = { ...workOn(request), message };
      return sendWritten(request, reply, await bus.callBytes(request.context(), 'rpc.catalog.inquiry.reply', work));
    },
  });
}

function registerErase(app: FastifyInstance, bus: Asker): void {
  const schema = {
    ...shared,
    operationId: 'eraseInquiry',
    summary: 'Erase the personal data of an inquiry',
    description:
      'At once and for good: sender, message, items, consent and thread. Id, kind, target and state stay. Of what is ' +
      'erased already nothing is changed.',
    headers: headersOf({ ...optionalIfMatch, ...idempotencyKey }),
    response: answers({ 200: aMovedDocument('Inquiry') }, [...CODES, 'UNPROCESSABLE']),
  };
  app.route({
    method: 'POST',
    url: '/v1/inquiries/:id/erase',
    schema,
    onRequest,
    preHandler: async (request) => {
      refuseBody(request);
      workOn(request);
    },
    handler: async (request, reply) =>
      sendWritten(request, reply, await bus.callBytes(request.context(), 'rpc.catalog.inquiry.erase', workOn(request))),
  });
}

/** What every write says; throws what a gateway can refuse by itself. */
function workOn(request: FastifyRequest) {
  const v = parseIfMatch(request.headers['if-match']);
  const { requestKey } = request.effect ?? {};
  return {
    id: refOf(request, { kind: 'inquiry' }),
    view: mayUse(request, 'inquiries:read') ? ('staff' as const) : ('public' as const),
    lang: request.lang,
    ...(v === undefined ? {} : { v }),
    ...(requestKey === undefined ? {} : { requestKey }),
  };
}
