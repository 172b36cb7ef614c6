import { pause } from '@ortoo/shared/kernel';
import { messageOf } from '../cli-error.ts';
import type { ApiClient } from './api.client.ts';
import { resolveCompanies } from './company-references.ts';
import { awaitFreshness } from './freshness.ts';
import {
  countOutcomes,
  isRepeatable,
  judgeAnswer,
  type Outcome,
  type SeedCounts,
  type SeedItem,
} from './seed.rules.ts';

const concurrency = 4;
const attemptsMax = 6;
const firstPauseMs = 500;
const pauseMaxMs = 10_000;

export type SeedResult = SeedCounts & {
  /** Lines that name the item and what is wrong with it. */
  faults: string[];
  /** What search does not show yet, as a sentence; null when the last write of each kind is found. */
  notFresh: string | null;
};

type Options = { api: ApiClient; items: SeedItem[]; report: (line: string) => void; signal?: AbortSignal | undefined };

/**
 * Sends every item to the API, four at a time, kind after kind, then waits until search shows the last of them.
 * What fails is noted, and the rest is sent all the same. Throws when the signal aborts, or when companies cannot be
 * looked up for their offerings.
 */
export async function seed({ api, items, report, signal }: Options): Promise<SeedResult> {
  const outcomes: Outcome[] = [];
  const faults: string[] = [];
  const lastVersions = new Map<string, string>();
  for (const kind of new Set(items.map((item) => item.kind))) {
    const ofKind = items.filter((item) => item.kind === kind);
    const queue = await resolveCompanies(api, ofKind, signal);
    const total = queue.length;
    let sent = 0;
    const work = async () => {
      for (let item = queue.shift(); item; item = queue.shift()) {
        signal?.throwIfAborted();
        const outcome = await sendOne(api, item, signal);
        outcomes.push(outcome);
        if (outcome.state === 'created' && outcome.version) lastVersions.set(kind.kind, outcome.version);
        if (outcome.state === 'failed') faults.push(...outcome.faults.map((fault) => `${item.place} ${fault}`));
        sent += 1;
        if (sent % 10 === 0 || sent === total) report(`${kind.plural}: ${sent} of ${total}`);
      }
    };
    await Promise.all(Array.from({ length: concurrency }, work));
  }
  const notFresh = await awaitFreshness(api, [...lastVersions.values()], signal);
  return { ...countOutcomes(outcomes), faults, notFresh };
}

async function sendOne(api: ApiClient, item: SeedItem, signal: AbortSignal | undefined): Promise<Outcome> {
  let why = '';
  for (let attempt = 1; attempt <= attemptsMax; attempt += 1) {
    let waitMs = Math.min(pauseMaxMs, firstPauseMs * 2 ** (attempt - 1));
    try {
      const answer = await api.send('POST', `/v1/${item.kind.plural}`, item.body);
      const outcome = judgeAnswer(item, answer);
      if (outcome !== 'later') return outcome;
      why = `was answered ${answer.status} ${attempt} times`;
      waitMs = Math.min(60_000, answer.retryAfterMs ?? waitMs);
      // A 504 leaves open whether it was written: only what the store knows again may be sent once more.
      if (answer.status === 504 && !isRepeatable(item))
        return { state: 'failed', faults: ['504 it is unknown whether it was written'] };
    } catch (error) {
      why = messageOf(error);
      if (!isRepeatable(item)) break;
    }
    signal?.throwIfAborted();
    if (attempt < attemptsMax) await pause(waitMs, signal);
  }
  return { state: 'failed', faults: [why] };
}

/** Whether nothing has been written yet, to any kind. Throws an Error of one sentence when the API does not say. */
export async function isStoreEmpty(api: ApiClient): Promise<boolean> {
  for (const path of ['/v1/companies?limit=1', '/v1/offerings?limit=1', '/v1/articles?limit=1']) {
    const { status, body } = await api.send('GET', path);
    const items = (body as { items?: unknown } | null)?.items;
    if (status !== 200 || !Array.isArray(items)) throw new Error(`GET ${path} was answered ${status} without a list.`);
    if (items.length > 0) return false;
  }
  return true;
}
