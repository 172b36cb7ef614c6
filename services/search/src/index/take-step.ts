import type { Bus } from '@ortoo/shared/bus';
import type { Clock, Logger } from '@ortoo/shared/kernel';
import { createAbandonment } from './abandonment.ts';
import { INDEX_HASH, INDEX_VERSION } from './definition.ts';
import type { Filling } from './filling.ts';
import type { IndexFollower } from './index.follower.ts';
import { decideStep, type IndexFacts, type Step } from './next-step.ts';
import type { PhysicalIndexes } from './physical-indexes.ts';
import { createStreamWatch } from './stream-watch.ts';

/** How often the aliases are looked at while all is well, and while another replica fills. */
const LOOK_MS = 2_000;
const WAIT_MS = 500;

export type CurrentIndex = { name: string; version: number };
/** What is known after a step: `detail` says why the index is not ready, null that it is. */
export type Standing = { current: CurrentIndex | undefined; detail: string | null };

export type StepDeps = {
  bus: Pick<Bus, 'streamInfo'>;
  indexes: PhysicalIndexes;
  follower: IndexFollower;
  filling: Filling;
  log: Logger;
  clock: Clock;
  standing: Standing;
};

/** Looks at the indexes and does what follows from it, keeping `standing` true; answers milliseconds until the next look. */
export function createStepTaker({
  bus,
  indexes,
  follower,
  filling,
  log,
  clock,
  standing,
}: StepDeps): () => Promise<number> {
  const serve = createServing({ bus, follower, filling, standing });
  const abandonment = createAbandonment(clock);

  async function takeStep(): Promise<number> {
    const all = await indexes.look();
    const step = decideStep(all, { version: INDEX_VERSION, hash: INDEX_HASH });
    standing.current = currentOf(all, step);
    if (step.type !== 'join') abandonment.forget();
    switch (step.type) {
      case 'serve':
        await serve(step.index, step.isIndexing);
        return LOOK_MS;
      case 'refuse':
        await follower.stop();
        standing.detail = step.reason;
        return LOOK_MS;
      case 'attach':
        log.warn({ index: step.index.name }, 'an alias of the index was gone and is given back');
        await indexes.attach(step.index, all);
        filling.refill(step.index);
        return 0;
      case 'join':
        return join(step.index);
      case 'create':
        return create(step.n);
    }
  }

  async function create(n: number): Promise<number> {
    const { createdAt } = await bus.streamInfo();
    const made = await indexes.make(n, createdAt);
    if (!made) return WAIT_MS;
    await fill(made);
    return 0;
  }

  async function join(index: IndexFacts): Promise<number> {
    standing.detail = `${index.name} is being filled by another replica`;
    if (!abandonment.isAbandoned(index)) return WAIT_MS;
    log.warn({ index: index.name }, 'taking over an index that somebody left half filled');
    await fill(index);
    return 0;
  }

  async function fill(index: IndexFacts): Promise<void> {
    await filling.fillNew(index, (doing) => {
      standing.detail = `${index.name} is being filled: ${doing}`;
    });
  }

  return takeStep;
}

function currentOf(all: IndexFacts[], step: Step): CurrentIndex | undefined {
  const read = all.filter(({ isRead }) => isRead).toSorted((a, b) => b.n - a.n)[0];
  return read?.meta && step.type !== 'refuse' ? { name: read.name, version: read.meta.version } : undefined;
}

/** Answers from an index and follows the changes into it; copies from the owners when the stream cannot be trusted. */
function createServing({
  bus,
  follower,
  filling,
  standing,
}: Pick<StepDeps, 'bus' | 'follower' | 'filling' | 'standing'>) {
  const streamWatch = createStreamWatch();
  return async (index: IndexFacts, isIndexing: boolean): Promise<void> => {
    if (!isIndexing) {
      await follower.stop();
      standing.detail = null;
      return;
    }
    const { isNew } = await follower.follow(index, { type: 'all' });
    standing.detail = null;
    const stream = await bus.streamInfo();
    const isOther = index.meta?.stream !== stream.createdAt;
    if (isNew || isOther || streamWatch.hasGoneBack(stream)) filling.refill(index, stream);
  };
}
