import { createLeasedRounds, type Leases } from '@ortoo/shared/bus';
import type { Logger, Part } from '@ortoo/shared/kernel';

/** How often it is looked for companies to search articles for. */
const LOOK_MS = 1_000;

type Deps = { round(signal: AbortSignal): Promise<void>; leases: Pick<Leases, 'take'>; log: Logger };

/** Searches the articles that there are for new names of companies; one replica at a time. */
export const createMentionSearchWorker = (deps: Deps): Part =>
  createLeasedRounds({
    name: 'mention search',
    lease: 'mention-search',
    note: 'searches articles for companies',
    everyMs: LOOK_MS,
    says: {
      failing: 'articles cannot be searched for companies; it is tried on',
      again: 'articles are searched for companies again',
    },
    ...deps,
  });
