import { type Msg, ServiceErrorCodeHeader, ServiceErrorHeader, type ServiceMsg } from 'nats';
import { AppError, type ErrorDetails, isErrorCode } from '../kernel/errors.ts';
import { decodeJson, encodeJson } from './codec.ts';

/** More than this of details is left out, so that an error always fits. */
const BODY_MAX_BYTES = 256 * 1024;

/** The services API asks for a number. Ours only says whose fault it is; HTTP statuses are the gateway's business. */
function numberOf(code: AppError['code']): number {
  return code === 'INTERNAL' || code === 'UNAVAILABLE' || code === 'TIMEOUT' ? 500 : 400;
}

/**
 * Answers a call with an error. The header carries the fixed code and nothing else: a text with a line break there
 * ends the process. The body carries the rest.
 */
export function respondError(msg: ServiceMsg, { code, reason, message, details }: AppError): void {
  const body = encodeJson({ code, reason, message, details });
  const isFit = body.byteLength <= BODY_MAX_BYTES;
  msg.respondError(numberOf(code), code, isFit ? body : encodeJson({ code, reason, message: message.slice(0, 1000) }));
}

/** The error that a reply carries, rebuilt, or undefined when the reply is no error. */
export function readError(msg: Msg): AppError | undefined {
  const code = msg.headers?.get(ServiceErrorHeader);
  if (!code && !msg.headers?.has(ServiceErrorCodeHeader)) return undefined;
  if (!code || !isErrorCode(code)) return broken(`an error with the unknown code ${code}`);
  try {
    const { reason, message, details } = decodeJson(msg.data) as {
      reason: string;
      message: string;
      details?: ErrorDetails;
    };
    return new AppError(code, reason, message, details ? { details } : {});
  } catch (error) {
    return broken(`an error (${code}) with an unreadable body`, error);
  }
}

/** A reply that breaks the contract is a defect of the service that made it. */
export function broken(what: string, cause?: unknown): AppError {
  return AppError.from(new Error(`A service answered with ${what}.`, { cause }));
}
