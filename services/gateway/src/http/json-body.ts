import { isUtf8 } from 'node:buffer';
import { escapePointer } from '@ortoo/shared/contracts';
import { AppError } from '@ortoo/shared/kernel';
import { parse as parseSafely } from 'secure-json-parse';

/** A request body at most, in bytes. */
export const BODY_MAX = 256 * 1024;

/** Objects and lists within each other at most; the deepest document of ours needs seven. */
const DEPTH_MAX = 32;

/** What is repeated of the names that somebody sent. */
const POINTER_SHOWN_MAX = 300;

/**
 * Reads a JSON body; undefined for an empty one. Throws VALIDATION_FAILED: `request.json-malformed` when it is no JSON in
 * UTF-8, `request.member-forbidden` for a member that would reach into prototypes, `request.too-deep`,
 * `request.text-malformed` and `request.number-too-large` for what would be stored as something else than was sent.
 */
export function parseJsonBody(bytes: Buffer): unknown {
  if (bytes.length === 0) return undefined; // many clients send the type of a body that they do not send
  if (!isUtf8(bytes)) throw fault('request.json-malformed', 'the body is not UTF-8', 'JSON in UTF-8');
  const body = parseText(bytes.toString());
  requireSound(body);
  return body;
}

function parseText(text: string): unknown {
  try {
    return parseSafely(text, { protoAction: 'error', constructorAction: 'error' });
  } catch (error) {
    if (isJson(text))
      throw fault(
        'request.member-forbidden',
        'the body has a member that is not allowed',
        'no __proto__ and no constructor.prototype',
      );
    throw fault('request.json-malformed', `the body is not JSON: ${placeOf(error)}`, 'JSON');
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** What the parser says of the place, without its echo of what was sent. */
function placeOf(error: unknown): string {
  const message = error instanceof Error ? error.message : '';
  const place = / at position \d+(?: \(line \d+ column \d+\))?/.exec(message)?.[0] ?? '';
  const token = /^Unexpected token '.'/su.exec(message)?.[0].replace('Unexpected token', 'unexpected');
  if (message.includes('end of JSON')) return 'it ends too early';
  return `${token ?? 'something unexpected'}${place}`;
}

/** Walks level by level, since what is too deep for us may be too deep for a recursion. */
function requireSound(body: unknown): void {
  let level: [pointer: string, value: unknown][] = [['', body]];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > DEPTH_MAX)
      throw fault('request.too-deep', `the body is nested deeper than ${DEPTH_MAX} levels`, 'a flatter body');
    level = level.flatMap(([pointer, value]) => {
      requireStorable(value, pointer);
      if (typeof value !== 'object' || value === null) return [];
      return Object.entries(value).map(([name, member]): [string, unknown] => {
        requireStorable(name, pointer);
        return [`${pointer}/${escapePointer(name)}`, member];
      });
    });
  }
}

/** JSON can spell half of a UTF-16 pair, which UTF-8 has not, and numbers that are infinite to us. */
function requireStorable(value: unknown, pointer: string): void {
  if (typeof value === 'string' && !value.isWellFormed())
    throw fault('request.text-malformed', 'has a surrogate without its other half', 'Unicode text', pointer);
  if (typeof value === 'number' && !Number.isFinite(value))
    throw fault('request.number-too-large', 'is too large', 'a number that a double holds', pointer);
}

function fault(reason: string, message: string, expected: string, pointer = ''): AppError {
  return AppError.invalid(reason, { pointer: pointer.slice(0, POINTER_SHOWN_MAX), message, expected });
}

/** A route hook. Throws VALIDATION_FAILED `request.body-missing` where a body is needed and none came. */
export async function requireBody({ body }: { body?: unknown }): Promise<void> {
  if (body === undefined) throw fault('request.body-missing', 'the body is empty', 'a JSON object');
}
