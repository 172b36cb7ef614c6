import type { LocaleTag } from '@ortoo/shared/contracts';
import type { Context } from '@ortoo/shared/kernel';
import type { FastifyInstance } from 'fastify';
import { answers, json } from '../openapi/answers.ts';
import { idParameter, lang, queryOf } from '../openapi/parameters.ts';
import { needsScope } from '../plugins/auth.plugin.ts';
import { type DocumentResource, refOf } from './document-resource.ts';

type Duplicates = {
  /** For the OpenAPI document. */
  words: { operationId: string; summary: string; description: string };
  /** The component of the answer. */
  component: string;
  ask(ctx: Context, request: { ref: string; lang: LocaleTag }): Promise<object>;
};

/** GET of the documents that may be the same as one, for editors. */
export function registerDuplicates(
  app: FastifyInstance,
  resource: DocumentResource,
  { words, component, ask }: Duplicates,
): void {
  const { plural, tag, idText, scopes } = resource;
  const schema = {
    tags: [tag],
    ...words,
    security: [{ key: [scopes.write] }],
    params: idParameter(idText),
    querystring: queryOf({ lang }),
    response: answers({ 200: json(component, `The ${plural}.`) }, ['UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND']),
  };
  app.get(`/v1/${plural}/:id/duplicates`, { schema, onRequest: needsScope(scopes.write) }, async (request) =>
    ask(request.context(), { ref: refOf(request, resource), lang: request.lang }),
  );
}
