import type { ServerName } from './servers.ts';

export type StackErrorDetail = {
  server?: ServerName | undefined;
  /** What the reader can do about it: one sentence or one command. */
  hint?: string | undefined;
  /** The server's own last log lines. */
  logTail?: string[] | undefined;
  cause?: unknown;
};

/** A fault of the machine, of a given URL or of a server, said in one sentence for the person who started the command. */
export class StackError extends Error {
  readonly server?: ServerName;
  readonly hint?: string;
  readonly logTail?: string[];

  constructor(message: string, detail: StackErrorDetail = {}) {
    super(message, detail.cause === undefined ? undefined : { cause: detail.cause });
    this.name = 'StackError';
    if (detail.server) this.server = detail.server;
    if (detail.hint) this.hint = detail.hint;
    if (detail.logTail) this.logTail = detail.logTail;
  }
}

/** The message of anything thrown, on one line. */
export function messageOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.replace(/\s+/g, ' ').trim();
}

/** The errno code (`ENOENT`, `EACCES` …) of a failed system call. */
export function errnoOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
