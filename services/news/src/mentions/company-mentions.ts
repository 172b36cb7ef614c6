import type { Bus } from '@ortoo/shared/bus';
import { type Clock, type Logger, typeIds } from '@ortoo/shared/kernel';
import type { Mongo } from '@ortoo/shared/outbox';
import type { ArticleStore } from '../articles/article.store.ts';
import { createCompanyExports } from './company-exports.client.ts';
import { createCompanyFilling } from './company-filling.ts';
import { createCompanyNamesStore } from './company-names.store.ts';
import { createKnownCompanies } from './known-companies.follower.ts';
import { createMentionCopies } from './mention-copies.actions.ts';
import { createCopiesFollower } from './mention-copies.follower.ts';
import { createMentionSearch } from './mention-search.actions.ts';
import { createMentionSearchStore } from './mention-search.store.ts';
import { createMentionSearchWorker } from './mention-search.worker.ts';
import { createMentions, type Mentions } from './mentions.ts';

type Deps = { mongo: Mongo; bus: Bus; articles: ArticleStore; clock: Clock; log: Logger };

/** What news knows of companies and says of them in articles: what looks them up, and what keeps that right. */
export type CompanyMentions = { mentions: Mentions; start(): Promise<void>; stop(): Promise<void> };

export function createCompanyMentions({ mongo, bus, articles, clock, log }: Deps): CompanyMentions {
  const durable = bus.names.followerDurable('company-names');
  const names = createCompanyNamesStore({ mongo, clock });
  const exports = createCompanyExports({ bus, log, clock });
  const copies = createMentionCopies({ articles, names, exports, clock, log });
  const filling = createCompanyFilling({ bus, store: names, exports, copies, durable, clock });
  const known = createKnownCompanies({ bus, store: names, filled: filling.ensure, durable, log, clock });
  const copiesFollower = createCopiesFollower({ bus, copies, durable, log });
  const mentions = createMentions({ known, names });
  const searches = createMentionSearchStore({ mongo, clock, ids: typeIds });
  const round = createMentionSearch({ articles, searches, known, mentions, names, clock, log });
  const searching = createMentionSearchWorker({ round, leases: bus.leases, log });
  return {
    mentions,
    start: async () => {
      await searches.ensureIndexes();
      await filling.begin();
      await copiesFollower.start();
      await known.start();
      await searching.start();
    },
    stop: async () => {
      await searching.stop();
      await known.stop();
      await copiesFollower.stop();
    },
  };
}
