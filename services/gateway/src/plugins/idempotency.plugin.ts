import { AppError, type ErrorCode, type Ids } from '@ortoo/shared/kernel';
import type { FastifyInstance, FastifyReply, FastifyRequest, preHandlerAsyncHookHandler } from 'fastify';
import fp from 'fastify-plugin';
import { fingerprintOf, fingerprintOfBody, readIdempotencyKey, requestKeyOf } from '../idempotency/fingerprint.ts';
import type { StoredAnswer } from '../idempotency/ledger.store.ts';
import type { Ledger, Run } from '../idempotency/ledger.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** A POST that only reads: a repeat does no harm. */
    isRead?: boolean;
    /** The answer holds personal data and is not kept: a repeat asks the owner, who remembers the request. */
    isPersonal?: boolean;
    /** The prefix of the id that the route's effect gets, e.g. `company`. */
    idPrefix?: string;
  }
  interface FastifyRequest {
    /** What the effect of a POST carries to its owner: an id of its own and, with Idempotency-Key, a request key. */
    effect: { id: string; requestKey?: string };
    /** The use of an Idempotency-Key that this request runs. */
    run: Run | null;
  }
}

/** What an answer is made of beside its status and bytes; all other headers belong to the request at hand. */
const KEPT_HEADERS = ['content-type', 'content-language', 'etag', 'last-modified', 'location', 'ortoo-version'];
/** Refusals that the same request would meet again. Routes refuse what is theirs to refuse before the claim. */
const KEPT_CODES: ReadonlySet<ErrorCode> = new Set(['VALIDATION_FAILED', 'NOT_FOUND', 'CONFLICT', 'UNPROCESSABLE']);
/** A larger answer is not kept; a repeat then runs with the same request key and is answered by the owner. */
const ANSWER_BYTES_MAX = 1024 * 1024;

type Options = { ledger: Ledger; ids: Ids };

/**
 * Honours Idempotency-Key on every POST that is not marked as a read: the claim is made when all that the gateway
 * checks by itself is checked, and the answer is kept before it is sent.
 */
export const idempotencyPlugin = fp(
  async (app: FastifyInstance, { ledger, ids }: Options) => {
    app.decorateRequest('effect', null as unknown as FastifyRequest['effect']);
    app.decorateRequest('run', null);

    app.addHook('onRoute', (route) => {
      if (route.method !== 'POST' || route.config?.isRead) return;
      const claim: preHandlerAsyncHookHandler = async (request, reply) => claimKey(request, reply, { ledger, ids });
      route.preHandler = [...[route.preHandler ?? []].flat(), claim];
    });

    app.addHook('onSend', async (request, reply, payload) => {
      const { run } = request;
      if (run) {
        request.run = null;
        const body = request.routeOptions.config.isPersonal ? undefined : toBuffer(payload);
        await settle(run, reply, body, ledger).catch((error: unknown) =>
          request.log.warn({ err: error }, 'an answer could not be kept for repeats of its Idempotency-Key'),
        );
      }
      return payload;
    });
  },
  { name: 'idempotency', dependencies: ['auth', 'language'] },
);

async function claimKey(request: FastifyRequest, reply: FastifyReply, { ledger, ids }: Options) {
  const { url: route = '', config } = request.routeOptions;
  const freshId = ids.next(config.idPrefix ?? 'request');
  request.effect = { id: freshId };
  const key = readIdempotencyKey(request.headers['idempotency-key']);
  if (key === undefined) return undefined;
  const id = fingerprintOf({ actor: request.actor, route, params: request.params, key });
  const claim = await ledger.claim({ id, bodyHash: fingerprintOfBody(request.body), freshId });
  if (claim.type === 'replay') return replay(reply, claim.answer);
  const { resourceId } = claim.run;
  request.run = claim.run;
  request.effect = { id: resourceId, requestKey: requestKeyOf(id, resourceId) };
  return undefined;
}

function replay(reply: FastifyReply, { status, headers, body }: StoredAnswer): FastifyReply {
  for (const name of KEPT_HEADERS) reply.removeHeader(name);
  return reply
    .code(status)
    .headers({ ...headers, 'idempotency-replayed': 'true', 'cache-control': 'no-store' })
    .send(body);
}

/** Keeps the answer, or frees the key where there is none to keep. */
async function settle(run: Run, reply: FastifyReply, body: Buffer | undefined, ledger: Ledger): Promise<void> {
  if (!body || body.byteLength > ANSWER_BYTES_MAX || !isKept(reply)) return ledger.release(run);
  const headers = KEPT_HEADERS.flatMap((name) => {
    const value = reply.getHeader(name);
    return value === undefined ? [] : [[name, String(value)] as const];
  });
  return ledger.finish(run, { status: reply.statusCode, headers: Object.fromEntries(headers), body });
}

function isKept({ problem, statusCode }: FastifyReply): boolean {
  return problem instanceof AppError ? KEPT_CODES.has(problem.code) : statusCode >= 200 && statusCode < 300;
}

/** A stream is not kept. */
function toBuffer(payload: unknown): Buffer | undefined {
  if (payload === null || payload === undefined) return Buffer.alloc(0);
  if (typeof payload === 'string') return Buffer.from(payload);
  return Buffer.isBuffer(payload) ? payload : undefined;
}
