import type { Logger } from '@ortoo/shared/kernel';
import type { Trouble } from '../changes.rules.ts';

/** What keeps changes out of an index, told once in the log when it begins, becomes another, or is over. */
export type TroubleWatch = {
  note(trouble: Trouble | undefined): void;
  /** Why no change can be indexed, in a sentence; null when some can. */
  sentence(): string | null;
};

export function createTroubleWatch({ index, log }: { index: string; log: Logger }): TroubleWatch {
  let current: Trouble | undefined;
  return {
    note: (trouble) => {
      if (trouble && nameOf(trouble) !== nameOf(current)) {
        const { type, reason } = trouble;
        log.warn({ index, type, reason }, 'changes cannot be indexed; they are tried again until they can');
      }
      if (!trouble && current) log.info({ index }, 'changes are indexed again');
      current = trouble;
    },
    sentence: () => (current && current.type !== 'transient' ? `changes cannot be indexed: ${current.reason}` : null),
  };
}

/** The engine's name of a fault stands before a colon; what follows is another text each time. */
function nameOf(trouble: Trouble | undefined): string | undefined {
  return trouble && `${trouble.type} ${trouble.reason.split(':', 1)[0]}`;
}
