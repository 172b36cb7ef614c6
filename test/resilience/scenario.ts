import { pause } from '@ortoo/shared/kernel';
import { eventually } from '@ortoo/shared/testing';
import { type CheckOptions, checkFacts, type Finding } from './checker.ts';
import { type Facts, readIndex, readOwners, readStream } from './facts.ts';
import { type Counts, countOutcomes, type Write } from './history.ts';
import { type LoadOptions, startLoad } from './load.ts';
import type { Product } from './product.ts';
import { watchVersions } from './watch-versions.ts';

export type ScenarioOptions = CheckOptions & {
  load?: Partial<LoadOptions>;
  /** How long is written before and after the fault. */
  beforeMs?: number;
  afterMs?: number;
  /** How long the product may take to come to rest. */
  quiesceMs?: number;
};

/** What a scenario has shown: findings (none is good), the fates of its writes, and how long it took to converge. */
export type Verdict = { findings: Finding[]; counts: Counts; convergedMs: number; versionSamples: number };

/**
 * A change that was on its way to a consumer when NATS or the consumer ended comes again only after the server's
 * patience with it (60 s), and may then wait for a pause of the engine. Elsewhere rest comes within a second or two.
 */
const QUIESCE_MS = 120_000;

/**
 * Load, fault, load, rest, check: `fault` runs in the middle of the load. `history` keeps the writes of earlier
 * scenarios in the same product, since their effects are still there.
 */
export async function runScenario(
  product: Product,
  history: { writes: Write[]; seed: number },
  fault: () => Promise<void>,
  options: ScenarioOptions = {},
): Promise<Verdict> {
  const { beforeMs = 700, afterMs = 700 } = options;
  const { elasticsearchUrl, names } = product.space;
  history.seed += 1;
  const load = startLoad(product, { seed: history.seed, ...options.load });
  const watch = watchVersions(elasticsearchUrl, names.readAlias, load.touched);
  try {
    await pause(beforeMs);
    await fault();
    await pause(afterMs);
  } finally {
    await load.stop();
  }
  history.writes.push(...load.writes);
  const stoppedMs = performance.now();
  const { findings } = await settle(product, history.writes, watch.regressions, options);
  await watch.stop();
  return {
    findings,
    counts: countOutcomes(load.writes),
    convergedMs: Math.round(performance.now() - stoppedMs),
    versionSamples: watch.samples(),
  };
}

/** Asks until nothing is found any more, or the time is over; what is found then stays. */
export async function settle(
  product: Product,
  writes: Write[],
  regressions: string[],
  options: ScenarioOptions,
): Promise<{ findings: Finding[]; facts: Facts | undefined }> {
  let last: { findings: Finding[]; facts: Facts | undefined } = {
    findings: [{ invariant: 'facts', what: 'the facts could not be read' }],
    facts: undefined,
  };
  await eventually(
    async () => {
      const facts = await collectFacts(product, writes, regressions);
      last = { findings: checkFacts(facts, options), facts };
      return last.findings.length === 0;
    },
    { timeoutMs: options.quiesceMs ?? QUIESCE_MS, everyMs: 250 },
  ).catch((error: unknown) => {
    if (!last.facts) last.findings = [{ invariant: 'facts', what: (error as Error).message }];
  });
  return last;
}

async function collectFacts(product: Product, writes: Write[], regressions: string[]): Promise<Facts> {
  const { elasticsearchUrl, names } = product.space;
  const index = await readIndex(elasticsearchUrl, names.readAlias);
  const stream = await readStream(product.stream);
  const owned = await readOwners(product.owners);
  return { writes, ...owned, ...stream, ...index, regressions, defects: product.defects() };
}
