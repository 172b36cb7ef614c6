import { buildChange, type ReconcileResult } from '@ortoo/shared/contracts';
import { AppError, createSeededRandom, pause, systemClock } from '@ortoo/shared/kernel';
import { testContext } from '@ortoo/shared/testing';
import { ask } from '../speed/elastic.ts';
import { round2 } from '../speed/pair.ts';
import { ownerOf } from './owners.ts';
import { beginPaced, type Paced } from './paced.ts';
import type { Setting } from './setting.ts';
import { quantileOf, type Times, timesOf } from './times.ts';

type Tail = Times & { p99Ms: number };

/** A rebuild of the whole index while searches and writes go on, beside the same without a rebuild. */
export type RebuildFigures = {
  documents: number;
  seconds: number;
  perSecond: number;
  /** Searches through the gateway that were not answered with 200, before, during and after. */
  failedSearches: number;
  /** What the first of them were answered. */
  failures: string[];
  idle: Tail;
  during: Tail;
  /** p99 of searches during the rebuild over p99 without one, both under the same writes. */
  p99Ratio: number;
  writes: number;
  /** Documents that were written and that the index does not hold as their owner does. */
  unseenWrites: number;
  /** What a comparison of every version with the owners found after it. */
  drift: Pick<ReconcileResult, 'compared' | 'missing' | 'stale' | 'extra' | 'ahead' | 'left'>;
};

const SEARCHES_PER_SECOND = 10;
const WRITES_PER_SECOND = 20;
const IDLE_MS = 20_000;
const AFTER_MS = 3_000;
const DEADLINE_MS = 1_800_000;
const POLL_MS = 500;
const SAY_MS = 10_000;
const IDS_MAX = 1_000;

/** Rebuilds under a steady load and compares afterwards. Throws when the rebuild or the comparison does not end in time. */
export async function measureRebuild(setting: Setting): Promise<RebuildFigures> {
  const { portal, say } = setting;
  await setting.openGateway();
  say(`searching ${SEARCHES_PER_SECOND} and writing ${WRITES_PER_SECOND} times a second`);
  const writing = beginPaced(WRITES_PER_SECOND, createWriter(setting));
  const [outcome] = await Promise.allSettled([rebuildUnderSearches(setting)]);
  const written = await writing.end();
  if (outcome.status === 'rejected') throw outcome.reason;
  const { before, meanwhile, after, ...rebuilt } = outcome.value;
  if (written.failures.length > 0) throw new Error(`A write was not published: ${written.failures[0]}`);
  await untilTaken(setting);
  say(`comparing ${portal.total} documents with their owners`);
  const drift = await compare(setting);
  const failures = [before, meanwhile, after].flatMap((searches) => searches.failures);
  const [idle, during] = [tailOf(before.tookMs), tailOf(meanwhile.tookMs)];
  return {
    ...rebuilt,
    failedSearches: failures.length,
    failures: failures.slice(0, 5),
    idle,
    during,
    p99Ratio: round2(during.p99Ms / idle.p99Ms),
    writes: written.tookMs.length,
    unseenWrites: await countUnseen(setting),
    drift,
  };
}

async function rebuildUnderSearches(setting: Setting) {
  const before = await searchFor(setting, () => pause(IDLE_MS));
  const startedMs = performance.now();
  let documents = 0;
  const meanwhile = await searchFor(setting, async () => {
    documents = await rebuild(setting);
  });
  const seconds = (performance.now() - startedMs) / 1000;
  const after = await searchFor(setting, () => pause(AFTER_MS));
  return { documents, seconds: round2(seconds), perSecond: Math.round(documents / seconds), before, meanwhile, after };
}

/** Compares every version in the index with what the owners have. */
async function compare(setting: Setting): Promise<RebuildFigures['drift']> {
  const { bus } = setting.owners;
  const askedAt = systemClock.now();
  await bus.call(testContext(), 'rpc.search.reconcile.start', { mode: 'full' });
  return poll(setting, 'comparing', async () => {
    const { running, last } = await bus.call(testContext(), 'rpc.search.reconcile.state', {});
    if (running !== null || !last || last.startedAt < askedAt) return { doing: running ?? '' };
    if (last.error !== undefined) throw new Error(`The comparison ended early: ${last.error}`);
    const { compared, missing, stale, extra, ahead, left } = last;
    return { done: { compared, missing, stale, extra, ahead, left } };
  });
}

