import { pipeline, type Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { Agent, type Dispatcher } from 'undici';
import { AppError } from '../kernel/index.ts';
import type { Exempt } from './address.ts';
import { createGuardedConnect, type LookUp, refusal } from './guarded-connect.ts';
import { findTargetFault } from './target.ts';

export type OutgoingRequest = {
  url: string;
  method?: 'GET' | 'POST';
  headers?: Record<string, string>;
  body?: Uint8Array;
  /** All of it must be over after so long: looking up, connecting, redirects, the last byte. */
  timeoutMs: number;
  /** Most bytes of the answer, unpacked. */
  bytesMax: number;
  /** Most redirects that are followed, each judged anew; 0 answers with the redirect itself. */
  redirectsMax: number;
};

export type OutgoingAnswer = {
  /** Where the answer came from, after redirects. */
  url: string;
  status: number;
  /** Names in lower case; repeated ones joined by a comma. */
  headers: Record<string, string>;
  body: Buffer;
};

export type Outgoing = {
  /**
   * Sends a request. Throws AppError UNPROCESSABLE (`outgoing.address-refused`, `outgoing.too-large`,
   * `outgoing.too-many-redirects`), UNAVAILABLE `outgoing.failed`, TIMEOUT `outgoing.timeout`. Any status is an answer.
   */
  send(request: OutgoingRequest): Promise<OutgoingAnswer>;
  close(): Promise<void>;
};

export type OutgoingOptions = { exempt?: Exempt; lookUp?: LookUp };

const CONNECT_TIMEOUT_MS = 5_000;
const HEADER_BYTES_MAX = 16 * 1024;
const CONNECTIONS_PER_ORIGIN = 4;
const KEEP_ALIVE_MS = 1_000;
const redirects = new Set([301, 302, 303, 307, 308]);

/** The one way to fetch what callers name: requests go to permitted addresses alone, within their time and size. */
export function createOutgoing({ exempt = [], lookUp }: OutgoingOptions = {}): Outgoing {
  const agent = new Agent({
    connect: createGuardedConnect({ exempt, timeoutMs: CONNECT_TIMEOUT_MS, lookUp }),
    connections: CONNECTIONS_PER_ORIGIN,
    maxHeaderSize: HEADER_BYTES_MAX,
    keepAliveTimeout: KEEP_ALIVE_MS,
    keepAliveMaxTimeout: KEEP_ALIVE_MS,
    pipelining: 1,
  });

  async function follow(request: OutgoingRequest, signal: AbortSignal): Promise<OutgoingAnswer> {
    let { url } = request;
    for (let left = request.redirectsMax; ; left -= 1) {
      const fault = findTargetFault(url, exempt);
      if (fault !== undefined) throw refusal(`${url} ${fault}`);
      const answer = await exchange(agent, { ...request, url }, signal);
      const next = redirects.has(answer.status) ? answer.headers.location : undefined;
      if (next === undefined || request.redirectsMax === 0) return answer;
      if (left === 0) throw tooManyRedirects(request);
      if (!URL.canParse(next, url)) throw failed(`it leads to ${next.slice(0, 200)}, which is no address`);
      url = new URL(next, url).href;
    }
  }

  return {
    send: async (request) => {
      const signal = AbortSignal.timeout(request.timeoutMs);
      try {
        return await follow(request, signal);
      } catch (error) {
        throw signal.aborted ? timedOut(request) : asAppError(error);
      }
    },
    close: () => agent.destroy(),
  };
}

async function exchange(
  dispatcher: Dispatcher,
  { url, method = 'GET', headers = {}, body, bytesMax }: OutgoingRequest,
  signal: AbortSignal,
): Promise<OutgoingAnswer> {
  const { origin, pathname, search } = new URL(url);
  const answer = await dispatcher.request({
    origin,
    path: pathname + search,
    method,
    headers: { 'accept-encoding': 'gzip, br, deflate', ...headers },
    body: body ?? null,
    signal,
  });
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of unpacked(answer) as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > bytesMax) throw tooLarge(bytesMax); // leaving the loop ends the connection
    chunks.push(chunk);
  }
  return { url, status: answer.statusCode, headers: flat(answer.headers), body: Buffer.concat(chunks) };
}

const decoders = new Map([
  ['gzip', createGunzip],
  ['x-gzip', createGunzip],
  ['br', createBrotliDecompress],
  ['deflate', createInflate],
]);

/** The body without its packing; whoever stops reading it ends the connection. */
function unpacked({ body, headers }: Dispatcher.ResponseData): Readable {
  const decoder = decoders.get(String(headers['content-encoding'] ?? '').toLowerCase());
  return decoder ? pipeline(body, decoder(), () => undefined) : body; // an error ends the reading of both
}

function flat(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const given = Object.entries(headers).filter((entry): entry is [string, string | string[]] => entry[1] !== undefined);
  return Object.fromEntries(given.map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]));
}

function asAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const { code, message } = error as NodeJS.ErrnoException;
  return failed(code ?? message, error);
}

const failed = (detail: string, cause?: unknown) =>
  AppError.unavailable('outgoing.failed', `The other server could not be asked: ${detail}.`, { cause });
const timedOut = ({ timeoutMs }: OutgoingRequest) =>
  AppError.timeout('outgoing.timeout', `The other server did not answer in ${timeoutMs} ms.`);
const tooLarge = (bytesMax: number) =>
  new AppError('UNPROCESSABLE', 'outgoing.too-large', `The other server answered more than ${bytesMax} bytes.`);
const tooManyRedirects = ({ redirectsMax }: OutgoingRequest) =>
  new AppError('UNPROCESSABLE', 'outgoing.too-many-redirects', `There were more than ${redirectsMax} redirects.`);
