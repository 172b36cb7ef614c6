import { createLogger, type Logger } from '../kernel/logger.ts';

export type LogLine = Record<string, unknown>;

/** A log like that of a service, whose lines a test can read. */
export function createReadableLog(service: string): { log: Logger; lines: LogLine[] } {
  const lines: LogLine[] = [];
  const destination = { write: (line: string) => void lines.push(JSON.parse(line) as LogLine) };
  return { log: createLogger({ service, level: 'info', destination }), lines };
}
