import cors, { type FastifyCorsOptions } from '@fastify/cors';
import helmet from '@fastify/helmet';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';

const EXPOSED = [
  'ETag',
  'Link',
  'Location',
  'Last-Modified',
  'Content-Language',
  'Ortoo-Version',
  'Request-Id',
  'Retry-After',
  'Server-Timing',
  'Allow',
  'Idempotency-Replayed',
];
const READ_HEADERS = ['Accept-Language', 'Content-Type', 'If-None-Match', 'Request-Id', 'traceparent'];
const KEY_HEADERS = [...READ_HEADERS, 'Authorization', 'If-Match', 'Idempotency-Key'];
const PREFLIGHT_AGE_SECONDS = 600;
const READS = ['GET', 'HEAD'];

/**
 * Pages of any origin may read what is public; only pages of the listed origins may send a key or write. A wildcard
 * never goes together with credentials. Nothing but `/docs` runs scripts.
 */
export const securityPlugin = fp(
  async (app: FastifyInstance, { origins, isHttps }: { origins: string[]; isHttps: boolean }) => {
    await app.register(cors, {
      delegator: (request, callback) => callback(null, corsOf(request as FastifyRequest, origins)),
    });
    await app.register(helmet, {
      contentSecurityPolicy: {
        useDefaults: false,
        directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"], baseUri: ["'none'"], formAction: ["'none'"] },
      },
      crossOriginResourcePolicy: { policy: 'cross-origin' },
      referrerPolicy: { policy: 'no-referrer' },
      strictTransportSecurity: isHttps, // only who is reached by https may forbid http
    });
  },
  { name: 'security' },
);

function corsOf(request: FastifyRequest, origins: string[]): FastifyCorsOptions {
  const { origin = '' } = request.headers;
  const shared = { exposedHeaders: EXPOSED, maxAge: PREFLIGHT_AGE_SECONDS, strictPreflight: false };
  if (isPlainOptions(request)) return { ...shared, origin: false };
  if (origins.includes(origin)) {
    return {
      ...shared,
      origin: [origin],
      credentials: true,
      methods: [...READS, 'POST', 'PUT', 'PATCH', 'DELETE'],
      allowedHeaders: KEY_HEADERS,
    };
  }
  const method = request.method === 'OPTIONS' ? request.headers['access-control-request-method'] : request.method;
  const isRead = READS.includes(method ?? '') || (method === 'POST' && request.url.split('?')[0] === '/v1/search');
  return isRead
    ? { ...shared, origin: '*', methods: [...READS, 'POST'], allowedHeaders: READ_HEADERS }
    : { ...shared, origin: false };
}

/** An OPTIONS that no browser sent before a request: it asks for `Allow`. */
function isPlainOptions({ method, headers }: FastifyRequest): boolean {
  return method === 'OPTIONS' && headers['access-control-request-method'] === undefined;
}
