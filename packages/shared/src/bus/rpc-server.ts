import type { QueuedIterator, ServiceMsg } from 'nats';
import packageJson from '../../package.json' with { type: 'json' };
import { createParser, type Parser } from '../contracts/parse.ts';
import { type BytesReply, type ReplyOf, type RequestOf, type RpcName, rpcCalls } from '../contracts/rpc.ts';
import type { Service } from '../contracts/subjects.ts';
import { type Context, requireTime } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { failpoint, isFailpointArmed } from '../kernel/failpoint.ts';
import { isOverWithin } from '../kernel/retry.ts';
import { readContext, writeMeta } from './call-headers.ts';
import { decodeJson, encodeJson } from './codec.ts';
import type { Connection } from './connection.ts';
import { respondError } from './error-reply.ts';
import { fitReply } from './reply-size.ts';
import { createSemaphore, type Semaphore } from './semaphore.ts';

export type Handler<N extends RpcName> = (ctx: Context, request: RequestOf<N>) => Promise<ReplyOf<N>>;
export type Endpoints = { [N in RpcName]?: Handler<N> };
export type ServeOptions = {
  service: Service;
  endpoints: Endpoints;
  /** Calls of one endpoint that run at once; as many again may wait, above it callers are told `busy`. */
  concurrency?: number;
};
export type Serving = { stop(): Promise<void> };

const CONCURRENCY = 64;
/** Calls in flight get this long after a stop. */
const STOP_DEADLINE_MS = 15_000;
/** Longer than this no server is waited for to take the subscriptions back. */
const LEAVE_DEADLINE_MS = 2_000;

type Endpoint = {
  name: RpcName;
  handle: (ctx: Context, request: never) => Promise<unknown>;
  parse: Parser<unknown>;
  semaphore: Semaphore;
};

/** Serves calls over the NATS services API, so that `nats micro ls`, `info` and `stats` show them; replicas share the work. */
export async function serve(
  connection: Connection,
  { service, endpoints, concurrency = CONCURRENCY }: ServeOptions,
): Promise<Serving> {
  const { nc, names, log } = connection;
  const micro = await nc.services.add({
    name: names.microService(service),
    version: packageJson.version,
    description: `Ortoo ${service}`,
    queue: names.queueGroup(service),
  });
  const inFlight = new Set<Promise<void>>();
  const loops: { requests: QueuedIterator<ServiceMsg>; done: Promise<void> }[] = [];
  for (const [name, handle] of Object.entries(endpoints) as [RpcName, Endpoint['handle']][]) {
    const endpoint: Endpoint = {
      name,
      handle,
      parse: createParser(rpcCalls[name].request),
      semaphore: createSemaphore({ concurrency, queueMax: concurrency }),
    };
    const requests = micro.addEndpoint(endpointName(name), { subject: names.rpc(name) });
    const done = loop(requests, (msg) => answer(connection, endpoint, msg), inFlight).catch((error: unknown) =>
      log.error({ err: error, call: name }, 'an endpoint ended'),
    );
    loops.push({ requests, done });
  }
  await nc.flush(); // the server knows the subscriptions before anybody is told that we are ready
  log.info({ endpoints: loops.length }, 'serving calls');

  let stopping: Promise<void> | undefined;
  async function stop(): Promise<void> {
    await isOverWithin(LEAVE_DEADLINE_MS, micro.stop()).catch(() => false);
    for (const { requests } of loops) endAfterLast(requests);
    await Promise.all(loops.map(({ done }) => done));
    const isOver = await isOverWithin(STOP_DEADLINE_MS, Promise.all(inFlight));
    if (!isOver) log.warn({ calls: inFlight.size }, 'stopped with calls in flight');
    await connection.flush();
  }
  return {
    stop: () => {
      stopping ??= stop();
      return stopping;
    },
  };
}

/** The call's last two words: `rpc.catalog.company.get` is `company-get`. */
function endpointName(call: RpcName): string {
  return call.split('.').slice(-2).join('-');
}

async function loop(
  requests: QueuedIterator<ServiceMsg>,
  work: (msg: ServiceMsg) => Promise<void>,
  inFlight: Set<Promise<void>>,
): Promise<void> {
  for await (const msg of requests) {
    const call = work(msg).finally(() => inFlight.delete(call));
    inFlight.add(call);
  }
}

/** The client does not end an endpoint's iterator; a function in its queue runs after the messages before it. */
function endAfterLast(requests: QueuedIterator<ServiceMsg>): void {
  requests.push((() => requests.stop()) as unknown as ServiceMsg);
}

/** Answers one call and writes its line in the log; never throws. */
async function answer(connection: Connection, endpoint: Endpoint, msg: ServiceMsg): Promise<void> {
  const { clock } = connection;
  const startedMs = clock.nowMs();
  let log = connection.log;
  let failure: AppError | undefined;
  try {
    const ctx = readContext(msg.headers, { log, clock, deadlineMs: rpcCalls[endpoint.name].deadlineMs });
    log = ctx.log;
    const request = readRequest(endpoint, msg.data);
    const reply = await endpoint.semaphore.run(async () => {
      requireTime(ctx, clock);
      return endpoint.handle(ctx, request as never);
    });
    await respond(connection, endpoint.name, msg, reply);
    if (isFailpointArmed('rpc.answered')) await connection.nc.flush().then(() => failpoint('rpc.answered'));
  } catch (error) {
    failure = AppError.from(error);
    respondSafely(connection, msg, failure);
  }
  const durationMs = clock.nowMs() - startedMs;
  const line = { call: endpoint.name, durationMs, code: failure?.code ?? 'OK' };
  connection.metrics.served(line.call, line.code, durationMs);
  if (failure?.code === 'INTERNAL') log.error({ ...line, err: failure.cause ?? failure }, 'call');
  else log.info(failure ? { ...line, reason: failure.reason } : line, 'call');
}

function readRequest({ parse }: Endpoint, data: Uint8Array): unknown {
  let value: unknown;
  try {
    value = decodeJson(data);
  } catch {
    throw AppError.invalid('request.not-json', {
      pointer: '',
      message: 'is not JSON that can be taken',
      expected: 'JSON in UTF-8',
    });
  }
  return parse(value);
}

async function respond(connection: Connection, name: RpcName, msg: ServiceMsg, reply: unknown): Promise<void> {
  if (rpcCalls[name].reply !== 'bytes') {
    const { data, ...options } = await fitReply(encodeJson(reply), { maxPayload: connection.maxPayload() });
    msg.respond(data, options);
    return;
  }
  const { body, meta } = reply as BytesReply;
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  const { data, ...options } = await fitReply(bytes, { maxPayload: connection.maxPayload(), found: writeMeta(meta) });
  msg.respond(data, options);
}

function respondSafely({ log }: Connection, msg: ServiceMsg, failure: AppError): void {
  try {
    respondError(msg, failure);
  } catch (error) {
    log.error({ err: error, code: failure.code }, 'an error could not be answered');
  }
}
