import { AckPolicy, type ConsumerConfig, type ConsumerInfo, DeliverPolicy, nanos } from 'nats';
import type { Connection } from './connection.ts';
import { apiErrorOf, CONSUMER_NOT_FOUND, ensureStreams, STREAM_NOT_FOUND } from './streams.ts';

/** Where a durable begins; matters only when it is made. */
export type From = { type: 'all' } | { type: 'sequence'; sequence: number };
export type DurableOptions = {
  durable: string;
  subjects: string[];
  from: From;
  /** How long the server waits for word of a change before it hands it over again; 60 s without it. */
  ackWaitMs?: number | undefined;
};

export const ACK_WAIT_MS = 60_000;
const MAX_ACK_PENDING = 4_000;
/** The consumer with this name and other settings was made by another replica at the same moment. */
const CONSUMER_EXISTS = 10148;

/** Looks a durable up. Undefined when it, or its stream, is gone. */
export async function findDurable({ jsm, names }: Connection, durable: string): Promise<ConsumerInfo | undefined> {
  try {
    return await jsm.consumers.info(names.changesStream, durable);
  } catch (error) {
    const code = apiErrorOf(error);
    if (code === CONSUMER_NOT_FOUND || code === STREAM_NOT_FOUND) return undefined;
    throw error;
  }
}

/** `isNew`: it had to be made, so nothing is known of what came before its beginning. */
export type Durable = { info: ConsumerInfo; isNew: boolean };

/** Finds the durable, bringing its settings to the wanted ones, or makes it, and its stream too where that is gone. */
export async function ensureDurable(connection: Connection, options: DurableOptions): Promise<Durable> {
  const { jsm, names, log } = connection;
  const { durable } = options;
  const found = await findDurable(connection, durable);
  if (found) return { info: await alignDurable(connection, found, options), isNew: false };
  await ensureStreams(connection);
  try {
    const info = await jsm.consumers.add(names.changesStream, configOf(options));
    log.info({ durable, from: options.from }, 'made a consumer');
    return { info, isNew: true };
  } catch (error) {
    const info = apiErrorOf(error) === CONSUMER_EXISTS ? await findDurable(connection, durable) : undefined;
    if (!info) throw error;
    return { info, isNew: false };
  }
}

async function alignDurable(
  connection: Connection,
  found: ConsumerInfo,
  options: DurableOptions,
): Promise<ConsumerInfo> {
  const wanted = updatable(options);
  const different = (Object.keys(wanted) as (keyof typeof wanted)[]).filter(
    (key) => JSON.stringify(found.config[key]) !== JSON.stringify(wanted[key]),
  );
  if (different.length === 0) return found;
  connection.log.warn({ durable: options.durable, settings: different }, 'brought a consumer to the wanted settings');
  return connection.jsm.consumers.update(connection.names.changesStream, options.durable, wanted);
}

function updatable({ subjects, ackWaitMs = ACK_WAIT_MS }: DurableOptions): Partial<ConsumerConfig> {
  return {
    ack_wait: nanos(ackWaitMs),
    max_ack_pending: MAX_ACK_PENDING,
    max_deliver: -1,
    filter_subjects: subjects,
  };
}

function configOf(options: DurableOptions): Partial<ConsumerConfig> {
  const { durable, from } = options;
  const start =
    from.type === 'all'
      ? { deliver_policy: DeliverPolicy.All }
      : { deliver_policy: DeliverPolicy.StartSequence, opt_start_seq: Math.max(1, from.sequence) };
  return { durable_name: durable, name: durable, ack_policy: AckPolicy.Explicit, ...start, ...updatable(options) };
}

/** How far a durable has come: the last change handed to anybody, and the one up to which all are done. */
export type Position = { delivered: number; done: number; pending: number };

/** Undefined when the durable, or its stream, is gone. */
export async function positionOf(connection: Connection, durable: string): Promise<Position | undefined> {
  await connection.requireUp();
  const info = await findDurable(connection, durable);
  if (!info) return undefined;
  const { delivered, ack_floor: floor, num_pending: waiting, num_ack_pending: open } = info;
  return { delivered: delivered.stream_seq, done: floor.stream_seq, pending: waiting + open };
}

/** Removes a durable; one that is gone already is no error. */
export async function deleteDurable({ jsm, names }: Connection, durable: string): Promise<void> {
  await jsm.consumers.delete(names.changesStream, durable).catch((error: unknown) => {
    const code = apiErrorOf(error);
    if (code !== CONSUMER_NOT_FOUND && code !== STREAM_NOT_FOUND) throw error;
  });
}
