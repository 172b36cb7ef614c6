import { WEB_URL_LENGTH_MAX } from './atoms.ts';
import type { RuleFault } from './edits.ts';

/**
 * A web address in the form in which it is stored: scheme and host in lower case, the host in ASCII (IDNA), the rest
 * percent-encoded. Undefined when it is no http or https address, or too long in that form. Source: WHATWG URL.
 */
export function normalizeWebUrl(text: string): string | undefined {
  const url = URL.parse(text);
  if (!url || !['http:', 'https:'].includes(url.protocol)) return undefined;
  return url.href.length <= WEB_URL_LENGTH_MAX ? url.href : undefined;
}

/** Normalises the addresses of one document; those that are none stay as they are and become faults. */
export function createUrlSettler(reason: string) {
  const faults: RuleFault[] = [];

  function settle(text: string, pointer: string): string {
    const url = normalizeWebUrl(text);
    if (url !== undefined) return url;
    const expected = `an http or https address of at most ${WEB_URL_LENGTH_MAX} characters, percent-encoding included`;
    faults.push({ pointer, message: 'is not a web address', expected, reason });
    return text;
  }

  /** Each address once: two spellings may be one. */
  const settleAll = (texts: string[], pointer: string): string[] => [
    ...new Set(texts.map((text, place) => settle(text, `${pointer}/${place}`))),
  ];

  return { settle, settleAll, faults };
}
