import { parse } from 'secure-json-parse';

const decoder = new TextDecoder('utf-8', { fatal: true });
const encoder = new TextEncoder();

/** JSON as UTF-8. */
export function encodeJson(value: unknown): Uint8Array {
  return encoder.encode(JSON.stringify(value));
}

/**
 * Reads JSON from the wire. Throws a SyntaxError for text that is not JSON or that carries `__proto__` or
 * `constructor.prototype`, which would poison what it is merged into, and a TypeError for bytes that are not UTF-8.
 */
export function decodeJson(bytes: Uint8Array): unknown {
  return parse(decoder.decode(bytes));
}

/** Makes any text fit for a header: one line of ASCII. A lone surrogate becomes U+FFFD. */
export function encodeHeader(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}

/** Reads what `encodeHeader` wrote. Throws a URIError for text that it did not write. */
export function decodeHeader(text: string): string {
  return decodeURIComponent(text);
}
