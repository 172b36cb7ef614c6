import type { JsMsg } from 'nats';

export type BatchLimits = {
  maxMessages: number;
  maxBytes: number;
  /** How long a batch waits to become fuller while the server has more to send. */
  maxWaitMs: number;
};

/** What a change is taken to weigh before the first was seen. */
const FIRST_GUESS_BYTES = 8 * 1024;

/**
 * Messages between the puller and the handler. It holds about one batch, because the puller asks for no more than
 * `room()`, which goes by the number and by the weight of what came so far.
 */
export type Inbox = {
  /** Answers false, and takes nothing, when the inbox is closed. */
  push(msg: JsMsg): boolean;
  /** How many more messages may be asked for. */
  room(): number;
  /** Resolves when something was taken out, or the inbox was closed. */
  changed(): Promise<void>;
  /** The next batch, or undefined when the inbox was closed. */
  take(): Promise<JsMsg[] | undefined>;
  /** What is waiting in here. */
  held(): readonly JsMsg[];
  /** Ends both sides and answers what nobody took. */
  close(): JsMsg[];
  /** When the oldest message in here was stored, milliseconds since the epoch. */
  oldestMs(): number | undefined;
};

export function createInbox({ maxMessages, maxBytes, maxWaitMs }: BatchLimits): Inbox {
  const queue: JsMsg[] = [];
  let queuedBytes = 0;
  let averageBytes = FIRST_GUESS_BYTES;
  let isClosed = false;
  let wake = Promise.withResolvers<void>();

  function notify(): void {
    wake.resolve();
    wake = Promise.withResolvers<void>();
  }

  /** Whether waiting longer would not make the batch fuller: the server has no more, or a limit is reached. */
  function isRipe(): boolean {
    const last = queue.at(-1);
    return (
      last === undefined ||
      last.info.pending === 0 ||
      countWithin(queue, maxMessages, maxBytes) < queue.length ||
      queue.length >= maxMessages
    );
  }

  async function ripen(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    let isLate = false;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(() => {
        isLate = true;
        resolve();
      }, maxWaitMs);
    });
    while (!isRipe() && !isLate && !isClosed) await Promise.race([wake.promise, late]);
    clearTimeout(timer);
  }

  return {
    push: (msg) => {
      if (isClosed) return false;
      queue.push(msg);
      queuedBytes += msg.data.byteLength;
      averageBytes = Math.max(1, averageBytes * 0.9 + msg.data.byteLength * 0.1);
      notify();
      return true;
    },
    room: () => {
      if (isClosed || queuedBytes >= maxBytes) return 0;
      const byWeight = Math.max(1, Math.floor((maxBytes - queuedBytes) / averageBytes));
      return Math.max(0, Math.min(maxMessages - queue.length, byWeight)); // a repeated request may bring more than was asked for
    },
    changed: () => wake.promise,
    take: async () => {
      while (queue.length === 0 && !isClosed) await wake.promise;
      await ripen();
      if (isClosed) return undefined;
      const batch = queue.splice(0, countWithin(queue, maxMessages, maxBytes));
      for (const msg of batch) queuedBytes -= msg.data.byteLength;
      notify();
      return batch;
    },
    held: () => queue,
    close: () => {
      isClosed = true;
      notify();
      return queue.splice(0);
    },
    oldestMs: () => (queue.length === 0 ? undefined : Math.min(...queue.map((msg) => msg.info.timestampNanos / 1e6))),
  };
}

/** How many of the first messages fit; at least one, so that a large one is not stuck. */
function countWithin(queue: JsMsg[], maxMessages: number, maxBytes: number): number {
  let bytes = 0;
  let count = 0;
  for (const msg of queue) {
    bytes += msg.data.byteLength;
    if (count > 0 && (count >= maxMessages || bytes > maxBytes)) break;
    count += 1;
  }
  return count;
}
