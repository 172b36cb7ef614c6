import type { Bus, Lease } from '@ortoo/shared/bus';
import { backoffMs, type Clock, failpoint, type Logger, pause } from '@ortoo/shared/kernel';
import type { Owners } from '../owners.client.ts';
import type { Comparison } from '../reconcile/comparison.ts';
import type { SearchMetrics } from '../search-metrics.ts';
import type { BulkWriter } from './bulk.ts';
import { untilCaughtUp } from './catching-up.ts';
import type { Engine } from './engine.ts';
import { fillIndex } from './fill.ts';
import type { FillPlace, IndexFacts, IndexMeta } from './next-step.ts';
import type { PhysicalIndexes } from './physical-indexes.ts';
import type { Written } from './state-writer.ts';

/** How often the place of a copy is written down, for whoever takes it over. */
const SAVE_MS = 2_000;
const RETRY = { firstMs: 500, maxMs: 10_000 };
const LEASE = 'rebuild';

export type BuildingDeps = {
  bus: Pick<Bus, 'leases' | 'positionOf' | 'streamInfo' | 'names'>;
  engine: Pick<Engine, 'refresh'>;
  indexes: PhysicalIndexes;
  owners: Owners;
  writer: BulkWriter;
  comparison: Pick<Comparison, 'verify'>;
  metrics: Pick<SearchMetrics, 'rebuilding'>;
  log: Logger;
  clock: Clock;
  signal: AbortSignal;
  /** Called when an index has been finished. */
  onDone(): void;
};

/** Fills new indexes, one replica at a time. */
export type Building = {
  /** Sees to it that some replica fills this index, whose consumer runs already; never waits for it. */
  ensure(index: IndexFacts): void;
  /** What is being done or waited for, in words; null when nothing is. */
  doing(): string | null;
  settled(): Promise<void>;
};

/**
 * The life of a new index: copy from the owners while the changes flow in beside it, catch up with the index that answers,
 * compare with the owners, move the alias. Whoever holds the lease goes on where the last one was killed.
 */
export function createBuilding(deps: BuildingDeps): Building {
  const { bus, indexes, log, signal } = deps;
  let running: Promise<void> | undefined;
  let doing: string | null = null;
  let failures = 0;

  async function attempt(name: string): Promise<void> {
    const lease = await bus.leases.take(LEASE, `${name} is being filled`);
    if (!lease) {
      doing = `by another replica: ${(await bus.leases.noteOf(LEASE)) ?? 'it is about to go on'}`;
      return;
    }
    try {
      const index = (await indexes.look()).find((known) => known.name === name);
      if (index?.meta?.fill.state === 'filling')
        await finish(deps, index, { lease, onDoing: (what) => (doing = what) });
      failures = 0;
    } finally {
      deps.metrics.rebuilding(null);
      await lease.release();
    }
    doing = null;
    deps.onDone();
  }

  async function attemptSafely(name: string): Promise<void> {
    try {
      await attempt(name);
    } catch (error) {
      if (signal.aborted) return;
      failures += 1;
      doing = `interrupted: ${(error as Error).message}`;
      log.warn({ index: name, failures, reason: (error as Error).message }, 'the filling of an index was interrupted');
      await pause(backoffMs(failures, RETRY), signal);
    }
  }

  return {
    ensure: ({ name }) => {
      running ??= attemptSafely(name).finally(() => {
        running = undefined;
      });
    },
    doing: () => doing,
    settled: async () => running,
  };
}

type Work = { lease: Lease; onDoing(what: string): void };

/** Does what is left to be done: all of it or, when the last holder of the lease was killed at the very end, a note. */
async function finish(deps: BuildingDeps, index: IndexFacts, work: Work): Promise<void> {
  const { name, meta, isRead } = index;
  if (isRead && meta) await deps.indexes.note(name, { fill: { ...meta.fill, state: 'done' } });
  else await build(deps, index, work);
}

async function build(deps: BuildingDeps, index: IndexFacts, { lease, onDoing }: Work): Promise<void> {
  const { bus, engine, indexes, comparison, log, clock } = deps;
  const { name } = index;
  const signal = AbortSignal.any([deps.signal, lease.signal]);
  const say = (what: string) => {
    onDoing(what);
    lease.say(`${name} is being filled: ${what}`);
  };
  const startedMs = clock.nowMs();
  const written = await copy(deps, index, { signal, say });
  const catchUp = () => untilCaughtUp({ bus, name, clock, signal, onWait: say });
  await engine.refresh(name);
  await catchUp();
  const result = await comparison.verify(name, { signal, say });
  await catchUp();
  await engine.refresh(name);
  failpoint('search.filled-not-attached');
  signal.throwIfAborted();
  await moveAlias(indexes, name);
  failpoint('search.attached-not-recorded');
  await engine.refresh(name); // what came between the last refresh and the move
  const fill = { ...index.meta?.fill, ...written, state: 'done' as const, tookMs: clock.nowMs() - startedMs };
  await indexes.note(name, { fill, reconcile: { last: result, fullAt: result.at } });
  log.info({ index: name, ...written, tookMs: fill.tookMs }, 'a new index is filled and answers');
}

/** One call takes the alias from the old index and gives it to the new one. A zombie's index is behind the one that answers. */
async function moveAlias(indexes: PhysicalIndexes, name: string): Promise<void> {
  const all = await indexes.look();
  const index = all.find((known) => known.name === name);
  const read = all.find(({ isRead }) => isRead);
  if (!index) throw new Error(`${name} is gone`);
  if (read && read.n > index.n) throw new Error(`${read.name} answers already`);
  await indexes.attach(index, all);
}

/** Copies from where the last holder of the lease wrote that it had come. */
async function copy(
  { bus, indexes, owners, writer, metrics, log, clock }: BuildingDeps,
  { name, meta }: IndexFacts,
  { signal, say }: { signal: AbortSignal; say: (what: string) => void },
): Promise<Written> {
  const { fill } = meta as IndexMeta;
  let savedMs = clock.nowMs();
  let saving: Promise<void> | undefined;

  function save(place: FillPlace, written: Written): void {
    metrics.rebuilding(written.taken);
    if (saving || clock.nowMs() - savedMs < SAVE_MS) return;
    savedMs = clock.nowMs();
    saving = indexes
      .note(name, { fill: { ...fill, place, ...written } })
      .catch((error: unknown) => log.debug({ err: error }, 'the place of a copy was not written down'))
      .finally(() => {
        saving = undefined;
      });
  }

  if (fill.place) log.warn({ index: name, place: fill.place }, 'going on with an index that was left half filled');
  try {
    return await fillIndex({
      alias: bus.names.writeAlias(name),
      owners,
      writer,
      log,
      signal,
      ...(fill.place ? { begin: { place: fill.place, taken: fill.taken ?? 0, left: fill.left ?? 0 } } : {}),
      onProgress: say,
      onPlace: save,
    });
  } finally {
    await saving;
  }
}
