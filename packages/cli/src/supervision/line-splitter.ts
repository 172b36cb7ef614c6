/** A longer line is cut there; the rest of it follows as lines of its own. */
const lineMax = 64 * 1024;

/** Turns chunks of text into whole lines, without their ends. `flush` gives out a last line that has no end. */
export function createLineSplitter(onLine: (line: string) => void): {
  push: (chunk: string) => void;
  flush: () => void;
} {
  let rest = '';
  return {
    push(chunk) {
      const lines = `${rest}${chunk}`.split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) onLine(line.endsWith('\r') ? line.slice(0, -1) : line);
      while (rest.length > lineMax) {
        onLine(rest.slice(0, lineMax));
        rest = rest.slice(lineMax);
      }
    },
    flush() {
      if (rest !== '') onLine(rest);
      rest = '';
    },
  };
}
