/** One line of a service's log, short enough for a terminal. `level` is pino's (40 is a warning), 0 for plain text. */
export type LogLine = { level: number; text: string };

export const warningLevel = 40;
export const errorLevel = 50;
const textMax = 400;
const levelNames: Record<number, string> = {
  10: 'trace',
  20: 'debug',
  30: 'info',
  40: 'warning',
  50: 'error',
  60: 'fatal',
};

/** Reads a pino JSON line; what is not one is kept as it stands. */
export function parseLogLine(line: string): LogLine {
  const entry = parseEntry(line);
  if (entry === null) return { level: 0, text: line.slice(0, textMax) };
  const level = Number(entry.level);
  const sentence = [entry.msg, errorOf(entry.err), entry.reason].filter(
    (part) => typeof part === 'string' && part !== '',
  );
  const text = `${levelNames[level] ?? 'note'}: ${[...new Set(sentence)].join(': ')}`;
  return { level, text: text.replace(/\s+/g, ' ').slice(0, textMax) };
}

function parseEntry(line: string): Record<string, unknown> | null {
  if (!line.startsWith('{')) return null;
  try {
    const entry = JSON.parse(line) as Record<string, unknown>;
    return typeof entry.level === 'number' ? entry : null;
  } catch {
    return null;
  }
}

function errorOf(err: unknown): string | undefined {
  if (typeof err !== 'object' || err === null || !('message' in err)) return undefined;
  return String(err.message);
}
