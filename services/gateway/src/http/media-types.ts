import { Negotiator } from 'negotiator';

export const JSON_MEDIA_TYPE = 'application/json';

/** Parameters of a media range but its weight: none of our media types has any, and a range may be narrower than it needs. */
const PARAMETER = /;\s*(?!q\s*=)[^;,="]*(?:=\s*(?:"[^"]*"|[^;,"]*))?/gi;

/**
 * The one of the media types that Accept prefers, the first where it does not care; undefined when it excludes all.
 * Without the header anything is acceptable. Source: RFC 9110 §12.5.1.
 */
export function chooseMediaType(accept: string | undefined, offered: readonly string[]): string | undefined {
  if (accept === undefined || accept === '*/*' || accept === offered[0]) return offered[0]; // nearly every caller
  const plain = accept.replace(PARAMETER, '');
  return new Negotiator({ headers: { accept: plain } }).mediaTypes([...offered])[0];
}
