import { ErrorCode, type Msg, NatsError } from 'nats';
import type { Call, ReplyMeta } from '../contracts/calls.ts';
import { createParser, type Parser } from '../contracts/parse.ts';
import {
  type BytesRpcName,
  type JsonRpcName,
  type ReplyOf,
  type RequestOf,
  type RpcName,
  rpcCalls,
} from '../contracts/rpc.ts';
import { type Context, remainingMs, requireTime } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { jitterMs } from '../kernel/ids.ts';
import { pause } from '../kernel/retry.ts';
import { readMeta, writeContext } from './call-headers.ts';
import { decodeJson, encodeJson } from './codec.ts';
import type { Connection } from './connection.ts';
import { broken, readError } from './error-reply.ts';
import { HEADER_ROOM_BYTES, unpackReply } from './reply-size.ts';

/** The wait before the one repeat of an idempotent call that nobody was there to take: 50–100 ms. */
const REPEAT_MS = 75;

/** A `bytes` reply as it arrives. */
export type ReadyReply = { body: Uint8Array; meta: ReplyMeta };

export type RpcClient = {
  call<N extends JsonRpcName>(ctx: Context, name: N, request: RequestOf<N>): Promise<ReplyOf<N>>;
  callBytes<N extends BytesRpcName>(ctx: Context, name: N, request: RequestOf<N>): Promise<ReadyReply>;
};

/**
 * Calls other services. Waits for the shorter of the context's and the call's deadline. Throws the service's own
 * AppError rebuilt; UNAVAILABLE `<service>.no-responders` when nobody serves the call (then nothing was done);
 * UNAVAILABLE `bus.disconnected`; TIMEOUT `<service>.no-answer` when the outcome is unknown.
 */
export function createRpcClient(connection: Connection): RpcClient {
  const parsers = new Map<RpcName, Parser<unknown>>();

  function parserOf(name: JsonRpcName): Parser<unknown> {
    const found = parsers.get(name) ?? createParser(rpcCalls[name].reply);
    parsers.set(name, found);
    return found;
  }

  return {
    call: async (ctx, name, request) => {
      const reply = await send(connection, ctx, name, request);
      try {
        return parserOf(name)(decodeJson(await unpackReply(reply))) as never;
      } catch (error) {
        throw broken(`what the contract of ${name} does not allow`, error);
      }
    },
    callBytes: async (ctx, name, request) => {
      const reply = await send(connection, ctx, name, request);
      try {
        return { body: await unpackReply(reply), meta: readMeta(reply.headers) };
      } catch (error) {
        throw broken(`what cannot be unpacked, of ${name}`, error);
      }
    },
  };
}

async function send(connection: Connection, ctx: Context, name: RpcName, request: unknown): Promise<Msg> {
  const { clock, metrics } = connection;
  const startedMs = clock.nowMs();
  let code = 'OK';
  try {
    return await sendUntimed(connection, ctx, name, request);
  } catch (error) {
    code = AppError.from(error).code;
    throw error;
  } finally {
    metrics.called(name, code, clock.nowMs() - startedMs);
  }
}

async function sendUntimed(connection: Connection, ctx: Context, name: RpcName, request: unknown): Promise<Msg> {
  const { nc, names, clock } = connection;
  const { deadlineMs, isIdempotent, requestBytesMax }: Call = rpcCalls[name];
  const payload = encodeJson(request);
  const bytesMax = Math.min(
    requestBytesMax ?? connection.maxPayload() / 2,
    connection.maxPayload() - HEADER_ROOM_BYTES,
  );
  if (payload.byteLength > bytesMax) {
    throw new AppError(
      'PAYLOAD_TOO_LARGE',
      'request.too-large',
      `The request has ${payload.byteLength} bytes, more than can be sent between services.`,
    );
  }
  for (let attempt = 1; ; attempt += 1) {
    await connection.requireUp();
    requireTime(ctx, clock);
    const timeout = Math.max(1, Math.min(remainingMs(ctx, clock), deadlineMs));
    try {
      const reply = await nc.request(names.rpc(name), payload, { timeout, headers: writeContext(ctx, timeout) });
      const error = readError(reply);
      if (error) throw error;
      return reply;
    } catch (error) {
      if (!isIdempotent || attempt > 1 || !isNoResponders(error)) throw translate(error, name);
      await pause(jitterMs(REPEAT_MS, 0.33));
    }
  }
}

function isNoResponders(error: unknown): boolean {
  return error instanceof NatsError && error.code === ErrorCode.NoResponders;
}

function translate(error: unknown, name: RpcName): AppError {
  if (error instanceof AppError) return error;
  const service = name.split('.')[1] ?? 'service';
  const code = error instanceof NatsError ? error.code : undefined;
  if (code === ErrorCode.NoResponders) {
    return AppError.unavailable(`${service}.no-responders`, `The ${service} service is not there at the moment.`, {
      cause: error,
    });
  }
  if (code === ErrorCode.Timeout) {
    return AppError.timeout(
      `${service}.no-answer`,
      `The ${service} service did not answer in time; whether the call had an effect is not known.`,
      error,
    );
  }
  if (code === ErrorCode.ConnectionClosed || code === ErrorCode.ConnectionDraining || code === ErrorCode.Disconnect) {
    return AppError.unavailable('bus.disconnected', 'The message bus cannot be reached.', { cause: error });
  }
  return AppError.from(error);
}
