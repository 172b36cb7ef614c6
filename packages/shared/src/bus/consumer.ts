import type { ConsumerInfo, JsMsg } from 'nats';
import type { Logger } from '../kernel/logger.ts';
import { isOverWithin } from '../kernel/retry.ts';
import { createBatchHandler, type Handle } from './batch-handler.ts';
import type { Connection } from './connection.ts';
import { supervise } from './consumer-supervisor.ts';
import { createDeadLetters } from './dead-letters.ts';
import { ACK_WAIT_MS, type DurableOptions, deleteDurable, ensureDurable, findDurable } from './durable.ts';
import { type BatchLimits, createInbox } from './inbox.ts';
import { type ConsumerState, createProgress } from './progress.ts';

export type ConsumeOptions = DurableOptions & {
  /** A batch is handed over at once when nothing more is waiting, else when one of the limits is reached. */
  batch: BatchLimits;
  /** One outcome per delivery in the same order, within 20 s unless `isPatient`. A throw is `retry` for all. */
  handle: Handle;
  /** Whether the server is told, while changes are in hand, that they are worked on, however long that takes. */
  isPatient?: boolean | undefined;
  log: Logger;
};

export type Consumer = {
  /** Whether the durable had to be made: nothing is known of what came before `from`. */
  isNew: boolean;
  /** Ends at a message boundary: the batch in hand is finished (15 s), the rest is given back at once. */
  stop(): Promise<void>;
  state(): Promise<ConsumerState>;
  /** Stops and removes the durable from the server. */
  deleteDurable(): Promise<void>;
};

const STOP_DEADLINE_MS = 15_000;
/** Word comes so many times within the server's patience, so that one may be lost. */
const KEEP_ALIVE_PARTS = 3;
/** Longer than this no server is waited for to end a request. */
const LEAVE_DEADLINE_MS = 2_000;

/** Starts a durable pull consumer that replicas share. Resolves when the durable exists. */
export async function consume(shared: Connection, options: ConsumeOptions): Promise<Consumer> {
  const { durable, subjects, from, handle, ackWaitMs = ACK_WAIT_MS, isPatient } = options;
  const connection = { ...shared, log: options.log.child({ durable }) };
  const { log, clock } = connection;
  const inbox = createInbox(options.batch);
  const progress = createProgress(clock);
  const deadLetters = createDeadLetters(connection, durable);
  const handleBatch = createBatchHandler({
    handle,
    log,
    deadLetters,
    isPatient,
    onSettled: (type) => connection.metrics.consumed(durable, type),
  });
  const ending = new AbortController();
  let inHand: JsMsg[] = [];

  async function work(): Promise<void> {
    for (let batch = await inbox.take(); batch; batch = await inbox.take()) {
      inHand = batch;
      progress.advance(await handleBatch(batch));
      inHand = [];
      measure(connection.isUp());
    }
  }

  /** Sets the figures whenever something new is known, whether or not anybody asks for the state. */
  function measure(isKnown: boolean): ConsumerState {
    const state = progress.state(oldestOf(inHand) ?? inbox.oldestMs(), isKnown);
    connection.metrics.consumer(durable, state);
    return state;
  }

  function note(info: ConsumerInfo): void {
    progress.note(info);
    measure(true);
  }

  /** A repeat of what is being worked on would have another replica work on it too. */
  function keepAlive(): void {
    if (connection.isUp()) for (const msg of [...inHand, ...inbox.held()]) msg.working();
  }

  const { info, isNew } = await ensureDurable(connection, { durable, subjects, from, ackWaitMs });
  note(info);
  const pulling = supervise(connection, {
    durable,
    subjects,
    from,
    ackWaitMs,
    inbox,
    onInfo: note,
    signal: ending.signal,
  });
  const working = work();
  const alive = isPatient ? setInterval(keepAlive, ackWaitMs / KEEP_ALIVE_PARTS) : undefined;

  let stopping: Promise<void> | undefined;
  async function stop(): Promise<void> {
    ending.abort();
    for (const msg of inbox.close()) msg.nak();
    const leaving = isOverWithin(LEAVE_DEADLINE_MS, pulling);
    const isOver = await isOverWithin(STOP_DEADLINE_MS, working);
    clearInterval(alive);
    if (!isOver) log.warn('stopped while a batch was being handled; it will be delivered again');
    await leaving;
    await connection.flush();
  }
  function stopOnce(): Promise<void> {
    stopping ??= stop();
    return stopping;
  }

  return {
    isNew,
    stop: stopOnce,
    state: async () => {
      const current = connection.isUp() ? await findDurable(connection, durable).catch(() => undefined) : undefined;
      if (current) progress.note(current);
      return measure(current !== undefined);
    },
    deleteDurable: async () => {
      await stopOnce();
      await deleteDurable(connection, durable);
    },
  };
}

function oldestOf(messages: JsMsg[]): number | undefined {
  return messages.length === 0 ? undefined : Math.min(...messages.map((msg) => msg.info.timestampNanos / 1e6));
}
