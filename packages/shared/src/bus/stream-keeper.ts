import { AppError } from '../kernel/errors.ts';
import { retryPatiently } from '../kernel/retry.ts';
import type { Connection } from './connection.ts';
import { ensureStreams } from './streams.ts';

/** A server that has just started may need some seconds until JetStream answers. */
const ENSURE_DEADLINE_MS = 30_000;

export type StreamKeeper = {
  /** Tries for 30 s; a stream with settings that cannot be changed is an error at once. Throws as `ensureStreams`. */
  ensure: () => Promise<void>;
  /** Makes streams again that were there before; in the background, and never twice at once. */
  restore: () => void;
};

/** Remembers that the streams were ensured, so that a stream deleted later does not stop the publishing for good. */
export function createStreamKeeper(
  connection: Connection,
  { isEnsured: wasEnsured } = { isEnsured: false },
): StreamKeeper {
  let isEnsured = wasEnsured;
  let isRestoring = false;

  async function restore(): Promise<void> {
    isRestoring = true;
    try {
      await ensureStreams(connection);
    } catch (error) {
      connection.log.error({ err: error }, 'a missing stream could not be made again');
    } finally {
      isRestoring = false;
    }
  }

  return {
    ensure: async () => {
      await retryPatiently(() => ensureStreams(connection), {
        forMs: ENSURE_DEADLINE_MS,
        isTransient: (error) => !(error instanceof AppError && error.reason === 'bus.stream-mismatch'),
        onWait: (error) => connection.log.warn({ err: error }, 'the streams cannot be made yet; trying on'),
      });
      isEnsured = true;
    },
    restore: () => {
      if (isEnsured && !isRestoring) void restore();
    },
  };
}
