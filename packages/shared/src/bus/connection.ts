import { connect, Events, type JetStreamClient, type JetStreamManager, type NatsConnection } from 'nats';
import type { Names, Service } from '../contracts/subjects.ts';
import type { Clock } from '../kernel/clock.ts';
import { AppError } from '../kernel/errors.ts';
import { jitterMs } from '../kernel/ids.ts';
import type { Logger } from '../kernel/logger.ts';
import type { Metrics } from '../kernel/metrics.ts';
import { isOverWithin, pause, retryPatiently } from '../kernel/retry.ts';
import { type BusMetrics, createBusMetrics } from './bus-metrics.ts';

/** A service that finds no NATS by then gives up starting. */
const CONNECT_DEADLINE_MS = 30_000;
const CONNECT_TRY_MS = 5_000;
/** A shorter loss is ridden out; after it, calls and publishes fail at once instead of piling up. */
const GRACE_MS = 1_000;
const GRACE_POLL_MS = 20;
const RECONNECT_WAIT_MS = 500;
/** Two unanswered pings make a half-open connection known within half a minute. */
const PING_INTERVAL_MS = 10_000;
/** Deadline of requests to JetStream's API. */
const API_DEADLINE_MS = 5_000;
/** A server that answers does so in milliseconds; on a half-open link it never will, and a stop must not wait for it. */
const FLUSH_DEADLINE_MS = 2_000;
const DRAIN_DEADLINE_MS = 5_000;

type Shared = { names: Names; service: Service; log: Logger; clock: Clock };
export type ConnectionOptions = Shared & {
  url: string;
  metrics?: Metrics;
  /**
   * Told when the connection has ended for good without being asked to. By default the error is thrown where nobody
   * catches it: a service without its bus can do nothing more, so its process stops and whoever runs it starts another.
   */
  onLost?: (error: AppError) => void;
};

/** One connection to NATS and what is known of its state; shared by everything in this room. */
export type Connection = Shared & {
  nc: NatsConnection;
  js: JetStreamClient;
  jsm: JetStreamManager;
  metrics: BusMetrics;
  isUp(): boolean;
  /**
   * Rides out a short loss, then throws UNAVAILABLE `bus.disconnected`; what is sent meanwhile would be thrown away by
   * the client when it dials again.
   */
  requireUp(): Promise<void>;
  /** Waits for the connection; ends without an error when the signal aborts. */
  untilUp(signal: AbortSignal): Promise<void>;
  /** Calls back after each reconnect until the answered function is called. */
  onReconnect(listener: () => void): () => void;
  /** Bytes that a message may have, headers included. */
  maxPayload(): number;
  /** Waits until the server has what was sent, at most 2 s; never throws. Answers whether it has. */
  flush(): Promise<boolean>;
  /** Lets what is under way end, then closes. */
  drain(): Promise<void>;
};

/** Connects, trying until a deadline, and from then on reconnects without end. Throws UNAVAILABLE `bus.unreachable`. */
export async function openConnection(options: ConnectionOptions): Promise<Connection> {
  const { url, metrics, onLost = throwUncaught, ...shared } = options;
  const { log, names, service } = shared;
  const nc = await connectInTime(url, names.microService(service), log);
  log.info({ server: nc.getServer(), version: nc.info?.version }, 'connected to NATS');
  const link = watchLink(nc, shared, onLost);
  return {
    ...shared,
    nc,
    js: nc.jetstream({ timeout: API_DEADLINE_MS }),
    jsm: await nc.jetstreamManager({ timeout: API_DEADLINE_MS, checkAPI: false }),
    metrics: createBusMetrics(metrics),
    isUp: () => link.downMs() === undefined,
    requireUp: async () => {
      for (let downMs = link.downMs(); downMs !== undefined; downMs = link.downMs()) {
        if (downMs > GRACE_MS) throw AppError.unavailable('bus.disconnected', 'The message bus cannot be reached.');
        await pause(GRACE_POLL_MS);
      }
    },
    untilUp: async (signal) => {
      while (link.downMs() !== undefined && !signal.aborted) await pause(RECONNECT_WAIT_MS / 2, signal);
    },
    onReconnect: (listener) => {
      link.listeners.add(listener);
      return () => link.listeners.delete(listener);
    },
    maxPayload: () => nc.info?.max_payload ?? 1024 * 1024,
    flush: () => (link.downMs() === undefined ? endsSafely(FLUSH_DEADLINE_MS, nc.flush()) : Promise.resolve(false)),
    drain: () => drain(nc, link),
  };
}

