import { createHmac, createSecretKey, timingSafeEqual } from 'node:crypto';
import { AppError } from '@ortoo/shared/kernel';
import { canonicalJson } from './http/canonical-json.ts';

/** What a cursor belongs to: the route and everything of the query that decides which items come in which order. */
export type CursorScope = Record<string, unknown>;

export type Cursors = {
  /** An opaque text that continues one query after a position. */
  seal(scope: CursorScope, position: unknown): string;
  /** The position. Throws VALIDATION_FAILED `cursor.invalid` for a cursor that was not made here for this very query. */
  open(scope: CursorScope, cursor: string): unknown;
};

/** Half of SHA-256: 2^128 tries to forge one, and short enough for an address. */
const MAC_BYTES = 16;

/**
 * Cursors are signed, so that a position read from one can be trusted, and bound to their query, so that one of another
 * query is refused instead of answering a page of nothing in particular. They are not encrypted: a position holds sort
 * values of an item that the caller has just been given.
 */
export function createCursors(secret: Buffer): Cursors {
  const key = createSecretKey(secret); // made once: from bytes it would be made again for each cursor
  const sign = (scope: CursorScope, payload: string) =>
    createHmac('sha256', key).update(canonicalJson(scope)).update('\n').update(payload).digest().subarray(0, MAC_BYTES);

  return {
    seal(scope, position) {
      const payload = Buffer.from(JSON.stringify(position)).toString('base64url');
      return `${payload}.${sign(scope, payload).toString('base64url')}`;
    },
    open(scope, cursor) {
      const [payload = '', mac = '', ...rest] = cursor.split('.');
      const given = Buffer.from(mac, 'base64url');
      const isGenuine =
        rest.length === 0 &&
        given.length === MAC_BYTES &&
        given.toString('base64url') === mac &&
        timingSafeEqual(given, sign(scope, payload));
      if (!isGenuine) throw invalidCursor();
      return JSON.parse(Buffer.from(payload, 'base64url').toString());
    },
  };
}

function invalidCursor(): AppError {
  return AppError.invalid('cursor.invalid', {
    pointer: '/cursor',
    message: 'is not a cursor of this query',
    expected: 'the cursor of `page.next`, with the same filters and order',
  });
}
