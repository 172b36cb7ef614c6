import type { Block, LocaleTag } from '@ortoo/shared/contracts';
import { settleBody } from '../articles/article-body.rules.ts';
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
      const ids = [...new Set(find(textIn(body)).map(({ companyId }) => companyId))].slice(0, COMPANIES_MAX);
      const found = ids.length > 0 ? await names.getMany(ids) : [];
      const companies = new Map(found.filter(({ visible }) => visible).map((kept) => [kept.id, copyOf(kept)]));
      return { mentioning: { find, companies, isComplete } };
    },
  };
}

/** The text that an unchecked body makes; none where it is no body, which is refused later. */
function textIn(body: { body?: unknown; language?: unknown }): string {
  if (!Array.isArray(body.body)) return '';
  try {
    return settleBody(body.body as Block[], (body.language ?? 'en') as LocaleTag).plainText;
  } catch {
    return '';
  }
}
