import { Client, errors, type estypes } from '@elastic/elasticsearch';

export type { Client, estypes };

/** A request that the engine did not answer with success. `status` is 0 when there was no answer. */
export class EngineFault extends Error {
  override readonly name = 'EngineFault';
  readonly status: number;
  /** The engine's own name of the fault, e.g. `index_not_found_exception`; `timeout` or `connection` without an answer. */
  readonly type: string;

  constructor(status: number, type: string, message: string, cause: unknown) {
    super(message, { cause });
    this.status = status;
    this.type = type;
  }
}

/** Milliseconds for what is not on a caller's time. */
const ADMIN_TIMEOUT_MS = 30_000;

/** Connects lazily: nothing is sent before the first call. Retries are the callers' decision, never the client's. */
export function openClient(url: string): Client {
  return new Client({ node: url, maxRetries: 0, requestTimeout: ADMIN_TIMEOUT_MS });
}

/** Waits for an answer. Throws EngineFault. */
export async function ask<T>(request: Promise<T>): Promise<T> {
  try {
    return await request;
  } catch (error) {
    throw toFault(error);
  }
}

function toFault(error: unknown): EngineFault {
  if (error instanceof errors.ResponseError) {
    const { type, reason } = (error.body as { error?: { type?: string; reason?: string } })?.error ?? {};
    return new EngineFault(error.statusCode ?? 0, type ?? 'unknown', reason ?? error.message, error);
  }
  const type = error instanceof errors.TimeoutError ? 'timeout' : 'connection';
  return new EngineFault(0, type, error instanceof Error ? error.message : String(error), error);
}
