import type { Block } from '@ortoo/shared/contracts';
import { plainTextOf } from '../articles/article-body.rules.ts';
import { thresholds } from '../intake/thresholds.rules.ts';
import type { FoundMention, Mentioning } from './article-mentions.rules.ts';
import type { CompanyNamesStore } from './company-names.store.ts';
import { copyOf } from './kept-company.rules.ts';
import type { KnownCompanies } from './known-companies.follower.ts';

/** Companies named by one text at most. */
const COMPANIES_MAX = 60;

/** What decisions about an article need to know of companies. */
type ArticleFacts = { mentioning: Mentioning };

/** Looks up the companies that a text names. */
export type Mentions = {
  /** By an unchecked body of an article. Throws UNAVAILABLE while MongoDB is away. */
  lookUp(body: object): Promise<ArticleFacts>;
  find(text: string): FoundMention[];
  isComplete(): boolean;
};

export function createMentions({
  known,
  names,
}: {
  known: Pick<KnownCompanies, 'find' | 'isComplete'>;
  names: Pick<CompanyNamesStore, 'getMany'>;
}): Mentions {
  const find = (text: string) => known.find(text).filter(({ confidence }) => confidence >= thresholds.mentions);
  return {
    find,
    isComplete: () => known.isComplete(),
    lookUp: async (body) => {
      const isComplete = known.isComplete();
      const text = textIn(body);
      const found = find(text);
      const ids = [...new Set(found.map(({ companyId }) => companyId))].slice(0, COMPANIES_MAX);
      const kept = ids.length > 0 ? await names.getMany(ids) : [];
      const companies = new Map(kept.filter(({ visible }) => visible).map((one) => [one.id, copyOf(one)]));
      const findAgain = (settled: string) => (settled === text ? found : find(settled));
      return { mentioning: { find: findAgain, companies, isComplete } };
    },
  };
}

/** The text that an unchecked body makes; none where it is no body, which is refused later. */
function textIn(body: { body?: unknown }): string {
  if (!Array.isArray(body.body)) return '';
  try {
    return plainTextOf(body.body as Block[]);
  } catch {
    return '';
  }
}
