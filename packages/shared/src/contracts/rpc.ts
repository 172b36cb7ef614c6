import { type Static, type TSchema, Type } from 'typebox';
import { closed } from './atoms.ts';
import {
  type Call,
  changeCall,
  createCall,
  exportCall,
  getCall,
  getManyCall,
  listCall,
  moveCall,
  outboxRearmCall,
  outboxStateCall,
  READ_DEADLINE_MS,
  type ReplyMeta,
  removeCall,
  SEARCH_DEADLINE_MS,
} from './calls.ts';
import { CategoryInput } from './catalog/category.ts';
import { CompanyInput } from './catalog/company.ts';
import { companyDuplicatesCall, companyMergeCall } from './catalog/company-calls.ts';
import { OfferingInput } from './catalog/offering.ts';
import { summaryCall, versionsCall } from './census.ts';
import { eventCalls } from './event-calls.ts';
import { newsImportCalls } from './imports.ts';
import { inquiryCalls } from './inquiry-calls.ts';
import { ArticleFilter, articleSorts, CompanyFilter, companySorts, OfferingFilter, offeringSorts } from './lists.ts';
import { ArticleInput } from './news/article.ts';
import { articleDuplicatesCall } from './news/duplicates.ts';
import { extractCall, ingestCall } from './news/intake.ts';
import { mentionCall } from './news/mention.ts';
import { sourceFeedCalls } from './news/source-feed.ts';
import { restoreCall, revisionCall, revisionsCall } from './revisions.ts';
import { countsCall } from './search/counts.ts';
import { matchCall } from './search/match.ts';
import { SearchReply, SearchRequest, SearchState } from './search/query.ts';
import { suggestCall } from './search/suggest.ts';
import { upkeepCalls } from './search/upkeep.ts';

/** Every call between services. The name is the subject (before the namespace); both sides check by these schemas. */
export const rpcCalls = {
  'rpc.catalog.category.get': getCall(),
  'rpc.catalog.category.getMany': getManyCall(),
  'rpc.catalog.category.list': listCall(Type.Object({}, closed), ['ordinal']),
  'rpc.catalog.category.create': createCall(CategoryInput),
  'rpc.catalog.category.change': changeCall(),
  'rpc.catalog.category.remove': removeCall(),
  'rpc.catalog.category.export': exportCall(),
  'rpc.catalog.category.summary': summaryCall(),
  'rpc.catalog.category.versions': versionsCall(),
  'rpc.catalog.category.revisions': revisionsCall(),
  'rpc.catalog.category.revision': revisionCall(),
  'rpc.catalog.category.restore': restoreCall(),
  'rpc.catalog.company.get': getCall(),
  'rpc.catalog.company.getMany': getManyCall(),
  'rpc.catalog.company.list': listCall(CompanyFilter, companySorts),
  'rpc.catalog.company.create': createCall(CompanyInput),
  'rpc.catalog.company.change': changeCall(),
  'rpc.catalog.company.move': moveCall(),
  'rpc.catalog.company.duplicates': companyDuplicatesCall(),
  'rpc.catalog.company.merge': companyMergeCall(),
  'rpc.catalog.company.remove': removeCall(),
  'rpc.catalog.company.export': exportCall(),
  'rpc.catalog.company.summary': summaryCall(),
  'rpc.catalog.company.versions': versionsCall(),
  ...inquiryCalls,
  'rpc.catalog.company.revisions': revisionsCall(),
  'rpc.catalog.company.revision': revisionCall(),
  'rpc.catalog.company.restore': restoreCall(),
  'rpc.catalog.offering.get': getCall(),
  'rpc.catalog.offering.getMany': getManyCall(),
  'rpc.catalog.offering.list': listCall(OfferingFilter, offeringSorts),
  'rpc.catalog.offering.create': createCall(OfferingInput),
  'rpc.catalog.offering.change': changeCall(),
  'rpc.catalog.offering.move': moveCall(),
  'rpc.catalog.offering.remove': removeCall(),
  'rpc.catalog.offering.export': exportCall(),
  'rpc.catalog.offering.summary': summaryCall(),
  'rpc.catalog.offering.versions': versionsCall(),
  'rpc.catalog.offering.revisions': revisionsCall(),
  'rpc.catalog.offering.revision': revisionCall(),
  'rpc.catalog.offering.restore': restoreCall(),
  'rpc.catalog.outbox.state': outboxStateCall(),
  'rpc.catalog.outbox.rearm': outboxRearmCall(),
  'rpc.news.article.get': getCall(),
  'rpc.news.article.getMany': getManyCall(),
  'rpc.news.article.list': listCall(ArticleFilter, articleSorts),
  'rpc.news.article.create': createCall(ArticleInput),
  'rpc.news.article.change': changeCall(),
  'rpc.news.article.move': moveCall(),
  'rpc.news.article.remove': removeCall(),
  'rpc.news.article.duplicates': articleDuplicatesCall,
  'rpc.news.article.extract': extractCall,
  'rpc.news.article.ingest': ingestCall,
  'rpc.news.article.mention': mentionCall(),
  'rpc.news.article.export': exportCall(),
  'rpc.news.article.summary': summaryCall(),
  'rpc.news.article.versions': versionsCall(),
  'rpc.news.article.revisions': revisionsCall(),
  'rpc.news.article.revision': revisionCall(),
  'rpc.news.article.restore': restoreCall(),
  ...eventCalls,
  ...sourceFeedCalls,
  ...newsImportCalls,
  'rpc.news.outbox.state': outboxStateCall(),
  'rpc.news.outbox.rearm': outboxRearmCall(),
  'rpc.search.query': {
    request: SearchRequest,
    reply: SearchReply,
    deadlineMs: SEARCH_DEADLINE_MS,
    isIdempotent: true,
  },
  'rpc.search.counts': countsCall(),
  'rpc.search.match': matchCall(),
  'rpc.search.suggest': suggestCall(),
  ...upkeepCalls,
  'rpc.search.state': {
    request: Type.Object({}, closed),
    reply: SearchState,
    deadlineMs: READ_DEADLINE_MS,
    isIdempotent: true,
  },
} satisfies Record<string, Call>;

export type RpcName = keyof typeof rpcCalls;

/** What a call takes. */
export type RequestOf<N extends RpcName> = Static<(typeof rpcCalls)[N]['request']>;

/** Ready JSON with what is known of it. */
export type BytesReply = { body: Uint8Array | string; meta: ReplyMeta };

/** What a call answers: parsed JSON, or ready bytes. */
export type ReplyOf<N extends RpcName> = (typeof rpcCalls)[N]['reply'] extends infer R
  ? R extends 'bytes'
    ? BytesReply
    : R extends TSchema
      ? Static<R>
      : never
  : never;

/** Calls answered with ready bytes, and calls answered with JSON that the caller reads. */
export type BytesRpcName = { [N in RpcName]: (typeof rpcCalls)[N]['reply'] extends 'bytes' ? N : never }[RpcName];
export type JsonRpcName = Exclude<RpcName, BytesRpcName>;
