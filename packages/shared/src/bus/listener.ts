import { AckPolicy, DeliverPolicy, type JsMsg, nanos } from 'nats';
import type { Change } from '../contracts/change.ts';
import { AppError } from '../kernel/errors.ts';
import type { Logger } from '../kernel/logger.ts';
import { backoffMs, isOverWithin, pause } from '../kernel/retry.ts';
import type { Connection } from './connection.ts';
import { PoisonError, readDelivery } from './delivery.ts';
import { pull } from './pull.ts';
import { ensureStreams } from './streams.ts';

export type ListenOptions = {
  subjects: string[];
  /** Called once per change, in the stream's order. A throw is logged and the change passed over. */
  onChange: (change: Change) => void;
  /** Changes may have been missed: load again. Called when listening began, and after each restart. */
  onGap?: () => void;
  log: Logger;
};
export type Listening = { stop(): Promise<void> };

const PULL_SIZE = 256;
/** The server removes a listener that nobody asks for this long. */
const INACTIVE_MS = 60_000;
const BEGIN_DEADLINE_MS = 30_000;
const STOP_DEADLINE_MS = 10_000;
const RESTART = { firstMs: 100, maxMs: 5_000 };

/**
 * Listens from now on with an ephemeral consumer of this process alone. Each session checks that deliveries are numbered
 * without a gap; whatever breaks one (a lost connection, a restarted server, a deleted stream) starts the next, with `onGap`.
 * Resolves when the first session has begun.
 */
export async function listen(connection: Connection, options: ListenOptions): Promise<Listening> {
  const { log } = options;
  const ending = new AbortController();
  const begun = Promise.withResolvers<void>();

  async function run(): Promise<void> {
    for (let failures = 0; !ending.signal.aborted; ) {
      const session = new AbortController();
      const forget = connection.onReconnect(() => session.abort());
      const signal = AbortSignal.any([ending.signal, session.signal]);
      try {
        await connection.untilUp(ending.signal);
        await runSession(connection, options, { signal, onBegin: () => begun.resolve() });
        failures = 0;
      } catch (error) {
        failures += 1;
        log.warn({ failures, reason: (error as Error).message }, 'a listener stopped; starting it again');
        await pause(backoffMs(failures, RESTART), ending.signal);
      } finally {
        forget();
      }
    }
  }

  const running = run();
  const stop = async () => {
    ending.abort();
    await isOverWithin(STOP_DEADLINE_MS, running);
  };
  if (!(await isOverWithin(BEGIN_DEADLINE_MS, begun.promise))) {
    await stop();
    throw AppError.unavailable('bus.not-listening', 'Listening to changes could not begin.');
  }
  return { stop };
}

async function runSession(
  connection: Connection,
  options: ListenOptions,
  { signal, onBegin }: { signal: AbortSignal; onBegin: () => void },
): Promise<void> {
  const { jsm, js, names } = connection;
  const { subjects, onGap, log } = options;
  await ensureStreams(connection);
  const info = await jsm.consumers.add(names.changesStream, {
    ack_policy: AckPolicy.None,
    deliver_policy: DeliverPolicy.New,
    filter_subjects: subjects,
    inactive_threshold: nanos(INACTIVE_MS),
    mem_storage: true,
    num_replicas: 1,
  });
  call(log, () => onGap?.());
  onBegin();
  const consumer = js.consumers.getPullConsumerFor(info);
  let expected = 1;
  const onMessage = (msg: JsMsg) => {
    const { deliverySequence } = msg.info;
    if (deliverySequence !== expected)
      throw new Error(`Delivery ${deliverySequence} came where ${expected} was expected.`);
    expected += 1;
    call(log, () => options.onChange(readDelivery(msg).change));
  };
  try {
    while (!signal.aborted) await pull(consumer, { size: PULL_SIZE, signal, onMessage });
  } finally {
    if (connection.isUp()) await consumer.delete().catch(() => undefined);
  }
}

function call(log: Logger, work: () => void): void {
  try {
    work();
  } catch (error) {
    const isPoison = error instanceof PoisonError; // a consumer sets it aside and says so
    log[isPoison ? 'debug' : 'error']({ err: error }, 'a change was passed over by a listener');
  }
}
