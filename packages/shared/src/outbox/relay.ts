import type mongoose from 'mongoose';
import type { Publisher, StreamState } from '../bus/index.ts';
import type { Kind, Names, OutboxState, Service } from '../contracts/index.ts';
import {
  AppError,
  type Clock,
  type Instant,
  jitterMs,
  type Logger,
  type Metrics,
  type Part,
  shiftInstant,
} from '../kernel/index.ts';
import { readError } from './driver-errors.ts';
import { rearmDocuments } from './rearm.ts';
import { createClearer } from './relay-clear.ts';
import { createRelayMetrics } from './relay-metrics.ts';
import { createPublishing } from './relay-publish.ts';
import { createRounds } from './relay-rounds.ts';
import type { RelaySource } from './relay-source.ts';
import { findPending, SWEEP_MAX } from './relay-sweep.ts';
import { createStreamLedger, type StreamLedger } from './stream-ledger.ts';

const SWEEP_EVERY_MS = 1_000;
/** While more waits than one sweep names, the next comes as soon as its documents are mostly done. */
const BACKLOG_SWEEP_MS = 50;
/** Younger changes are left to whoever wrote them, so that replicas do not publish the same. */
const SWEEP_AGE_MS = 5_000;
/** How often a backlog is counted: up to 50,000 index entries, which is too much for each of its sweeps. */
const COUNT_EVERY_MS = 1_000;
/** More pending documents than this, and writes are refused until the stream takes changes again. */
const PENDING_TOTAL_MAX = 50_000;
const FULL_RETRY_MS = 5_000;

/** Publishes what stores have committed. Runs in each replica of the owner, without a leader: repeats are harmless. */
export type Relay = Part & {
  /** Called by each store when it is made. */
  register(source: RelaySource): void;
  /** Says that a document has committed something; never waits and never throws. */
  wake(kind: Kind, id: string, note?: { traceparent?: string; isNewlyPending?: boolean }): void;
  /** Throws UNAVAILABLE `outbox.full` while too many documents wait to be published. */
  requireRoom(): void;
  /** Documents with pending changes and the age of the oldest, as MongoDB has them now. */
  state(): Promise<OutboxState>;
  /** Publishes again what has changed since a moment: the stream has lost it. Answers how many documents. */
  rearm(since: Instant): Promise<{ documents: number }>;
  /** The stores of this relay. */
  sources(): Iterable<RelaySource>;
};

export type RelayOptions = {
  connection: mongoose.Connection;
  publisher: Publisher;
  /** With it the relay notices a stream that has lost what it acknowledged, and publishes that again by itself. */
  streamInfo?: () => Promise<StreamState>;
  service: Service;
  names: Names;
  log: Logger;
  clock: Clock;
  metrics: Metrics;
};

export function createRelay(options: RelayOptions): Relay {
  const { connection, service, names, log, clock, metrics } = options;
  const sources = new Map<Kind, RelaySource>();
  const figures = createRelayMetrics(metrics);
  const ledger = createLedger(options, sources, {
    oldestPendingMs: () => oldestMs,
    onRearmed: () => {
      isBacklog = true;
    },
  });
  const publishing = createPublishing({
    connection,
    publisher: ledger.publisher,
    service,
    names,
    clock,
    clearer: createClearer(),
    metrics: figures,
  });
  const rounds = createRounds({ publishing, onCleared, metrics: figures, log, clock });
  let timer: NodeJS.Timeout | undefined;
  let isRunning = false;
  /** True until a sweep has named all that waits: what is found then is taken whatever its age. */
  let isBacklog = true;
  /** Kept by wakes and clears, put right by each sweep. */
  let pendingTotal = 0;
  let countedMs = 0;
  let oldestMs = 0;

  function onCleared(): void {
    pendingTotal = Math.max(0, pendingTotal - 1);
  }

  async function measure({ isCounted }: { isCounted: boolean }) {
    const countMax = isCounted ? PENDING_TOTAL_MAX + 1 : undefined;
    if (isCounted) countedMs = clock.nowMs();
    const found = await findPending({ connection, sources: sources.values(), clock, countMax });
    pendingTotal = isCounted || !found.isCut ? found.pending : Math.max(pendingTotal, found.pending);
    oldestMs = found.oldestMs;
    figures.measured({ pending: pendingTotal, oldestMs });
    return found;
  }

  /** Finds what no wake told of: after a crash, a full queue, or the end of another replica. */
  async function sweep(): Promise<void> {
    const dueBefore = shiftInstant(clock.now(), -SWEEP_AGE_MS);
    let pauseMs = jitterMs(SWEEP_EVERY_MS);
    try {
      const { oldest, isCut } = await measure({ isCounted: clock.nowMs() - countedMs >= COUNT_EVERY_MS });
      const due = isBacklog ? oldest : oldest.filter(({ pendingSince }) => pendingSince <= dueBefore);
      for (const { source, id } of due) rounds.add({ source, id });
      isBacklog &&= isCut;
      if (isCut && rounds.waiting() < SWEEP_MAX / 2) pauseMs = BACKLOG_SWEEP_MS;
    } catch (error) {
      if (isRunning) rounds.failed(error);
    }
    if (isRunning) timer = setTimeout(() => void sweep(), pauseMs);
  }

  return {
    name: 'relay',
    async start() {
      isRunning = true;
      rounds.start();
      await sweep();
      if (options.streamInfo) await ledger.start();
    },
    async stop() {
      isRunning = false;
      clearTimeout(timer);
      await rounds.stop();
      if (options.streamInfo) await ledger.stop();
    },
    register: (source) => void sources.set(source.kind, source),
    wake(kind, id, { traceparent, isNewlyPending = false } = {}) {
      if (isNewlyPending) pendingTotal += 1;
      const source = sources.get(kind);
      if (source) rounds.add({ source, id, ...(traceparent ? { traceparent } : {}) });
    },
    requireRoom() {
      if (pendingTotal <= PENDING_TOTAL_MAX) return;
      throw AppError.unavailable('outbox.full', 'Too many changes wait to be published.', {
        retryAfterMs: FULL_RETRY_MS,
      });
    },
    state: () =>
      asReader(service, async () => {
        const found = await measure({ isCounted: true });
        return { pending: found.pending, oldestMs: found.oldestMs };
      }),
    rearm: (since) => asReader(service, async () => ({ documents: await ledger.heal(since) })),
    sources: () => sources.values(),
  };
}

/** What goes wrong in the database reaches callers as their errors. */
async function asReader<T>(service: Service, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw readError(error, service);
  }
}

type LedgerHooks = { oldestPendingMs(): number; onRearmed(): void };

function createLedger(
  { connection, publisher, streamInfo, clock, log }: RelayOptions,
  sources: Map<Kind, RelaySource>,
  { oldestPendingMs, onRearmed }: LedgerHooks,
): StreamLedger {
  return createStreamLedger({
    connection,
    publisher,
    streamInfo: streamInfo ?? (() => Promise.reject(new Error('The stream is not watched.'))),
    oldestPendingMs,
    rearm: async ({ since, round }) => {
      const documents = await rearmDocuments(connection, sources.values(), { since, round, now: clock.now() });
      onRearmed();
      return documents;
    },
    clock,
    log,
  });
}
