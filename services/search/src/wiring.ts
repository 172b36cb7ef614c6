import type { Bus } from '@ortoo/shared/bus';
import type { Clock, Logger, Metrics } from '@ortoo/shared/kernel';
import { createCategoryWords } from './categories/category-words.ts';
import type { SearchConfig } from './config.ts';
import { createBulkWriter } from './index/bulk.ts';
import type { Engine } from './index/engine.ts';
import { createFreshness } from './index/freshness.ts';
import { createIndexWorker } from './index/index.worker.ts';
import { createIndexFollowers } from './index/index-followers.ts';
import { createOwnDefinition } from './index/own-definition.ts';
import { createPhysicalIndexes } from './index/physical-indexes.ts';
import { createOwners } from './owners.client.ts';
import { createSearchActions } from './query/search.actions.ts';
import { createComparison } from './reconcile/comparison.ts';
import { createReconcileWorker } from './reconcile/reconcile.worker.ts';
import { createRepair } from './reconcile/repair.ts';
import { createSearchMetrics } from './search-metrics.ts';
import { createRebuild } from './upkeep/rebuild.ts';
import { createUpkeepActions } from './upkeep/upkeep.actions.ts';

/** What tests make short. */
export type Timing = {
  /** How long an index that was replaced is kept as a way back. */
  wayBackMs?: number;
  /** How long a change may be on its way before it counts as missing. */
  settleMs?: number;
  /** How often it is looked whether the engine still has the dictionary. */
  dictionaryMs?: number;
};

export type WiringOptions = {
  bus: Bus;
  engine: Engine;
  hunspell: SearchConfig['SEARCH_HUNSPELL'];
  log: Logger;
  clock: Clock;
  metrics: Metrics;
  timing: Timing;
};

/** Puts the parts of search together; a list to read from the top. */
export function wireSearch({ bus, engine, hunspell, log, clock, metrics: registry, timing }: WiringOptions) {
  const { names } = bus;
  const metrics = createSearchMetrics(registry);
  const owners = createOwners({ bus, log, clock });
  const writer = createBulkWriter(engine, metrics.bulk);
  const freshness = createFreshness({ engine, clock });
  const words = createCategoryWords({ bus, owners, log });
  const own = createOwnDefinition({ engine, hunspell, log, clock, askAgainMs: timing.dictionaryMs });
  const indexes = createPhysicalIndexes({ engine, names, wanted: own.wanted });

  const onLost = () => worker.wake();
  const followers = createIndexFollowers({ bus, engine, owners, writer, freshness, log, clock, onLost });
  const repair = createRepair({ engine, owners, writer, names, log });
  const comparison = createComparison({ engine, owners, repair, clock, settleMs: timing.settleMs });
  const parts = { bus, engine, indexes, own, owners, writer, log, clock, metrics };
  const worker = createIndexWorker({ ...parts, followers, comparison, wayBackMs: timing.wayBackMs });
  const rebuild = createRebuild({ bus, indexes, own, worker, log, clock });
  const reconcile = createReconcileWorker({ ...parts, worker, comparison, rebuild: rebuild.start });

  const actions = createSearchActions({ engine, worker, followers, freshness, words, clock });
  const upkeep = createUpkeepActions({ bus, rebuild, reconcile, indexState: actions.state, log });
  return { words, worker, reconcile, actions, upkeep };
}
