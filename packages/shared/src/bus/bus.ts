import type { BytesRpcName, JsonRpcName, ReplyOf, RequestOf } from '../contracts/rpc.ts';
import type { Names, Service } from '../contracts/subjects.ts';
import { type Clock, systemClock } from '../kernel/clock.ts';
import type { Context } from '../kernel/context.ts';
import type { Logger } from '../kernel/logger.ts';
import type { Metrics } from '../kernel/metrics.ts';
import type { HealthCheck } from '../kernel/ops-server.ts';
import { openConnection } from './connection.ts';
import { type ConsumeOptions, type Consumer, consume } from './consumer.ts';
import { createDeadLetterBox, type DeadLetterBox } from './dead-letter-box.ts';
import { deleteDurable, type Position, positionOf } from './durable.ts';
import { type Following, type FollowOptions, follow } from './follower.ts';
import { createLeases, type Leases } from './leases.ts';
import { type Listening, type ListenOptions, listen } from './listener.ts';
import { createPublisher, type Publisher } from './publisher.ts';
import { createRpcClient, type ReadyReply } from './rpc-client.ts';
import { type ServeOptions, type Serving, serve } from './rpc-server.ts';
import { createStreamKeeper } from './stream-keeper.ts';
import { type StreamState, streamInfo } from './streams.ts';
import { createUploads, type Uploads } from './uploads.ts';

/** Everything that a service says and hears; the only way to NATS. */
export type Bus = {
  names: Names;
  /** Calls another service and answers its JSON, checked. Errors: see `createRpcClient`. */
  call<N extends JsonRpcName>(ctx: Context, name: N, request: RequestOf<N>): Promise<ReplyOf<N>>;
  /** Calls another service and answers ready bytes with what is known of them. */
  callBytes<N extends BytesRpcName>(ctx: Context, name: N, request: RequestOf<N>): Promise<ReadyReply>;
  serve(options: ServeOptions): Promise<Serving>;
  /** Puts changes into CHANGES. */
  publisher: Publisher;
  /** Creates or updates CHANGES and DEAD_LETTERS; safe to repeat and to do at once from several services. */
  ensureStreams(): Promise<void>;
  consume(options: ConsumeOptions): Promise<Consumer>;
  /** Brings about what follows from changes, in one of the replicas, for as long as that takes. */
  follow(options: FollowOptions): Promise<Following>;
  listen(options: ListenOptions): Promise<Listening>;
  streamInfo(): Promise<StreamState>;
  /** How far a durable of CHANGES has come; undefined when it is not there. */
  positionOf(durable: string): Promise<Position | undefined>;
  /** Removes a durable of CHANGES; one that is gone already is no error. */
  removeDurable(durable: string): Promise<void>;
  /** Lets one of several replicas do a piece of work. */
  leases: Leases;
  /** What was uploaded to be imported. */
  uploads: Uploads;
  /** What consumers have set aside. */
  deadLetters: DeadLetterBox;
  /** Whether NATS is connected. */
  check: HealthCheck;
  /** Stops what still serves, consumes or listens, lets it end, and closes the connection. */
  close(): Promise<void>;
};

export type BusOptions = { url: string; names: Names; service: Service; log: Logger; metrics?: Metrics; clock?: Clock };

/** Connects to NATS (`url`, or several with commas between), trying for 30 s. Throws UNAVAILABLE `bus.unreachable`. */
export async function connectBus({ clock = systemClock, ...options }: BusOptions): Promise<Bus> {
  const connection = await openConnection({ ...options, clock });
  const open = new Set<{ stop(): Promise<void> }>();
  const streams = createStreamKeeper(connection);

  async function keep<T extends { stop(): Promise<void> }>(starting: Promise<T>): Promise<T> {
    const part = await starting;
    open.add(part);
    return part;
  }

  return {
    names: options.names,
    ...createRpcClient(connection),
    serve: (serveOptions) => keep(serve(connection, serveOptions)),
    publisher: createPublisher(connection, options.names.changesStream, streams.restore),
    ensureStreams: streams.ensure,
    consume: (consumeOptions) => keep(consume(connection, consumeOptions)),
    follow: (followOptions) => keep(follow(connection, followOptions)),
    listen: (listenOptions) => keep(listen(connection, listenOptions)),
    streamInfo: () => streamInfo(connection),
    positionOf: (durable) => positionOf(connection, durable),
    removeDurable: (durable) => deleteDurable(connection, durable),
    leases: createLeases(connection),
    uploads: createUploads(connection),
    deadLetters: createDeadLetterBox(connection),
    check: async () => (connection.isUp() ? null : 'The connection to NATS is lost.'),
    close: async () => {
      await Promise.allSettled([...open].map((part) => part.stop()));
      await connection.drain();
    },
  };
}
