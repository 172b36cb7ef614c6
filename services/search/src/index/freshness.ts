import { type Clock, isOverWithin, pause } from '@ortoo/shared/kernel';
import type { Engine } from './engine.ts';
import { createRefresher, type Refresher } from './refresher.ts';

/** A version of a document that a caller has written and wants to find. */
export type Token = { id: string; v: number };

/** How many documents' versions a process remembers to have indexed. */
const REMEMBERED_MAX = 20_000;
/** How often one who waits asks the index for what another replica may have indexed. */
const POLL_MS = 60;

export type Freshness = {
  /** Remembers that the index holds these versions, or newer ones. */
  noteApplied(index: string, tokens: Token[]): void;
  /** Waits until searches see every version; false when the time is over first, or `isAsked` says no more. Never throws. */
  waitFor(index: string, tokens: Token[], wait: Wait): Promise<boolean>;
};

type Wait = {
  timeoutMs: number;
  /** Whether the index is still the one to be asked. */
  isAsked(): boolean;
};

export type FreshnessDeps = { engine: Pick<Engine, 'readVersions' | 'refresh'>; clock: Clock };

type Until = Pick<Wait, 'isAsked'> & { untilMs: number };

/**
 * Read-your-writes for search. What this process has indexed is known from memory, what a neighbour has from the
 * engine's real-time versions; a refresh then makes both visible.
 */
export function createFreshness({ engine, clock }: FreshnessDeps): Freshness {
  const applied = new Map<string, { v: number; mark: number }>();
  const refreshers = new Map<string, Refresher>();
  const waiting = new Set<() => void>();

  function refresherOf(index: string): Refresher {
    const found = refreshers.get(index) ?? createRefresher({ engine, clock, index });
    refreshers.set(index, found);
    return found;
  }

  function noteApplied(index: string, tokens: Token[]): void {
    const mark = refresherOf(index).mark();
    let isNews = false;
    for (const { id, v } of tokens) {
      const key = `${index}/${id}`;
      if ((applied.get(key)?.v ?? 0) >= v) continue;
      applied.delete(key);
      applied.set(key, { v, mark });
      isNews = true;
    }
    for (const key of applied.keys()) {
      if (applied.size <= REMEMBERED_MAX) break;
      applied.delete(key);
    }
    if (isNews) for (const wake of waiting) wake();
  }

  /** Looks in memory whenever something was noted there; asks the engine at once, and then each POLL_MS. */
  async function waitUntilApplied(index: string, tokens: Token[], { untilMs, isAsked }: Until): Promise<boolean> {
    let askMs = 0;
    for (;;) {
      const missing = tokens.filter(({ id, v }) => (applied.get(`${index}/${id}`)?.v ?? 0) < v);
      const nowMs = clock.nowMs();
      if (missing.length === 0) return true;
      if (nowMs >= untilMs || !isAsked()) return false;
      if (nowMs < askMs) {
        await nextNote(Math.min(askMs, untilMs) - nowMs);
        continue;
      }
      const ids = missing.map(({ id }) => id);
      const found = await engine.readVersions(index, ids, Math.max(50, untilMs - nowMs));
      noteApplied(
        index,
        [...found].map(([id, v]) => ({ id, v })),
      );
      askMs = clock.nowMs() + POLL_MS;
    }
  }

  async function waitFor(index: string, tokens: Token[], { timeoutMs, isAsked }: Wait): Promise<boolean> {
    const untilMs = clock.nowMs() + timeoutMs;
    try {
      if (!(await waitUntilApplied(index, tokens, { untilMs, isAsked }))) return false;
      const newest = Math.max(...tokens.map(({ id }) => applied.get(`${index}/${id}`)?.mark ?? 0));
      return await isOverWithin(Math.max(0, untilMs - clock.nowMs()), refresherOf(index).see(newest));
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
