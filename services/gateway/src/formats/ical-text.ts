/** Octets of a line at most, without its end. Source: RFC 5545 §3.1. */
const LINE_OCTETS_MAX = 75;
/** What no line can hold: control characters but the tab, and lone surrogates, which are no UTF-8. */
const UNKNOWN_TO_LINES = /[^\t\u{20}-\u{7E}\u{A0}-\u{D7FF}\u{E000}-\u{10FFFF}]/gu;
/** Some readers end a line at each of these. */
const LINE_END = /\r\n|[\n\r\u0085\u2028\u2029]/g;

/** Content lines, folded, as one text. */
export function icalLines(lines: readonly string[]): string {
  return lines.map((line) => `${fold(line)}\r\n`).join('');
}

/** A text that may hold anything as a value of type TEXT. Source: RFC 5545 §3.3.11. */
export function textValue(text: string): string {
  return text
    .replace(LINE_END, '\n')
    .split('\n')
    .map((line) => line.replace(UNKNOWN_TO_LINES, '').replace(/[\\;,]/g, (sign) => `\\${sign}`))
    .join('\\n');
}

/** A property of a text; none when there is none. */
export function textLine(name: string, text: string | undefined): string[] {
  return text === undefined || text === '' ? [] : [`${name}:${textValue(text)}`];
}

/** A property whose value is an address; none when there is none. What no address holds is left out. */
export function addressLine(name: string, address: string | undefined): string[] {
  return address === undefined ? [] : [`${name}:${address.replace(/[^!-~\u{A0}-\u{D7FF}\u{E000}-\u{10FFFF}]/gu, '')}`];
}

/** A line as lines of at most 75 octets; no character is cut in two. */
function fold(line: string): string {
  if (Buffer.byteLength(line) <= LINE_OCTETS_MAX) return line;
  const parts: string[] = [];
  let part = '';
  let octets = 0;
  for (const sign of line) {
    const more = Buffer.byteLength(sign);
    if (octets + more > LINE_OCTETS_MAX) {
      parts.push(part);
      part = '';
      octets = 1; // the blank that the next line begins with
    }
    part += sign;
    octets += more;
  }
  return [...parts, part].join('\r\n ');
}