async function connectInTime(url: string, name: string, log: Logger): Promise<NatsConnection> {
  const attempt = () =>
    connect({
      servers: url.split(',').map((server) => server.trim()),
      name,
      timeout: CONNECT_TRY_MS,
      maxReconnectAttempts: -1,
      reconnectDelayHandler: () => jitterMs(RECONNECT_WAIT_MS, 0.5),
      ignoreAuthErrorAbort: true, // keys that are being exchanged: it goes on dialling, and health says so
      pingInterval: PING_INTERVAL_MS,
      noAsyncTraces: true,
    });
  try {
    return await retryPatiently(attempt, {
      forMs: CONNECT_DEADLINE_MS,
      onWait: (error) => log.warn({ reason: (error as Error).message }, 'NATS cannot be reached yet; trying on'),
    });
  } catch (cause) {
    const message = `NATS could not be reached within ${CONNECT_DEADLINE_MS / 1000} s.`;
    throw AppError.unavailable('bus.unreachable', message, { cause });
  }
}

type Link = {
  listeners: Set<() => void>;
  /** How long the connection has been lost; Infinity once it is closed, undefined while it is there. */
  downMs(): number | undefined;
  /** From now on a close is what was asked for. */
  end(): void;
};

function watchLink(nc: NatsConnection, { log, clock }: Shared, onLost: (error: AppError) => void): Link {
  const listeners = new Set<() => void>();
  let sinceMs: number | undefined;
  let isEnding = false;

  async function watch(): Promise<void> {
    for await (const { type, data } of nc.status()) {
      const server = nc.getServer();
      if (type === Events.Disconnect) {
        sinceMs ??= clock.nowMs();
        log.warn({ server }, 'lost the connection to NATS');
      } else if (type === Events.Reconnect) {
        log.info({ server, downMs: clock.nowMs() - (sinceMs ?? clock.nowMs()) }, 'connected to NATS again');
        sinceMs = undefined;
        for (const listener of listeners) listener();
      } else if (type === Events.Error) {
        log.error({ server, reason: data }, 'NATS reported an error');
      }
    }
  }

  void nc.closed().then((error) => {
    if (isEnding) return;
    log.error({ err: error }, 'the connection to NATS was closed for good');
    onLost(AppError.unavailable('bus.closed', 'The connection to the message bus has ended.', { cause: error }));
  });
  watch().catch((error: unknown) => log.error({ err: error }, 'the watch over the connection to NATS ended'));
  return {
    listeners,
    end: () => {
      isEnding = true;
    },
    downMs: () => {
      if (nc.isClosed()) return Number.POSITIVE_INFINITY;
      return sinceMs === undefined ? undefined : clock.nowMs() - sinceMs;
    },
  };
}

async function drain(nc: NatsConnection, link: Link): Promise<void> {
  link.end();
  if (link.downMs() === undefined) await endsSafely(DRAIN_DEADLINE_MS, nc.drain());
  await nc.close();
}

/** Whether the server's word came in time; a connection that breaks meanwhile is none. */
async function endsSafely(ms: number, work: Promise<unknown>): Promise<boolean> {
  return await isOverWithin(ms, work).catch(() => false);
}

function throwUncaught(error: AppError): void {
  setImmediate(() => {
    throw error;
  });
}
