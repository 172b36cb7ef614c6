import type { Logger } from './logger.ts';

/** Something with a start and an end. `stop` is called at most once and must not throw for being late. */
export type Part = { name: string; start(): Promise<void>; stop(): Promise<void> };

export type Lifecycle = { start(): Promise<void>; stop(): Promise<void> };

/**
 * Starts parts in order and stops them in reverse. When a start fails, what had started is stopped and the error is
 * thrown on; a stop meanwhile is such a failure. A stop that throws is logged and does not keep the others from
 * stopping. Whoever asks for a stop while one is under way waits for that one.
 */
export function createLifecycle(parts: Part[], log: Logger): Lifecycle {
  const started: Part[] = [];
  let stopping: Promise<void> | undefined;
  let stops = 0;

  function stop(): Promise<void> {
    stops += 1;
    stopping ??= stopAll().finally(() => {
      stopping = undefined;
    });
    return stopping;
  }

  async function stopAll(): Promise<void> {
    for (let part = started.pop(); part; part = started.pop()) {
      const { name } = part;
      await part.stop().catch((error: unknown) => log.error({ err: error, part: name }, 'a part did not stop cleanly'));
    }
  }

  async function start(): Promise<void> {
    const stopsBefore = stops;
    for (const part of parts) {
      if (stops !== stopsBefore) throw new Error('It was stopped while it started.');
      started.push(part);
      try {
        await part.start();
      } catch (error) {
        log.error({ err: error, part: part.name }, 'a part did not start');
        await stop();
        throw error;
      }
    }
  }

  return { start, stop };
}
