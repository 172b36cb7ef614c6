import type { ConsumerInfo } from 'nats';
import type { Instant } from '../kernel/clock.ts';
import { backoffMs, pause } from '../kernel/retry.ts';
import type { Connection } from './connection.ts';
import { type DurableOptions, deleteDurable, ensureDurable, type From } from './durable.ts';
import type { Inbox } from './inbox.ts';
import { pull } from './pull.ts';
import { streamInfo } from './streams.ts';

const RESTART = { firstMs: 100, maxMs: 5_000 };
/** So many empty requests while the server says that there is something: the consumer is stuck and is made anew. */
const STUCK_CHECKS = 3;

export type SupervisorOptions = DurableOptions & {
  inbox: Inbox;
  signal: AbortSignal;
  onInfo(info: ConsumerInfo): void;
};

/** The stream that the durable was last seen on, and where to make it again there. */
type Known = { createdAt: Instant; next: From };

/**
 * Where to begin when the durable has to be made again: behind what was done; at the start of another stream, and of one
 * that lost its end, whose numbers are given out a second time.
 */
export function buildRestart(
  { createdAt, next }: Known,
  stream: { createdAt: Instant; lastSequence: number } | undefined,
): From {
  const isSame = createdAt === stream?.createdAt && (next.type === 'all' || next.sequence <= stream.lastSequence + 1);
  return isSame ? next : { type: 'all' };
}

/**
 * Keeps messages coming until the signal: whatever ends a request (a lost connection, a deleted consumer or stream, a
 * silent server), the durable is looked for, made again where it is gone, and asked again.
 */
export async function supervise(connection: Connection, options: SupervisorOptions): Promise<void> {
  const { log } = connection;
  const { signal, durable } = options;
  let known: Known | undefined;
  let failures = 0;

  async function restartPoint(): Promise<From> {
    if (!known) return options.from;
    return buildRestart(known, await streamInfo(connection).catch(() => undefined));
  }

  async function note(info: ConsumerInfo): Promise<{ isAhead: boolean }> {
    const { createdAt, lastSequence } = await streamInfo(connection);
    const floor = info.ack_floor.stream_seq;
    known = { createdAt, next: floor > 0 ? { type: 'sequence', sequence: floor + 1 } : options.from };
    options.onInfo(info);
    return { isAhead: info.delivered.stream_seq > lastSequence };
  }

  async function pullUntilFault(): Promise<void> {
    const { info } = await ensureDurable(connection, { ...options, from: await restartPoint() });
    await note(info);
    const consumer = connection.js.consumers.getPullConsumerFor(info);
    for (let emptyCount = 0; !signal.aborted; ) {
      const size = options.inbox.room();
      if (size === 0) {
        await options.inbox.changed();
        continue;
      }
      const received = await pull(consumer, {
        size,
        signal,
        onMessage: (msg) => void (options.inbox.push(msg) || msg.nak()),
      });
      failures = 0;
      if (received > 0 || signal.aborted) {
        emptyCount = 0;
        continue;
      }
      const current = await consumer.info();
      const { isAhead } = await note(current);
      const isStarved =
        current.num_pending > 0 && current.num_ack_pending < (current.config.max_ack_pending ?? Infinity);
      emptyCount = isStarved ? emptyCount + 1 : 0;
      if (isAhead) await remake('it is ahead of its stream', { type: 'all' });
      if (emptyCount >= STUCK_CHECKS) await remake('it does not deliver');
    }
  }

  async function remake(why: string, next?: From): Promise<never> {
    log.error({ durable, why }, 'making a consumer anew');
    await deleteDurable(connection, durable);
    if (known && next) known = { ...known, next };
    throw new Error(`The consumer is made anew: ${why}.`);
  }

  while (!signal.aborted) {
    try {
      await connection.untilUp(signal);
      if (!signal.aborted) await pullUntilFault();
    } catch (error) {
      if (signal.aborted) return;
      failures += 1;
      log.warn({ durable, failures, reason: (error as Error).message }, 'a consumer stopped; starting it again');
      await pause(backoffMs(failures, RESTART), signal);
    }
  }
}
