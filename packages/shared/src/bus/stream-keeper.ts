import type { Connection } from './connection.ts';
import { ensureStreams } from './streams.ts';

export type StreamKeeper = {
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
      await ensureStreams(connection);
      isEnsured = true;
    },
    restore: () => {
      if (isEnsured && !isRestoring) void restore();
    },
  };
}
