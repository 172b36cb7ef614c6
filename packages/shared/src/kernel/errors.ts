/**
 * The closed list of error codes. The gateway alone turns a code into an HTTP status; the bus carries the code in a
 * header. Adding one means adding it to docs/errors.md too (a test compares).
 */
export const errorCodes = [
  'VALIDATION_FAILED',
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'NOT_FOUND',
  'METHOD_NOT_ALLOWED',
  'NOT_ACCEPTABLE',
  'CONFLICT',
  'GONE',
  'VERSION_MISMATCH',
  'PAYLOAD_TOO_LARGE',
  'UNSUPPORTED_MEDIA_TYPE',
  'UNPROCESSABLE',
  'PRECONDITION_REQUIRED',
  'RATE_LIMITED',
  'INTERNAL',
  'UNAVAILABLE',
  'TIMEOUT',
] as const;
export type ErrorCode = (typeof errorCodes)[number];

/** One fault of a request: an RFC 6901 pointer to the place, what is wrong, and what was expected there. */
export type Fault = { pointer: string; message: string; expected?: string };

/** What an error may carry beside its sentence; every member is public, so nothing internal belongs here. */
export type ErrorDetails = {
  errors?: Fault[];
  current?: { v: number };
  allowed?: string[];
  retryAfterMs?: number;
  [extra: string]: unknown;
};

/** More faults than this in one answer help nobody. */
export const FAULTS_MAX = 50;

type Extra = { details?: ErrorDetails; cause?: unknown };

/**
 * The only error that callers see. `code` is from the closed list, `reason` a stable slug such as
 * `company.slug-taken`, `message` a public sentence. Anything else thrown is a defect and is shown as INTERNAL.
 */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;
  readonly reason: string;
  readonly details: ErrorDetails | undefined;

  constructor(code: ErrorCode, reason: string, message: string, { details, cause }: Extra = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.reason = reason;
    this.details = details;
  }

  /** One or more faults in what the caller sent, each with its place; the list is cut at FAULTS_MAX. */
  static invalid(reason: string, faults: Fault | Fault[]): AppError {
    const errors = (Array.isArray(faults) ? faults : [faults]).slice(0, FAULTS_MAX);
    const [first] = errors;
    const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : '';
    const place = first?.pointer ? `${first.pointer}: ` : '';
    const sentence = first ? `${place}${first.message}${more}` : 'The request is not valid.';
    return new AppError('VALIDATION_FAILED', reason, sentence, { details: { errors } });
  }

  static notFound(reason: string, message: string): AppError {
    return new AppError('NOT_FOUND', reason, message);
  }

  static conflict(reason: string, message: string, details?: ErrorDetails): AppError {
    return new AppError('CONFLICT', reason, message, details ? { details } : {});
  }

  static versionMismatch(id: string, current: number, asked: number): AppError {
    return new AppError('VERSION_MISMATCH', 'version.mismatch', `${id} is at version ${current}, not ${asked}.`, {
      details: { current: { v: current } },
    });
  }

  static unavailable(
    reason: string,
    message: string,
    { retryAfterMs = 1000, cause }: { retryAfterMs?: number; cause?: unknown } = {},
  ): AppError {
    return new AppError('UNAVAILABLE', reason, message, { details: { retryAfterMs }, cause });
  }

  static timeout(reason: string, message: string, cause?: unknown): AppError {
    return new AppError('TIMEOUT', reason, message, { cause });
  }

  /** Hides a defect behind INTERNAL; the defect stays as `cause` for the log and is never shown. */
  static from(thrown: unknown): AppError {
    if (thrown instanceof AppError) return thrown;
    return new AppError(
      'INTERNAL',
      'internal',
      'Something went wrong on our side; the request id finds it in our log.',
      { cause: thrown },
    );
  }
}

/** Whether a string taken from the wire is one of our codes. */
export function isErrorCode(value: string): value is ErrorCode {
  return (errorCodes as readonly string[]).includes(value);
}
