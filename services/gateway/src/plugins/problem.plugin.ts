import { AppError, type ErrorCode } from '@ortoo/shared/kernel';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { originOf } from '../http/origin.ts';
import { buildProblem, PROBLEM_TYPE } from '../problems/problem.ts';

declare module 'fastify' {
  interface FastifyReply {
    /** The error that was answered; for the log line of the request. */
    problem: AppError | null;
  }
}

/** What Fastify refuses by itself, in our words. */
const frameworkErrors: Record<string, { code: ErrorCode; reason: string; message: string }> = {
  FST_ERR_CTP_BODY_TOO_LARGE: {
    code: 'PAYLOAD_TOO_LARGE',
    reason: 'request.body-too-large',
    message: 'The body is larger than 256 KB (900 KB for extract and ingest).',
  },
  FST_ERR_CTP_INVALID_MEDIA_TYPE: {
    code: 'UNSUPPORTED_MEDIA_TYPE',
    reason: 'request.media-type-unsupported',
    message: 'The body must be JSON with `Content-Type: application/json`.',
  },
  FST_ERR_BAD_URL: {
    code: 'VALIDATION_FAILED',
    reason: 'request.path-malformed',
    message: 'The path is not valid percent-encoded UTF-8.',
  },
  FST_ERR_MAX_PARAM_LENGTH: {
    code: 'NOT_FOUND',
    reason: 'route.not-found',
    message: 'A part of the path is too long to name anything.',
  },
};

/** Headers of an answer that was prepared before it failed. */
const STALE_HEADERS = ['etag', 'last-modified', 'content-language', 'location', 'link', 'ortoo-version'];

/** Any thrown thing as an AppError; what is no fault of the caller's becomes INTERNAL. */
function toAppError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  const { code = '', statusCode = 500 } = (thrown ?? {}) as { code?: string; statusCode?: number };
  const known = frameworkErrors[code];
  if (known) return new AppError(known.code, known.reason, known.message, { cause: thrown });
  if (statusCode >= 400 && statusCode < 500) {
    return new AppError('VALIDATION_FAILED', 'request.unreadable', 'The request could not be read to its end.', {
      cause: thrown,
    });
  }
  return AppError.from(thrown);
}

/** Answers a request with a problem document and the headers that belong to its code. */
export function sendProblem(thrown: unknown, request: FastifyRequest, reply: FastifyReply, publicUrl?: string): void {
  const error = toAppError(thrown);
  const origin = originOf(request, publicUrl);
  const [path = '/'] = request.url.split('?');
  const problem = buildProblem(error, { origin, path, requestId: request.id });
  for (const name of STALE_HEADERS) reply.removeHeader(name);
  reply.headers({ 'request-id': request.id, ...headersOf(error) });
  reply.problem = error;
  reply
    .code(problem.status)
    .type(PROBLEM_TYPE)
    .send(Buffer.from(JSON.stringify(problem)));
}

function headersOf({ code, reason, message, details }: AppError): Record<string, string> {
  const headers: Record<string, string> = { 'cache-control': 'no-store' };
  if (details?.retryAfterMs !== undefined)
    headers['retry-after'] = String(Math.max(1, Math.ceil(details.retryAfterMs / 1000)));
  else if (code === 'TIMEOUT') headers['retry-after'] = '1';
  if (code === 'UNAUTHENTICATED') {
    const wrong =
      reason === 'key.missing' ? '' : `, error="invalid_token", error_description="${message.replaceAll('"', "'")}"`;
    headers['www-authenticate'] = `Bearer realm="ortoo"${wrong}`;
  }
  if (code === 'FORBIDDEN' && Array.isArray(details?.required)) {
    headers['www-authenticate'] =
      `Bearer realm="ortoo", error="insufficient_scope", scope="${details.required.join(' ')}"`;
  }
  if (code === 'METHOD_NOT_ALLOWED' && details?.allowed) headers.allow = details.allowed.join(', ');
  return headers;
}

/** Every error becomes one problem document (RFC 9457); the only place where an error meets HTTP. */
export const problemPlugin = fp(
  async (app: FastifyInstance, { publicUrl }: { publicUrl?: string | undefined }) => {
    app.decorateReply('problem', null);
    app.setErrorHandler((error, request, reply) => sendProblem(error, request, reply, publicUrl));
    app.setNotFoundHandler(async (request) => {
      throw AppError.notFound('route.not-found', `There is nothing at ${request.url.split('?')[0]}.`);
    });
  },
  { name: 'problem' },
);
