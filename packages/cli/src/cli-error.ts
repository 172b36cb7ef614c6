/** A command that cannot do what it was asked, said in one sentence; anything else thrown is a defect. */
export class CliError extends Error {
  override readonly name = 'CliError';
  /** What the reader can do about it: one sentence or one command. */
  readonly hint: string | undefined;

  constructor(message: string, hint?: string) {
    super(message);
    this.hint = hint;
  }
}

/** The message of anything thrown, on one line. */
export function messageOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const cause = error instanceof Error && error.cause instanceof Error ? ` (${error.cause.message})` : '';
  return `${text}${cause}`.replace(/\s+/g, ' ').trim();
}

/** The errno code (`ENOENT`, `EEXIST` …) of a failed system call. */
export function errnoOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
