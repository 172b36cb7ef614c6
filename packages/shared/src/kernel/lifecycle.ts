import closeWithGrace from 'close-with-grace';
import type { Logger } from './logger.ts';
import { pause } from './retry.ts';

/** Something with a start and an end. `stop` is called at most once and must not throw for being late. */
export type Part = { name: string; start(): Promise<void>; stop(): Promise<void> };

export type Lifecycle = { start(): Promise<void>; stop(): Promise<void> };

/** SIGTERM must be over by then; what still runs is abandoned. */
export const STOP_DEADLINE_MS = 25_000;

/**
 * Starts parts in order and stops them in reverse. When a start fails, what had started is stopped and the error is
 * thrown on. A stop that throws is logged and does not keep the others from stopping.
 */
export function createLifecycle(parts: Part[], log: Logger): Lifecycle {
  const started: Part[] = [];

  async function stop(): Promise<void> {
    for (let part = started.pop(); part; part = started.pop()) {
      const { name } = part;
      await part.stop().catch((error: unknown) => log.error({ err: error, part: name }, 'a part did not stop cleanly'));
    }
  }

  async function start(): Promise<void> {
    for (const part of parts) {
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

/**
 * Runs a process: start, one line `ready`, then drain on SIGTERM or SIGINT, or when a supervising parent goes away
 * (`isParentWatched`: the parent holds our standard input open). Exits 1 when the start fails.
 */
export async function runProcess(
  lifecycle: Lifecycle,
  log: Logger,
  { isParentWatched }: { isParentWatched: boolean },
): Promise<void> {
  const grace = closeWithGrace({ delay: STOP_DEADLINE_MS, logger: false }, async ({ err, signal }) => {
    if (err) log.fatal({ err }, 'stopping after an error that nothing handled');
    else log.info({ signal }, 'stopping');
    await lifecycle.stop();
    log.info('stopped');
  });
  if (isParentWatched) watchParent(() => grace.close());
  try {
    await lifecycle.start();
    log.info('ready');
  } catch {
    await pause(50); // lets the log line out
    process.exit(1);
  }
}

function watchParent(onGone: () => void): void {
  process.stdin.once('end', onGone).once('close', onGone).on('error', onGone).resume();
}
