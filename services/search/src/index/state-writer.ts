import { backoffMs, type Logger, pause } from '@ortoo/shared/kernel';
import type { ChangeData, IndexDocument } from '../projections/index-document.ts';
import { projectChange } from '../projections/project-change.ts';
import type { BulkWriter } from './bulk.ts';

const RETRY = { firstMs: 250, maxMs: 1_000 };

/** The index that is written to is gone or refuses writes; the caller looks again what is to be done. */
class WriteInterrupted extends Error {
  override readonly name = 'WriteInterrupted';
}

/** States as the index keeps them. `left`: those that have no projection. */
export type Projected = { documents: IndexDocument[]; left: number };

/** What became of some states: how many were indexed, and how many cannot be. */
export type Written = { taken: number; left: number };

export type StateWriterOptions = {
  alias: string;
  writer: BulkWriter;
  log: Logger;
  signal: AbortSignal;
  /** Told in words what is waited for. */
  onWait(why: string): void;
};

/**
 * Brings states as their owners have them into an index, through the same projection and versions as the changes, so that
 * order and repetition do not matter. Waits while the engine is out of breath, on and on; throws WriteInterrupted, or on
 * an abort.
 */
export function createStateWriter({ alias, writer, log, signal, onWait }: StateWriterOptions) {
  const untilDone = createPatience({ signal, onWait });

  async function send(documents: IndexDocument[]): Promise<number | undefined> {
    const verdicts = await writer.write(alias, documents);
    const stopped = verdicts.find(({ type }) => type === 'lost' || type === 'refused');
    if (stopped && 'reason' in stopped) throw new WriteInterrupted(stopped.reason);
    if (verdicts.some(({ type }) => type === 'transient')) return undefined;
    let left = 0;
    for (const [place, verdict] of verdicts.entries()) {
      if (verdict.type === 'done') continue;
      left += 1;
      const { id } = documents[place] ?? {};
      log.error({ id, reason: verdict.reason }, 'a document could not be indexed and is left out');
    }
    return left;
  }

  return async ({ documents, left: unprojected }: Projected): Promise<Written> => {
    const left = await untilDone(
      'writing',
      () => send(documents),
      (error) => error instanceof WriteInterrupted,
    );
    return { taken: documents.length - left, left: left + unprojected };
  };
}

/** States as the index is to keep them; what cannot be projected is said in the log. */
export function projectStates(states: ChangeData[], log: Logger): Projected {
  const documents = states.flatMap((state) => project(state, log));
  return { documents, left: states.length - documents.length };
}

function project(state: ChangeData, log: Logger): IndexDocument[] {
  try {
    return [projectChange(state)];
  } catch (error) {
    log.error({ err: error, id: state.id }, 'a document could not be projected and is left out');
    return [];
  }
}

/** Repeats work until it answers something, with growing pauses. What is thrown is waited out too, unless it is final. */
export function createPatience({ signal, onWait }: Pick<StateWriterOptions, 'signal' | 'onWait'>) {
  return async <T>(
    what: string,
    work: () => Promise<T | undefined>,
    isFinal: (error: unknown) => boolean,
  ): Promise<T> => {
    for (let attempt = 1; ; attempt += 1) {
      signal.throwIfAborted();
      let reason = 'the engine is out of breath';
      try {
        const done = await work();
        if (done !== undefined) return done;
      } catch (error) {
        if (isFinal(error)) throw error;
        reason = (error as Error).message;
      }
      onWait(`${what}: ${reason}`);
      await pause(backoffMs(attempt, RETRY), signal);
    }
  };
}
