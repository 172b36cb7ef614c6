import type { Bus, Listening } from '@ortoo/shared/bus';
import type { Change } from '@ortoo/shared/contracts';
import { AppError, backoffMs, type Clock, type Logger, type Part, pause } from '@ortoo/shared/kernel';
import type { FoundMention } from './article-mentions.rules.ts';
import { type CompanyIndex, createCompanyIndex } from './company-index.ts';
import type { CompanyNamesStore } from './company-names.store.ts';
import { keptCompany } from './kept-company.rules.ts';

/** The companies that the public sees, by their names, in the memory of this process. */
export type KnownCompanies = Part & {
  find(text: string): FoundMention[];
  /** Whether a company is known as it is at this version or a newer one. */
  knows(id: string, v: number): boolean;
  /** Whether all of them are known, as far as was heard. */
  isComplete(): boolean;
};

type KnownDeps = {
  bus: Pick<Bus, 'listen' | 'positionOf' | 'names'>;
  store: Pick<CompanyNamesStore, 'walkVisible'>;
  /** Resolves when the database holds all companies; throws while it cannot be filled. */
  filled(signal: AbortSignal): Promise<void>;
  /** The durable that brings changes into the database. */
  durable: string;
  log: Logger;
  clock: Clock;
};

const RETRY = { firstMs: 250, maxMs: 5_000 };
const BEHIND_POLL_MS = 100;
const BEHIND_MAX_MS = 60_000;
/** Names that were taken out make the index worth making anew when they are as many as the others. */
const DROPPED_MIN = 50_000;

/**
 * Follows the companies of the catalog: what the database of news holds is loaded at once and, when that is complete,
 * again; changes are taken in as they are heard. The start waits for neither the catalog nor the load.
 */
export function createKnownCompanies(deps: KnownDeps): KnownCompanies {
  const { bus, log } = deps;
  const ending = new AbortController();
  let index = createCompanyIndex();
  let next: CompanyIndex | undefined; // what is being loaded hears of changes too
  let isStale = true;
  let gaps = 0;
  let patience: Promise<void> | undefined;
  let listening: Listening | undefined;

  async function load(): Promise<void> {
    const loading = createCompanyIndex();
    next = loading;
    try {
      for await (const company of deps.store.walkVisible()) {
        ending.signal.throwIfAborted();
        loading.put(company);
      }
      index = loading;
    } finally {
      next = undefined;
    }
  }

  async function tryToCatchUp(): Promise<void> {
    const gapsBefore = gaps;
    await deps.filled(ending.signal);
    await untilFollowed(deps, ending.signal);
    await load();
    isStale = gaps !== gapsBefore;
  }

  /** In the background, until nothing was missed. What the database holds is used meanwhile. */
  async function catchUp(): Promise<void> {
    if (index.sizes().companies === 0) await load().catch(() => undefined);
    for (let failures = 1; isStale && !ending.signal.aborted; failures += 1) {
      try {
        await tryToCatchUp();
        if (!isStale) log.info(index.sizes(), 'the names of all companies are known');
      } catch (error) {
        if (ending.signal.aborted) return;
        log.warn({ reason: (error as Error).message }, 'the names of companies are not all known; trying again');
        await pause(backoffMs(failures, RETRY), ending.signal);
      }
    }
  }

  function begin(): void {
    gaps += 1;
    isStale = true;
    patience ??= catchUp().finally(() => {
      patience = undefined;
    });
  }

  function hear({ data }: Change): void {
    const company = keptCompany(data);
    if (!company) {
      begin(); // too large to travel with its change; the database gets it
      return;
    }
    index.put(company);
    next?.put(company);
    const { names, dropped } = index.sizes();
    if (!patience && dropped > Math.max(DROPPED_MIN, names)) begin();
  }

  return {
    name: 'known companies',
    start: async () => {
      listening = await bus.listen({
        subjects: [bus.names.changesOf('catalog', 'company')],
        onChange: hear,
        onGap: begin,
        log,
      });
    },
    find: (text) => index.find(text),
    knows: (id, v) => index.knows(id, v),
    isComplete: () => !isStale,
    stop: async () => {
      ending.abort();
      await listening?.stop();
      await patience;
    },
  };
}

/** Until the durable has brought into the database what was published so far. Throws UNAVAILABLE when that takes long. */
async function untilFollowed({ bus, durable, clock }: KnownDeps, signal: AbortSignal): Promise<void> {
  const until = clock.nowMs() + BEHIND_MAX_MS;
  while (!signal.aborted) {
    const position = await bus.positionOf(durable);
    if (position?.pending === 0) return;
    if (clock.nowMs() >= until) throw AppError.unavailable('companies.behind', 'The names of companies lag behind.');
    await pause(BEHIND_POLL_MS, signal);
  }
}
