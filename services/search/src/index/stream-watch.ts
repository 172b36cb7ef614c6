import type { StreamState } from '@ortoo/shared/bus';

/**
 * Notices a stream that has lost what it acknowledged: its last sequence goes back although it is the same stream.
 * (Another stream is told by the instant of its making, which the index keeps.)
 */
export function createStreamWatch() {
  let highest: StreamState | undefined;
  return {
    hasGoneBack(stream: StreamState): boolean {
      const isBack = highest?.createdAt === stream.createdAt && stream.lastSequence < highest.lastSequence;
      highest = stream;
      return isBack;
    },
  };
}
