import type mongoose from 'mongoose';
import type { Publisher, StreamState } from '../bus/index.ts';
import {
  type Clock,
  failpoint,
  type Instant,
  jitterMs,
  type Logger,
  type Part,
  shiftInstant,
} from '../kernel/index.ts';
import { databaseOf } from './connect.ts';
import { findFault, type Mark, momentBefore, type StreamFault } from './stream-fault.ts';

/** What the owner remembers of the stream: which one it is, how far it had come by when, and how often it was healed. */
type LedgerRow = { _id: 'changes'; createdAt?: Instant; marks: Mark[]; round: number };

const LOOK_EVERY_MS = 2_000;
/** Marks that are kept: an hour of steady writing. */
const MARKS_KEPT = 1_800;
const STATEMENT_MS = 5_000;
const ALARM = 'ALARM: the stream has lost changes that it had acknowledged';
/** Published again is also what changed this long before the last moment that was surely good. */
const MARGIN_MS = 10 * 60 * 1000;

export type LedgerOptions = {
  connection: mongoose.Connection;
  publisher: Publisher;
  /** Throws while there is no stream or no NATS. */
  streamInfo: () => Promise<StreamState>;
  /** Milliseconds that the oldest pending change has waited: what is older is surely in the stream. */
  oldestPendingMs: () => number;
  /** Marks what has changed since for another round of publishing; answers how many documents. */
  rearm: (options: { since: Instant; round: number }) => Promise<number>;
  clock: Clock;
  log: Logger;
};

/**
 * Watches over the stream: it can lose what it has acknowledged (another stream of that name, or one put back from a
 * copy), and then nothing would publish it again. What is found is logged as an alarm and healed.
 */
export type StreamLedger = Part & {
  /** Publishes and looks at what the stream answers. */
  publisher: Publisher;
  /** Heals on the word of somebody else, from a moment on; answers how many documents are published again. */
  heal(since: Instant): Promise<number>;
};

export function createStreamLedger(options: LedgerOptions): StreamLedger {
  const { connection, publisher, streamInfo, oldestPendingMs, rearm, clock, log } = options;
  let known: LedgerRow = { _id: 'changes', marks: [], round: 0 };
  /** The highest sequence that was acknowledged to us. */
  let highest = 0;
  let suspicion: StreamFault | undefined;
  let looking: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let isRunning = false;

  const rows = () => databaseOf(connection).collection<LedgerRow>('outbox_stream');

  async function load(): Promise<void> {
    known = (await rows().findOne({ _id: 'changes' }, { maxTimeMS: STATEMENT_MS })) ?? known;
    highest = Math.max(highest, known.marks.at(-1)?.sequence ?? 0);
  }

  async function nextRound(): Promise<number> {
    const row = await rows().findOneAndUpdate(
      { _id: 'changes' },
      { $inc: { round: 1 }, $setOnInsert: { marks: [] } },
      { upsert: true, returnDocument: 'after', maxTimeMS: STATEMENT_MS },
    );
    return row?.round ?? 1;
  }

  async function heal(since: Instant): Promise<number> {
    const documents = await rearm({ since, round: await nextRound() });
    log.warn({ since, documents }, 'what changed since is published again');
    return documents;
  }

  async function look(): Promise<void> {
    const before = highest; // what is acknowledged while the stream is asked may not be in its answer yet
    const stream = await streamInfo();
    const fault = suspicion ?? findFault({ ...known, highest: before }, stream);
    if (fault) {
      log.error({ fault: fault.type, highest: before, stream }, ALARM);
      await heal(shiftInstant(momentBefore(fault, known.marks), -MARGIN_MS));
      failpoint('rearm.marked-not-recorded');
      suspicion = undefined;
      highest = stream.lastSequence;
      known.marks = [];
    }
    await remember(stream, fault !== undefined);
  }

  /** A mark says: what changed before `at` is in the stream up to `sequence`. */
  async function remember({ createdAt, lastSequence }: StreamState, isNew: boolean): Promise<void> {
    const at = shiftInstant(clock.now(), -oldestPendingMs());
    const sequence = Math.max(highest, isNew || known.createdAt === undefined ? lastSequence : 0);
    highest = sequence;
    const last = known.marks.at(-1);
    // While nothing is acknowledged, the same mark moves on in time.
    const kept = last?.sequence === sequence ? known.marks.slice(0, -1) : known.marks;
    known = { ...known, createdAt, marks: [...kept, { sequence, at }].slice(-MARKS_KEPT) };
    const { marks } = known;
    await rows().updateOne(
      { _id: 'changes' },
      { $set: { createdAt, marks }, $setOnInsert: { round: 0 } },
      { upsert: true, maxTimeMS: STATEMENT_MS },
    );
  }

  /** One look at a time; without a stream or a database there is nothing to see, and the next look comes soon. */
  function lookOnce(): Promise<void> {
    looking ??= look()
      .catch((error: unknown) => log.debug({ err: error }, 'the stream could not be looked at'))
      .finally(() => {
        looking = undefined;
      });
    return looking;
  }

  async function lookAgain(): Promise<void> {
    await lookOnce();
    if (isRunning) timer = setTimeout(() => void lookAgain(), jitterMs(LOOK_EVERY_MS));
  }

  return {
    name: 'stream ledger',
    heal,
    publisher: {
      publish: async (publication) => {
        const before = highest;
        const stored = await publisher.publish(publication);
        if (!stored.isDuplicate && stored.sequence <= before) {
          suspicion ??= { type: 'overtaken', sequence: stored.sequence };
          void lookOnce();
        } else highest = Math.max(highest, stored.isDuplicate ? 0 : stored.sequence);
        return stored;
      },
    },
    async start() {
      isRunning = true;
      await load();
      await lookAgain();
    },
    async stop() {
      isRunning = false;
      clearTimeout(timer);
      await lookOnce();
    },
  };
}
