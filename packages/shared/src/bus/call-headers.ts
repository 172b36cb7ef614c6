import { headers, type MsgHdrs } from 'nats';
import { type Static, Type } from 'typebox';
import type { ReplyMeta } from '../contracts/calls.ts';
import { createParser } from '../contracts/parse.ts';
import type { Clock } from '../kernel/clock.ts';
import { type Actor, type Context, logLabels } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { newRequestId, newTraceparent } from '../kernel/ids.ts';
import type { Logger } from '../kernel/logger.ts';
import { decodeHeader, decodeJson, encodeHeader } from './codec.ts';

const REMAINING_MS = 'Ortoo-Remaining-Ms';
const REQUEST_ID = 'Ortoo-Request-Id';
const ACTOR = 'Ortoo-Actor';
const TRACEPARENT = 'traceparent';
const META = 'Ortoo-Meta-';

const ActorHeader = Type.Object({
  type: Type.Enum(['anonymous', 'key', 'user', 'service']),
  id: Type.String(),
  scopes: Type.Array(Type.String()),
  companyId: Type.Optional(Type.String()),
});
const parseActor = createParser(ActorHeader, 'rpc.actor-invalid');
/** Who calls when nobody says: a person with `nats request`, who may read what the public may. */
const NOBODY: Actor = { type: 'anonymous', id: 'bus', scopes: [] };

/** Writes what travels with a call. `remainingMs` is relative, so that clocks need not agree. */
export function writeContext(ctx: Context, remainingMs: number): MsgHdrs {
  const found = headers();
  found.set(REMAINING_MS, String(Math.ceil(remainingMs)));
  found.set(REQUEST_ID, encodeHeader(ctx.requestId));
  found.set(TRACEPARENT, encodeHeader(ctx.traceparent));
  found.set(ACTOR, encodeHeader(JSON.stringify(ctx.actor)));
  return found;
}

/** Reads what travelled with a call; what a caller left out gets the call's own deadline, a fresh id, and nobody as actor. */
export function readContext(
  found: MsgHdrs | undefined,
  { log, clock, deadlineMs }: { log: Logger; clock: Clock; deadlineMs: number },
): Context {
  const remaining = Number(found?.get(REMAINING_MS) || deadlineMs);
  if (!Number.isFinite(remaining)) throw headerFault(REMAINING_MS, 'a number of milliseconds');
  const requestId = readText(found, REQUEST_ID) || newRequestId();
  const traceparent = readText(found, TRACEPARENT) || newTraceparent();
  return {
    log: log.child(logLabels({ requestId, traceparent })),
    requestId,
    traceparent,
    deadlineMs: clock.nowMs() + Math.min(remaining, deadlineMs),
    actor: readActor(found),
  };
}

function readActor(found: MsgHdrs | undefined): Static<typeof ActorHeader> {
  const text = readText(found, ACTOR);
  if (!text) return NOBODY;
  try {
    return parseActor(decodeJson(new TextEncoder().encode(text)));
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw headerFault(ACTOR, 'JSON of the actor');
  }
}

function readText(found: MsgHdrs | undefined, name: string): string {
  try {
    return decodeHeader(found?.get(name) ?? '');
  } catch {
    throw headerFault(name, 'percent-encoded text');
  }
}

function headerFault(name: string, expected: string): AppError {
  return AppError.invalid('rpc.header-invalid', {
    pointer: '',
    message: `the header ${name} cannot be read`,
    expected,
  });
}

/** Writes what a bytes reply says of itself, each value percent-encoded: slugs are Unicode, `next` is JSON. */
export function writeMeta(meta: ReplyMeta): MsgHdrs {
  const found = headers();
  for (const [name, value] of Object.entries(meta)) {
    if (value !== undefined) found.set(META + name, encodeHeader(value));
  }
  return found;
}

/** Reads what `writeMeta` wrote. */
export function readMeta(found: MsgHdrs | undefined): ReplyMeta {
  const names = (found?.keys() ?? []).filter((name) => name.startsWith(META));
  return Object.fromEntries(names.map((name) => [name.slice(META.length), decodeHeader(found?.get(name) ?? '')]));
}
