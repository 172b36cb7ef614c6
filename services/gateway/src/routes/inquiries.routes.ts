import type { Bus } from '@ortoo/shared/bus';
import {
  Inquiry,
  InquiryFilter,
  type InquiryInput,
  inquirySorts,
  type ListRequest,
  type SortValues,
} from '@ortoo/shared/contracts';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Cursors } from '../cursor.ts';
import { noStore, sendDocument } from '../http/answers.ts';
import { createFieldCheck } from '../http/fields.ts';
import { requireBody } from '../http/json-body.ts';
import { sendPage } from '../http/list-page.ts';
import { aDocument, aList, answers, aReceipt, notModified } from '../openapi/answers.ts';
import { ref } from '../openapi/components.ts';
import {
  cursor,
  fields,
  headersOf,
  idempotencyKey,
  idParameter,
  ifNoneMatch,
  LIMIT_DEFAULT,
  limit,
  queryOf,
  sortOf,
  total,
  waitFor,
} from '../openapi/parameters.ts';
import { mayUse, needsScope } from '../plugins/auth.plugin.ts';
import { refOf } from './document-resource.ts';
import { registerInquiryWork } from './inquiry-work.routes.ts';

const tags = ['Inquiries'];
const security = [{ key: ['inquiries:read'] }];
const onRequest = needsScope('inquiries:read');
const requireFields = createFieldCheck(Inquiry);

type Asker = Pick<Bus, 'call' | 'callBytes'>;

/** `/v1/inquiries`: sent by anybody, read and worked on by staff; owned by catalog. */
export function inquiryRoutes(app: FastifyInstance, { bus, cursors }: { bus: Asker; cursors: Cursors }): void {
  registerSend(app, bus);
  registerList(app, bus, cursors);
  registerItem(app, bus);
  registerInquiryWork(app, bus);
}

/** The one write that needs no key. The sender learns the id and nothing else; where it is only staff is told. */
function registerSend(app: FastifyInstance, bus: Asker): void {
  const schema = {
    tags,
    operationId: 'sendInquiry',
    summary: 'Send an inquiry',
    description:
      'To a company, about an offering, article or event. Needs no key. What looks like spam is kept apart, never dropped; ' +
      'personal data is erased after a time (`retainUntil`).',
    security: [{}, { key: [] }],
    querystring: queryOf({}),
    headers: headersOf(idempotencyKey),
    body: ref('InquiryInput'),
    response: answers({ 202: aReceipt('InquiryReceipt') }, [
      'UNAUTHENTICATED',
      'CONFLICT',
      'PAYLOAD_TOO_LARGE',
      'UNSUPPORTED_MEDIA_TYPE',
      'UNPROCESSABLE',
    ]),
  };
  app.route({
    method: 'POST',
    url: '/v1/inquiries',
    schema,
    config: { idPrefix: 'inquiry' },
    preValidation: requireBody,
    handler: async (request, reply) => {
      const input = request.body as InquiryInput;
      const { id } = await bus.call(request.context(), 'rpc.catalog.inquiry.create', { ...request.effect, input });
      if (mayUse(request, 'inquiries:read')) reply.header('location', `/v1/inquiries/${id}`);
      return noStore(reply).code(202).send({ id });
    },
  });
}

type ListQuery = {
  limit?: number;
  cursor?: string;
  total?: boolean;
  sort?: string[];
  fields?: string[];
  waitFor?: string[];
};

function registerList(app: FastifyInstance, bus: Asker, cursors: Cursors): void {
  const schema = {
    tags,
    operationId: 'listInquiries',
    summary: 'List inquiries',
    description: 'For staff. Filters that repeat mean any of; `target` is the id of what an inquiry is about.',
    security,
    querystring: queryOf({
      ...InquiryFilter.properties,
      sort: sortOf(inquirySorts),
      limit,
      cursor,
      total,
      fields,
      waitFor,
    }),
    headers: headersOf(ifNoneMatch),
    response: answers({ 200: aList('InquiryList'), 304: notModified }, ['UNAUTHENTICATED', 'FORBIDDEN']),
  };
  app.get('/v1/inquiries', { schema, onRequest }, async (request, reply) => {
    const {
      limit: size = LIMIT_DEFAULT,
      cursor: from,
      total: isTotalWanted,
      sort,
      fields: picked,
      waitFor: _known,
      ...filter
    } = request.query as ListQuery;
    requireFields(picked);
    const scope = { route: '/v1/inquiries', filter, sort };
    const page = await bus.callBytes(request.context(), 'rpc.catalog.inquiry.list', {
      filter,
      limit: size,
      view: 'staff',
      lang: request.lang,
      ...(sort ? { sort } : {}),
      ...(isTotalWanted ? { isTotalWanted } : {}),
      ...(picked ? { fields: picked } : {}),
      ...(from === undefined ? {} : { after: cursors.open(scope, from) as SortValues }),
    } satisfies ListRequest<InquiryFilter>);
    return sendPage(request, reply, page, { cursors, scope, limit: size });
  });
}

function registerItem(app: FastifyInstance, bus: Asker): void {
  const schema = {
    tags,
    operationId: 'getInquiry',
    summary: 'Read an inquiry',
    description: 'For staff. Reading changes nothing: a PATCH of `state` says that it was read.',
    security,
    params: idParameter('Id of an inquiry.'),
    querystring: queryOf({ fields }),
    headers: headersOf(ifNoneMatch),
    response: answers({ 200: aDocument('Inquiry'), 304: notModified }, ['UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND']),
  };
  app.get('/v1/inquiries/:id', { schema, onRequest }, async (request: FastifyRequest, reply) => {
    const { fields: picked } = request.query as ListQuery;
    requireFields(picked);
    const found = await bus.callBytes(request.context(), 'rpc.catalog.inquiry.get', {
      ref: refOf(request, { kind: 'inquiry' }),
      view: 'staff',
      lang: request.lang,
      ...(picked ? { fields: picked } : {}),
    });
    return sendDocument(request, reply, found);
  });
}
