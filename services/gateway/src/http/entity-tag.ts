import { hash } from 'node:crypto';
import { AppError } from '@ortoo/shared/kernel';

/** The strong tag of one document: its version and eight hex digits of the bytes, `"7-9f2c01ab"`. Source: RFC 9110 §8.8.3. */
export function documentTag(v: number | string, body: Uint8Array): string {
  return `"${v}-${hash('sha256', body).slice(0, 8)}"`;
}

/** The weak tag of a list; it has no version. */
export function listTag(body: Uint8Array): string {
  return `W/"${hash('sha256', body).slice(0, 16)}"`;
}

/** Whether If-None-Match names a tag (weak comparison, RFC 9110 §13.1.2): the caller's copy is then still good. */
export function isTagNamed(ifNoneMatch: string | undefined, tag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  if (ifNoneMatch.trim() === '*') return true;
  const opaque = tag.replace(/^W\//, '');
  return [...ifNoneMatch.matchAll(/(?:W\/)?("[^"]*")/g)].some(([, named]) => named === opaque);
}

const VERSION_TAG = /^"([1-9]\d{0,14})(?:-[0-9a-f]{1,64})?"$/;

/**
 * The version that If-Match asks for: any tag of a version serves (`"7-9f2c01ab"`), and the bare version `"7"` too.
 * Undefined without the header. Throws VALIDATION_FAILED `request.if-match-invalid` for anything else: a weak tag can
 * never match, and `*` or a list would overwrite what the caller has not seen.
 */
export function parseIfMatch(header: string | undefined): number | undefined {
  if (header === undefined) return undefined;
  const version = VERSION_TAG.exec(header.trim())?.[1];
  if (version !== undefined) return Number(version);
  throw AppError.invalid('request.if-match-invalid', {
    pointer: '/If-Match',
    message: whatIsWrong(header.trim()),
    expected: 'the ETag of the version that you change, e.g. "7-9f2c01ab", or just "7"',
  });
}

function whatIsWrong(header: string): string {
  if (header.startsWith('W/')) return 'is a weak tag, which never matches a version';
  if (header === '*') return 'names no version';
  if (header.includes(',')) return 'names more than one tag';
  if (/^\d/.test(header)) return 'is not in quotation marks';
  return 'is not a tag of a version';
}

/** The version asked for, where one is needed. Throws PRECONDITION_REQUIRED without If-Match. */
export function requireIfMatch(header: string | undefined): number {
  const version = parseIfMatch(header);
  if (version !== undefined) return version;
  throw new AppError(
    'PRECONDITION_REQUIRED',
    'request.if-match-missing',
    'Send If-Match with the ETag of the version that you change, so that nobody else’s change is overwritten.',
  );
}
