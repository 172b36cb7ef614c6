import type { ErrorCode } from '@ortoo/shared/kernel';

/** What a code means over HTTP and to a person; docs/errors.md says the same, and a test compares. */
export type ProblemKind = { status: number; title: string; meaning: string; remedy: string };

/** The one place where a code of ours becomes an HTTP status. */
export const problemKinds: Record<ErrorCode, ProblemKind> = {
  VALIDATION_FAILED: {
    status: 400,
    title: 'The request is not valid',
    meaning: 'Something in the path, the parameters, a header or the body is not as it must be.',
    remedy:
      'Read `errors`: each entry names a place and what is expected there. Mend them all; the same request fails again.',
  },
  UNAUTHENTICATED: {
    status: 401,
    title: 'A valid key is needed',
    meaning: 'The request needs a key and has none, or its key is unknown, expired or revoked.',
    remedy: 'Send `Authorization: Bearer ok_live_…` with a key that is still good.',
  },
  FORBIDDEN: {
    status: 403,
    title: 'The key may not do this',
    meaning: 'The key is good but lacks the scope that this needs; `required` names it.',
    remedy: 'Use a key with that scope, or ask an administrator for one.',
  },
  NOT_FOUND: {
    status: 404,
    title: 'There is no such thing',
    meaning: 'The path leads nowhere, or the document does not exist, or is not for this caller to see.',
    remedy: 'Check the path and the id. A draft is only shown to keys with the write scope.',
  },
  METHOD_NOT_ALLOWED: {
    status: 405,
    title: 'This path does not know the method',
    meaning: 'The path exists, but not with this method; the header `Allow` lists those that do.',
    remedy: 'Use one of the methods in `Allow`.',
  },
  NOT_ACCEPTABLE: {
    status: 406,
    title: 'The answer cannot be given in that form',
    meaning: 'None of the media types in `Accept` is one that this path answers.',
    remedy: 'Send `Accept: application/json`, or leave the header out.',
  },
  CONFLICT: {
    status: 409,
    title: 'The request does not fit the present state',
    meaning: 'Something else stands in the way: a slug or a number that is taken, or a move that the workflow refuses.',
    remedy: 'Read `reason` and `detail`; for a refused move, `allowed` lists the moves that are open.',
  },
  GONE: {
    status: 410,
    title: 'This is no longer kept',
    meaning: 'What was asked for existed and is no longer kept, for example a version or a position that is too old.',
    remedy: 'Take what is still kept: another version, or the beginning.',
  },
  VERSION_MISMATCH: {
    status: 412,
    title: 'The document has changed meanwhile',
    meaning: 'If-Match names a version that is not the current one; `current.v` is.',
    remedy: 'Read the document again, apply your change to it, and send it with the new ETag.',
  },
  PAYLOAD_TOO_LARGE: {
    status: 413,
    title: 'The request is too large',
    meaning:
      'The body is over its limit (256 KB; 900 KB for extract and ingest; 256 MB for imports), or a document would be; with status 431, the ' +
      'headers are over 16 KB.',
    remedy: 'Send less; `detail` says what is too large.',
  },
  UNSUPPORTED_MEDIA_TYPE: {
    status: 415,
    title: 'The body has a type that is not understood',
    meaning:
      'Bodies are JSON. Only PATCH takes `application/merge-patch+json` as well, and imports take files of the types that ' +
      '`errors` names.',
    remedy: 'Send `Content-Type: application/json`, or the type of the file.',
  },
  UNPROCESSABLE: {
    status: 422,
    title: 'The request is understood but cannot be done',
    meaning: 'Each part is valid, but together they ask for something that cannot be.',
    remedy: 'Read `reason` and `detail`.',
  },
  PRECONDITION_REQUIRED: {
    status: 428,
    title: 'Say which version you change',
    meaning: 'PUT, PATCH, DELETE and a restore need If-Match, so that nobody overwrites what another has just written.',
    remedy: 'Send `If-Match` with the ETag of the version that you read.',
  },
  RATE_LIMITED: {
    status: 429,
    title: 'Too many requests',
    meaning: 'The limit of this caller is used up for now.',
    remedy: 'Wait as long as `Retry-After` says.',
  },
  INTERNAL: {
    status: 500,
    title: 'Something went wrong on our side',
    meaning: 'A defect of ours. The request id finds it in our log.',
    remedy: 'Try again later; if it stays, report `requestId`.',
  },
  UNAVAILABLE: {
    status: 503,
    title: 'Not available just now',
    meaning: 'A part that this needs does not answer or is busy. A write that answers this did not happen.',
    remedy: 'Try again after `Retry-After` seconds.',
  },
  TIMEOUT: {
    status: 504,
    title: 'No answer in time',
    meaning:
      'A part did not answer in time. Whether a write happened is not known. With status 408, the request itself came too slowly.',
    remedy:
      'For a read, try again. A write with an Idempotency-Key may be sent again with the same key; without one, read the document first and see whether it happened.',
  },
};

/** A code as it stands in the address of its page: `VALIDATION_FAILED` → `validation-failed`. */
export function problemSlug(code: ErrorCode): string {
  return code.toLowerCase().replaceAll('_', '-');
}

/** Whether a code says that we, and not the caller, are at fault in a way that somebody must look at. */
export function isDefect(code: ErrorCode): boolean {
  return code === 'INTERNAL';
}
