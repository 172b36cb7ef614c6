import { setTimeout } from 'node:timers/promises';
import { createEngine, type Engine } from '../../services/search/src/index/engine.ts';

const ASK_AGAIN_MS = 2_000;
const ATTEMPTS_MAX = 90;

/**
 * An engine that is asked again while it says that it has no room: a full heap ends no measuring of many minutes. The
 * writer of bulks has repeats of its own.
 */
export function openEngine(url: string): Engine {
  const engine = createEngine({ url });
  return {
    ...engine,
    search: (...asked) => untilThereIsRoom(() => engine.search(...asked)),
    createIndex: (...asked) => untilThereIsRoom(() => engine.createIndex(...asked)),
    deleteIndex: (...asked) => untilThereIsRoom(() => engine.deleteIndex(...asked)),
    refresh: (...asked) => untilThereIsRoom(() => engine.refresh(...asked)),
  };
}

/** Throws what is no lack of room, and a lack of it that does not end. */
export async function untilThereIsRoom<T>(ask: () => Promise<T>, waitMs = ASK_AGAIN_MS): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await ask();
    } catch (error) {
      if ((error as { status?: number }).status !== 429 || attempt === ATTEMPTS_MAX) throw error;
      await setTimeout(waitMs);
    }
  }
}
