import type { Bus } from '@ortoo/shared/bus';
import { AppError } from '@ortoo/shared/kernel';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { sendWritten } from '../http/answers.ts';
import { parseIfMatch } from '../http/entity-tag.ts';
import { aMovedDocument, answers } from '../openapi/answers.ts';
import { headersOf, idempotencyKey, idParameter, lang, optionalIfMatch, queryOf } from '../openapi/parameters.ts';
import { needsScope } from '../plugins/auth.plugin.ts';
import { MOVE_CODES, refuseBody } from './document-moves.routes.ts';
import { type DocumentResource, refOf, viewOf } from './document-resource.ts';

/** What an editor says of a mention, and what comes of it. */
const verdicts = {
  confirm: {
    summary: 'Confirm that an article names a company',
    description: 'The mention stays when the text is changed, wherever its words then stand.',
  },
  remove: {
    summary: 'Remove a company that an article does not name',
    description: 'The company is not found in this article again; other mentions of it stay.',
  },
} as const;
type Verdict = keyof typeof verdicts;

/** POST of an editor's word on one mention of an article. */
export function registerMentions(app: FastifyInstance, bus: Pick<Bus, 'callBytes'>, resource: DocumentResource): void {
  for (const verdict of Object.keys(verdicts) as Verdict[]) registerVerdict(app, bus, { resource, verdict });
}

/** Throws NOT_FOUND `article.mention-not-found` for what can be no place. */
function placeOf({ params }: FastifyRequest): number {
  const { n } = params as { n: string };
  if (/^\d{1,6}$/.test(n)) return Number(n);
  throw AppError.notFound('article.mention-not-found', 'There is no such mention.');
}

function registerVerdict(
  app: FastifyInstance,
  bus: Pick<Bus, 'callBytes'>,
  { resource, verdict }: { resource: DocumentResource; verdict: Verdict },
): void {
  const { plural, tag, component, idText, scopes } = resource;
  const schema = {
    ...verdicts[verdict],
    tags: [tag],
    operationId: `${verdict}Mention`,
    security: [{ key: [scopes.write] }],
    params: Type.Object({
      ...idParameter(idText).properties,
      n: Type.String({ description: 'Place of the mention in `mentions`: 0, 1, 2 …' }),
    }),
    querystring: queryOf({ lang }),
    headers: headersOf({ ...optionalIfMatch, ...idempotencyKey }),
    response: answers({ 200: aMovedDocument(component) }, MOVE_CODES),
  };
  app.route({
    method: 'POST',
    url: `/v1/${plural}/:id/mentions/:n/${verdict}`,
    schema,
    onRequest: needsScope(scopes.write),
    preHandler: async (request) => {
      refuseBody(request);
      parseIfMatch(request.headers['if-match']);
      refOf(request, resource);
      placeOf(request);
    },
    handler: async (request, reply) => {
      const v = parseIfMatch(request.headers['if-match']);
      const { requestKey } = request.effect;
      const written = await bus.callBytes(request.context(), 'rpc.news.article.mention', {
        id: refOf(request, resource),
        n: placeOf(request),
        verdict,
        lang: request.lang,
        view: viewOf(request, resource),
        ...(v === undefined ? {} : { v }),
        ...(requestKey === undefined ? {} : { requestKey }),
      });
      return sendWritten(request, reply, written);
    },
  });
}