const tailOf = (tookMs: number[]): Tail => ({ ...timesOf(tookMs), p99Ms: quantileOf(tookMs, 0.99) });

/** Asks for known items through the gateway until `work` is done; each answer that is not 200 is a failure. */
async function searchFor(setting: Setting, work: () => Promise<unknown>) {
  const { url } = await setting.openGateway();
  const random = createSeededRandom(1, 11);
  const searching = beginPaced(SEARCHES_PER_SECOND, async () => {
    const { query: q } = random.pick(setting.items);
    const answer = await fetch(`${url}/v1/search?${new URLSearchParams({ q, lang: 'mn' }).toString()}`);
    const text = await answer.text();
    if (answer.status !== 200) throw new Error(`${answer.status} ${text.slice(0, 300)}`);
  });
  try {
    await work();
  } finally {
    await searching.end();
  }
  return searching.end();
}

/** Writes as owners do: first what they have, then the change. */
function createWriter({ portal, owners, names }: Setting): Paced {
  const random = createSeededRandom(1, 12);
  return async () => {
    const data = portal.write(random, systemClock.now());
    const kind = data.kind as Parameters<typeof ownerOf>[0];
    const change = buildChange(ownerOf(kind), data);
    await owners.bus.publisher.publish({
      subject: names.change(ownerOf(kind), kind, data.id),
      messageId: change.id,
      payload: JSON.stringify(change),
    });
  };
}

/** Answers how many documents the new index was filled with. */
async function rebuild(setting: Setting): Promise<number> {
  const { owners } = setting;
  const { name } = await owners.bus.call(testContext(), 'rpc.search.rebuild.start', {});
  return poll(setting, 'rebuilding', async () => {
    const state = await owners.bus.call(testContext(), 'rpc.search.rebuild.state', {});
    if (state.name === name && state.state === 'done') return { done: state.documents };
    return { doing: state.doing ?? '' };
  });
}

/** Waits until the index has taken every change. */
async function untilTaken(setting: Setting): Promise<void> {
  await poll(setting, 'taking the last changes', async () => {
    const { index } = await setting.owners.bus.call(testContext(), 'rpc.search.pipeline', {});
    return index?.pendingChanges === 0 ? { done: true } : { doing: `${index?.pendingChanges ?? '?'} are open` };
  });
}

/** Looks until it is done. Throws what says that it never will be; what is only busy or away is looked at again. */
async function poll<T>(
  { say }: Setting,
  what: string,
  look: () => Promise<{ done: T } | { doing: string }>,
): Promise<T> {
  const startedMs = performance.now();
  let saidMs = startedMs;
  for (;;) {
    const found = await look().catch((error: unknown) => {
      const { code, message } = AppError.from(error);
      if (code !== 'UNAVAILABLE' && code !== 'TIMEOUT') throw error;
      return { doing: message };
    });
    if ('done' in found) return found.done;
    const nowMs = performance.now();
    if (nowMs - startedMs > DEADLINE_MS) throw new Error(`${what} did not end in time.`);
    if (nowMs - saidMs > SAY_MS) {
      saidMs = nowMs;
      say(`${what}: ${found.doing}`);
    }
    await pause(POLL_MS);
  }
}

async function countUnseen({ portal, elasticsearchUrl: url, names }: Setting): Promise<number> {
  const rows = portal.written();
  let unseen = 0;
  for (let first = 0; first < rows.length; first += IDS_MAX) {
    const page = rows.slice(first, first + IDS_MAX);
    const { docs } = (await ask(url, 'POST', `/${names.readAlias}/_mget?_source=v,live`, {
      ids: page.map(({ id }) => id),
    })) as { docs: { _source?: { v: number; live: boolean } }[] };
    unseen += page.filter(({ v, live }, n) => docs[n]?._source?.v !== v || docs[n]?._source?.live !== live).length;
  }
  return unseen;
}
