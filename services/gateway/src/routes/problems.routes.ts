import { AppError, errorCodes } from '@ortoo/shared/kernel';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Negotiator } from 'negotiator';
import { Type } from 'typebox';
import { addVary } from '../http/vary.ts';
import { problemAnswer } from '../openapi/answers.ts';
import { describeProblem, problemCodeOf, renderProblem, renderProblems } from '../problems/problem-page.ts';

const HTML = 'text/html';
const JSON_TYPE = 'application/json';

/** `/problems/{code}`: the pages that `type` of every problem leads to, as HTML or, when Accept prefers it, JSON. */
export function problemRoutes(app: FastifyInstance): void {
  const shared = { tags: ['Problems'], produces: [HTML, JSON_TYPE], response: { 200: pageAnswer } };
  app.get(
    '/problems',
    { schema: { ...shared, operationId: 'listProblems', summary: 'List all problems' } },
    async (request, reply) => {
      addVary(reply, 'Accept');
      return isHtmlWanted(request)
        ? reply.type(`${HTML}; charset=utf-8`).send(renderProblems())
        : { items: errorCodes.map(describeProblem) };
    },
  );
  app.get(
    '/problems/:code',
    {
      schema: {
        ...shared,
        operationId: 'getProblem',
        summary: 'Explain a problem',
        response: { ...shared.response, 404: problemAnswer('NOT_FOUND') },
        params: Type.Object({ code: Type.String({ examples: ['validation-failed'] }) }),
      },
    },
    async (request, reply) => {
      const { code: slug } = request.params as { code: string };
      const code = problemCodeOf(slug);
      if (!code) throw AppError.notFound('problem.not-found', 'There is no problem of that name; /problems lists all.');
      reply.header('cache-control', 'public, max-age=3600');
      addVary(reply, 'Accept');
      return isHtmlWanted(request)
        ? reply.type(`${HTML}; charset=utf-8`).send(renderProblem(code))
        : describeProblem(code);
    },
  );
}

const pageAnswer = {
  description: 'What the code means and what to do.',
  content: { [HTML]: { schema: { type: 'string' } }, [JSON_TYPE]: { schema: { type: 'object' } } },
};

function isHtmlWanted({ headers }: FastifyRequest): boolean {
  return new Negotiator({ headers }).mediaTypes([HTML, JSON_TYPE])[0] !== JSON_TYPE;
}
