import { AppError, type Clock, failpoint, isOverWithin, type Logger } from '../kernel/index.ts';
import type { RelayMetrics } from './relay-metrics.ts';
import { createOutage } from './relay-outage.ts';
import type { Prepared, Publishing } from './relay-publish.ts';
import { createWakeQueue, type Wake } from './relay-queue.ts';
import type { RelaySource } from './relay-source.ts';

/** Documents in work at the same time, and rounds of reading that may run beside each other. */
const WINDOW = 128;
const ROUNDS_MAX = 4;
const QUEUE_MAX = 10_000;
const STOP_WAIT_MS = 5_000;
/** How long a document rests that cannot be turned into a message; it stays pending. */
const SET_ASIDE_MS = 60_000;
const SET_ASIDE_MAX = 1_000;

/** Takes documents from a bounded queue and publishes them, a window at a time. */
export type Rounds = {
  add(wake: Wake): void;
  waiting(): number;
  failed(error: unknown): void;
  start(): void;
  /** Takes nothing more and waits, at most 5 s, for what is in work. */
  stop(): Promise<void>;
};

export type RoundsOptions = {
  publishing: Publishing;
  onCleared(): void;
  metrics: RelayMetrics;
  log: Logger;
  clock: Clock;
};

export function createRounds({ publishing, onCleared, metrics, log, clock }: RoundsOptions): Rounds {
  const queue = createWakeQueue({ max: QUEUE_MAX });
  const outage = createOutage({ log, clock });
  const setAside = new Map<string, number>();
  const rounds = new Set<Promise<void>>();
  let timer: NodeJS.Timeout | undefined;
  let isRunning = false;
  let reading = 0;

  function pump(): void {
    if (!isRunning || queue.waiting() === 0) return;
    const pauseMs = outage.pauseMs();
    if (pauseMs > 0) {
      clearTimeout(timer);
      timer = setTimeout(pump, pauseMs);
      return;
    }
    const room = outage.window(WINDOW) - queue.inWork();
    if (room <= 0 || reading >= ROUNDS_MAX) return;
    const round = runRound(queue.take(room)).finally(() => rounds.delete(round));
    rounds.add(round);
  }

  /** Documents of one kind are read together, then each goes its own way. */
  async function runRound(wakes: Wake[]): Promise<void> {
    const bySource = Map.groupBy(wakes, ({ source }) => source);
    await Promise.all([...bySource].map(([source, some]) => runSource(source, some)));
  }

  async function runSource(source: RelaySource, wakes: Wake[]): Promise<void> {
    failpoint('relay.queued-not-read');
    reading += 1;
    const prepared = await publishing.prepare(source, wakes).catch((error: unknown) => {
      for (const wake of wakes) repeat(wake, error);
    });
    reading -= 1;
    pump();
    if (prepared) await Promise.all(wakes.map((wake) => ship(wake, prepared)));
  }

  async function ship(wake: Wake, prepared: Prepared): Promise<void> {
    const document = prepared.documents.get(wake.id);
    try {
      if (document) {
        await publishing.publish(wake, document, prepared);
        outage.succeeded();
      }
      const isAgain = queue.finish(wake);
      if (document && !isAgain) onCleared();
    } catch (error) {
      repeat(wake, error);
    }
    pump();
  }

  /** Nothing is dropped: the document stays pending in MongoDB, and waits again here or is found by the sweep. */
  function repeat(wake: Wake, error: unknown): void {
    metrics.failed();
    queue.finish(wake);
    if (isDocumentFault(error)) {
      log.error({ err: error, id: wake.id }, 'a document cannot be published; it stays pending');
      if (setAside.size < SET_ASIDE_MAX) setAside.set(wake.id, clock.nowMs() + SET_ASIDE_MS);
      return;
    }
    outage.failed(error);
    queue.add(wake);
  }

  return {
    add(wake) {
      const restsUntilMs = setAside.get(wake.id);
      if (!isRunning || (restsUntilMs !== undefined && restsUntilMs > clock.nowMs())) return;
      setAside.delete(wake.id);
      queue.add(wake);
      setImmediate(pump);
    },
    waiting: () => queue.waiting(),
    failed: (error) => outage.failed(error),
    start() {
      isRunning = true;
    },
    async stop() {
      isRunning = false;
      clearTimeout(timer);
      await isOverWithin(STOP_WAIT_MS, Promise.allSettled(rounds));
    },
  };
}

/** Whether a failure lies in the document itself, so that others can still be published. */
function isDocumentFault(error: unknown): boolean {
  if (error instanceof AppError) return error.code !== 'UNAVAILABLE' && error.code !== 'TIMEOUT';
  return error instanceof TypeError || error instanceof RangeError;
}
