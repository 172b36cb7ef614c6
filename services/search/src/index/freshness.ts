import { type Clock, pause } from '@ortoo/shared/kernel';
import type { Engine } from './client.ts';

/** A version of a document that a caller has written and wants to find. */
export type Token = { id: string; v: number };

/** How many documents' versions a process remembers to have indexed. */
const REMEMBERED_MAX = 20_000;
/** Refreshes cost the engine a segment each: at most five a second, shared by all who wait. */
const REFRESH_GAP_MS = 200;
/** How often the index is asked for what another replica may have indexed. */
const POLL_MS = 60;

export type Freshness = {
  /** Remembers that the index holds these versions, or newer ones. */
  noteApplied(index: string, tokens: Token[]): void;
  /** Waits until searches see every version; false when the time is over first. Never throws. */
  waitFor(index: string, tokens: Token[], timeoutMs: number): Promise<boolean>;
};

/**
 * Read-your-writes for search. What this process has indexed is known from memory, what a neighbour has from the
 * engine's real-time versions; a refresh then makes both visible.
 */
export function createFreshness({
  engine,
  clock,
}: {
  engine: Pick<Engine, 'readVersions' | 'refresh'>;
  clock: Clock;
}): Freshness {
  const applied = new Map<string, { v: number; mark: number }>();
  const waiting = new Set<() => void>();
  const refresher = createRefresher({ engine, clock });

  function noteApplied(index: string, tokens: Token[]): void {
    for (const { id, v } of tokens) {
      const key = `${index}/${id}`;
      if ((applied.get(key)?.v ?? 0) >= v) continue;
      applied.delete(key);
      applied.set(key, { v, mark: refresher.mark() });
    }
    for (const key of applied.keys()) {
      if (applied.size <= REMEMBERED_MAX) break;
      applied.delete(key);
    }
    for (const wake of waiting) wake();
  }

  async function waitFor(index: string, tokens: Token[], timeoutMs: number): Promise<boolean> {
    const untilMs = clock.nowMs() + timeoutMs;
    const left = () => untilMs - clock.nowMs();
    const isApplied = ({ id, v }: Token) => (applied.get(`${index}/${id}`)?.v ?? 0) >= v;
    try {
      for (let missing = tokens.filter((token) => !isApplied(token)); missing.length > 0; ) {
        if (left() <= 0) return false;
        const ids = missing.map(({ id }) => id);
        const found = await engine.readVersions(index, ids, Math.max(50, left()));
        noteApplied(
          index,
          [...found].map(([id, v]) => ({ id, v })),
        );
        missing = tokens.filter((token) => !isApplied(token));
        if (missing.length > 0) await nextNote(Math.min(POLL_MS, Math.max(0, left())));
        missing = tokens.filter((token) => !isApplied(token));
      }
      const newest = Math.max(...tokens.map(({ id }) => applied.get(`${index}/${id}`)?.mark ?? 0));
      return await isDoneWithin(refresher.see(index, newest), Math.max(0, left()));
    } catch {
      return false;
    }
  }

  async function nextNote(timeoutMs: number): Promise<void> {
    const stop = new AbortController();
    const wake = () => stop.abort();
    waiting.add(wake);
    await pause(timeoutMs, stop.signal).finally(() => waiting.delete(wake));
  }

  return { noteApplied, waitFor };
}

async function isDoneWithin(work: Promise<void>, timeoutMs: number): Promise<boolean> {
  const over = new AbortController();
  const late = pause(timeoutMs, over.signal).then(() => false);
  return Promise.race([work.then(() => true), late]).finally(() => over.abort());
}

/** Refreshes on demand, one at a time. Marks count what was applied: a refresh shows every mark given before it began. */
function createRefresher({ engine, clock }: { engine: Pick<Engine, 'refresh'>; clock: Clock }) {
  let counter = 1;
  let lastMs = 0;
  const seen = new Map<string, number>();
  let running: { index: string; mark: number; done: Promise<void> } | undefined;
  let next: Promise<void> | undefined;

  async function run(index: string): Promise<void> {
    await pause(Math.max(0, lastMs + REFRESH_GAP_MS - clock.nowMs()));
    next = undefined;
    lastMs = clock.nowMs();
    const mark = counter;
    counter += 1;
    const done = engine.refresh(index).then(() => void seen.set(index, Math.max(seen.get(index) ?? 0, mark)));
    running = { index, mark, done };
    await done.finally(() => {
      if (running?.done === done) running = undefined;
    });
  }

  return {
    mark: () => counter,
    async see(index: string, mark: number): Promise<void> {
      if (mark <= (seen.get(index) ?? 0)) return;
      if (running && running.index === index && mark <= running.mark) return running.done;
      next ??= run(index);
      await next;
    },
  };
}
