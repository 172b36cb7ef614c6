import type { Bus, StreamState } from '@ortoo/shared/bus';
import type { Clock, Logger } from '@ortoo/shared/kernel';
import type { SearchMetrics } from '../search-metrics.ts';
import type { Building } from './building.ts';
import { untilCaughtUp } from './catching-up.ts';
import { INDEX_VERSION } from './definition.ts';
import type { Engine } from './engine.ts';
import type { Wanted } from './index.follower.ts';
import type { IndexFollowers } from './index-followers.ts';
import { COPY_OWED, decideStep, type IndexFacts, isWayBack, pickRetired, type Step } from './next-step.ts';
import type { OwnDefinition } from './own-definition.ts';
import type { PhysicalIndexes } from './physical-indexes.ts';
import type { Refilling } from './refilling.ts';
import type { Retire } from './retirement.ts';
import { createStreamWatch } from './stream-watch.ts';

/** How often the aliases are looked at while all is well, and while an index is being filled. */
const LOOK_MS = 2_000;
const WAIT_MS = 500;

export type CurrentIndex = { name: string; version: number; dictionary?: string };
/** What is known after a step: `detail` says why the index is not ready, null that it is. */
export type Standing = { current: CurrentIndex | undefined; detail: string | null };

export type StepDeps = {
  bus: Pick<Bus, 'streamInfo' | 'positionOf' | 'names'>;
  engine: Pick<Engine, 'refresh'>;
  indexes: PhysicalIndexes;
  own: Pick<OwnDefinition, 'look'>;
  followers: IndexFollowers;
  building: Building;
  refilling: Refilling;
  metrics: Pick<SearchMetrics, 'following'>;
  /** Puts aside what was replaced. */
  retire: Retire;
  log: Logger;
  clock: Clock;
  signal: AbortSignal;
  standing: Standing;
};

type Serve = Extract<Step, { type: 'serve' }>;

/** Looks at the indexes and does what follows from it, keeping `standing` true; answers milliseconds until the next look. */
export function createStepTaker(deps: StepDeps): () => Promise<number> {
  const { bus, indexes, followers, refilling, retire, log, clock, standing } = deps;
  const serve = createServing(deps);

  return async () => {
    const stream = await bus.streamInfo();
    const all = await indexes.look();
    const own = await deps.own.look(all, stream);
    const step = decideStep(all, own);
    const current = currentOf(all, step);
    if (step.type !== 'serve') standing.current = current;
    switch (step.type) {
      case 'serve': {
        const waitMs = await serve(step, { stream, current });
        const read = step.isIndexing ? step.read : undefined;
        await retire(pickRetired(all, step, own), { read, isKept: ({ meta }) => isWayBack(meta, own) });
        return waitMs;
      }
      case 'refuse':
        await followers.stop();
        standing.detail = step.reason;
        return LOOK_MS;
      case 'attach':
        log.warn({ index: step.index.name }, 'an alias of the index was gone and is given back');
        await indexes.attach(step.index, all);
        refilling.refill(step.index);
        return 0;
      case 'create':
        return (await indexes.make(step.n, stream, clock.now())) ? 0 : WAIT_MS;
    }
  };
}

function currentOf(all: IndexFacts[], step: Step): CurrentIndex | undefined {
  const read = all.filter(({ isRead }) => isRead).toSorted((a, b) => b.n - a.n)[0];
  if (!read?.meta || step.type === 'refuse') return undefined;
  const { version, dictionary } = read.meta;
  return { name: read.name, version, ...(dictionary === undefined ? {} : { dictionary }) };
}

/** Answers from one index and has another filled; copies from the owners when the stream cannot be trusted. */
function createServing(deps: StepDeps) {
  const { followers, building, refilling, metrics, standing } = deps;
  const streamWatch = createStreamWatch();
  return async ({ read, isIndexing, build }: Serve, { stream, current }: Found): Promise<number> => {
    const made = await followers.keep(whatToFollow({ read, isIndexing, build }));
    await changeOver(deps, current);
    if (read && isIndexing) metrics.following(followers.state(read.name));
    const unfinished = build ?? (read && isIndexing && isUnfinished(read) ? read : undefined);
    if (unfinished) building.ensure(unfinished);
    standing.detail = read || !build ? null : `${build.name} is being filled: ${building.doing() ?? 'about to begin'}`;
    if (read && isIndexing && isCurrent(read)) {
      const hasGoneBack = streamWatch.hasGoneBack(stream);
      const isOther = read.meta?.stream !== COPY_OWED && read.meta?.stream !== stream.createdAt;
      if (made.has(read.name) || isOther || hasGoneBack) refilling.refill(read);
      else refilling.goOn(read);
    }
    return unfinished ? WAIT_MS : LOOK_MS;
  };
}

type Found = { stream: StreamState; current: CurrentIndex | undefined };

/**
 * Answers from another index than before once it shows all that the one before has shown here, which is not followed any
 * more: no reader goes back. Until then the one before answers.
 */
async function changeOver(deps: StepDeps, current: CurrentIndex | undefined): Promise<void> {
  const { bus, engine, clock, signal, standing } = deps;
  if (current && standing.current && current.name !== standing.current.name) {
    await untilCaughtUp({ bus, name: current.name, clock, signal, onWait: () => undefined });
    await engine.refresh(current.name);
  }
  standing.current = current;
}

const isCurrent = ({ meta }: IndexFacts) => meta?.version === INDEX_VERSION;
/** It answers, and whoever filled it was killed before it wrote that down. */
const isUnfinished = (index: IndexFacts) => isCurrent(index) && index.meta?.fill.state === 'filling';

function whatToFollow({ read, isIndexing, build }: Omit<Serve, 'type'>): Wanted[] {
  const wanted: Wanted[] = [];
  if (read && isIndexing) wanted.push({ index: read, from: { type: 'all' }, isOlder: !isCurrent(read) });
  if (build) {
    const from = { type: 'sequence' as const, sequence: build.meta?.fill.from ?? 1 };
    wanted.push({ index: build, from, isOlder: false });
  }
  return wanted;
}
