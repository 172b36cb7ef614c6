export {
  Address,
  Categories,
  CategoryCode,
  closed,
  Display,
  documentMembers,
  Email,
  ExternalId,
  FirstStatus,
  FuzzyDate,
  GeoPoint,
  IdOf,
  Instant,
  type Kind,
  kinds,
  LocaleTag,
  Localized,
  type LocalizedText,
  localeTags,
  Phone,
  Slug,
  Status,
  statuses,
  Text,
  TypedSlug,
  Version,
  WebUrl,
} from './atoms.ts';
export {
  type Call,
  type ChangeRequest,
  type CreateRequest,
  type ExportRequest,
  type GetManyRequest,
  type GetRequest,
  type ListRequest,
  type MoveRequest,
  OutboxState,
  type Presentation,
  READ_DEADLINE_MS,
  type RemoveRequest,
  type ReplyMeta,
  SEARCH_DEADLINE_MS,
  type SortValues,
  WRITE_DEADLINE_MS,
  type Written,
} from './calls.ts';
export { AttributeSchema, attributeSchemaFaults } from './catalog/attribute-schema.ts';
export { attributeFaults } from './catalog/attributes.ts';
export { Category, CategoryCounts, CategoryEdit, CategoryInput, CategoryState } from './catalog/category.ts';
export {
  Company,
  CompanyInput,
  CompanyMerge,
  CompanyState,
  employeeBands,
  legalForms,
  PossibleDuplicate,
  PossibleDuplicates,
  RELATIONS_MAX,
  type Relation,
  supplierTypes,
  type Verification,
  type VerificationLevel,
  verificationLevels,
} from './catalog/company.ts';
export type { CompanyMergeRequest } from './catalog/company-calls.ts';
export { Crosswalk, crosswalkFaults } from './catalog/crosswalk.ts';
export { gtinCheckDigit } from './catalog/gtin.ts';
export {
  Inquiry,
  InquiryInput,
  InquiryReceipt,
  InquiryState,
  inquiryStates,
  type SpamSignal,
} from './catalog/inquiry.ts';
export {
  availabilities,
  conditions,
  incoterms,
  Offering,
  OfferingInput,
  OfferingState,
  offeringKinds,
} from './catalog/offering.ts';
export {
  CENSUS_DAYS_MAX,
  type DaySum,
  SUMMARY_DAYS_MAX,
  type SummaryReply,
  type SummaryRequest,
  VERSIONS_MAX,
  type VersionRow,
  type VersionsReply,
  type VersionsRequest,
} from './census.ts';
export { buildChange, Change, ChangeEntry, changeType } from './change.ts';
export { type DocumentDiffRow, diffDocuments } from './document-diff.ts';
export {
  createEditReader,
  dropReadOnly,
  type Edit,
  type EditRequest,
  type RuleFault,
  requireNoFaults,
} from './edits.ts';
export { escapePointer } from './faults.ts';
export { FIELDS_MAX, pickFields } from './fields.ts';
export {
  type ImportRequest,
  ImportRow,
  ImportState,
  importBounds,
  importKinds,
  importModes,
} from './imports.ts';
export {
  type ChangeInquiry,
  type CreateInquiry,
  type EraseInquiry,
  InquiryPatch,
  InquiryReply,
  type ReplyToInquiry,
} from './inquiry-calls.ts';
export {
  ArticleFilter,
  articleSorts,
  CompanyFilter,
  companySorts,
  EventFilter,
  eventSorts,
  InquiryFilter,
  inquirySorts,
  OfferingFilter,
  offeringSorts,
} from './lists.ts';
export { applyMergePatch, isRecord, isSameJson } from './merge-patch.ts';
export { Amount, Currency, compareAmounts, isCurrency, Price, PriceRange } from './money.ts';
export { type Move, MoveBody, moves, Rejection, Schedule } from './moves.ts';
export { editDistance, nearestName } from './nearest-name.ts';
export {
  Article,
  ArticleInput,
  ArticleState,
  articleKinds,
  BLOCKS_MAX,
  Block,
  BODY_HTML_MAX,
  Translation,
} from './news/article.ts';
export { htmlOfBlocks } from './news/blocks-html.ts';
export {
  ARTICLE_DUPLICATES_MAX,
  type ArticleDuplicate,
  ArticleDuplicates,
  POSSIBLE_ARTICLES_MAX,
} from './news/duplicates.ts';
export {
  type AllDay,
  attendanceModes,
  CalendarEvent,
  CalendarEventInput,
  CalendarEventState,
  eventKinds,
  eventStatuses,
  HOME_ZONE,
  LocalTime,
  OCCURRENCE_YEARS_MAX,
  OCCURRENCES_MAX,
  type Occurrence,
  type SeriesDate,
} from './news/event.ts';
export {
  Extraction,
  ExtractRequest,
  type FieldName,
  fieldNames,
  INTAKE_BYTES_MAX,
  IngestedArticle,
  type Span,
} from './news/intake.ts';
export {
  MENTIONS_MAX,
  type Mention,
  type MentionedCompany,
  type MentionRequest,
} from './news/mention.ts';
export {
  FEED_ERRORS_MAX,
  FEED_INTERVAL_DEFAULT,
  FeedFetch,
  SourceFeed,
  SourceFeedInput,
  SourceFeedPatch,
} from './news/source-feed.ts';
export { createParser, type Parser } from './parse.ts';
export { createPresenter, presentExport } from './presenter.ts';
export { parseRef, type Ref, requireSeen } from './references.ts';
export { mongolianRegions, regionFaults, regionNames } from './regions.ts';
export {
  REVISION_FILTERS_MAX,
  type RestoreRequest,
  RevisionEntry,
  type RevisionRequest,
  type RevisionsRequest,
} from './revisions.ts';
export {
  type BytesReply,
  type BytesRpcName,
  type JsonRpcName,
  type ReplyOf,
  type RequestOf,
  type RpcName,
  rpcCalls,
} from './rpc.ts';
export type { CountsReply, CountsRequest } from './search/counts.ts';
export {
  type FacetValue,
  type SearchFacet,
  type SearchFilters,
  type SearchSort,
  searchFacets,
  searchFilters,
  searchPlaces,
  searchSorts,
} from './search/filters.ts';
export type { MatchReply, MatchRequest, SavedQuery } from './search/match.ts';
export {
  FreshnessToken,
  QUERY_LENGTH_MAX,
  SearchHit,
  type SearchKind,
  SearchReply,
  SearchRequest,
  SearchState,
  searchKinds,
  TOKENS_MAX,
} from './search/query.ts';
export { SUGGESTIONS_MAX, Suggestion, SuggestReply, SuggestRequest } from './search/suggest.ts';
export {
  DeadLetter,
  DeadLetterList,
  DeadLetterShown,
  RebuildState,
  type ReconcileMode,
  ReconcileResult,
  ReconcileState,
  Replayed,
  reconcileModes,
  SearchPipeline,
} from './search/upkeep.ts';
export {
  firstSlugs,
  nextSlugs,
  normalizeSlug,
  type SlugState,
  type SlugWish,
  slugKey,
  slugKeys,
  slugOf,
  writeWithFreeSlug,
} from './slug.ts';
export { parseSort, type SortKey } from './sorting.ts';
export { DEFAULT_NAMESPACE, type Names, namesOf, type Service } from './subjects.ts';
export { cutLegalForms, isLegalForm } from './text/legal-forms.ts';
export { irregularForms, mongolianRewrites, mongolianStem, mongolianStopWords, sortNameOf } from './text/mongolian.ts';
export { normaliseText, QUERY_WORDS_MAX, wordsOf } from './text/normalise.ts';
export type { Rewrite } from './text/rewrite.ts';
export { latinMappings, lightOf, lightRewrites, openingsOf, skeletonOf, skeletonRewrites } from './text/skeleton.ts';
export {
  type ArticleKin,
  buildDisplay,
  pickText,
  type ViewOptions,
  viewArticle,
  viewCategory,
  viewCompany,
  viewEvent,
  viewInquiry,
  viewNewArticle,
  viewNewCompany,
  viewOffering,
} from './views.ts';
export { createUrlSettler, normalizeWebUrl } from './web-url.ts';
export {
  allowedMoves,
  beginLife,
  changeTypeOf,
  type DocumentLife,
  describeMove,
  dueMove,
  type Judging,
  lifeOf,
  type MoveOrder,
  moveDocument,
  type Stamp,
  touch,
} from './workflow.ts';
