import {
  Article,
  ArticleDuplicates,
  ArticleInput,
  CalendarEvent,
  CalendarEventInput,
  Category,
  CategoryEdit,
  CategoryInput,
  Company,
  CompanyInput,
  CompanyMerge,
  closed,
  Extraction,
  ExtractRequest,
  FeedFetch,
  ImportRow,
  IngestedArticle,
  Inquiry,
  InquiryInput,
  InquiryPatch,
  InquiryReceipt,
  InquiryReply,
  Offering,
  OfferingInput,
  PossibleDuplicates,
  Rejection,
  RevisionEntry,
  Schedule,
  SearchHit,
  SearchReply,
  SearchRequest,
  SourceFeed,
  SourceFeedInput,
  SourceFeedPatch,
  Status,
  Suggestion,
  searchKinds,
} from '@ortoo/shared/contracts';
import { errorCodes } from '@ortoo/shared/kernel';
import { type TObject, type TSchema, Type } from 'typebox';
import { ImportJob } from './import-job.ts';
import { cursor, lang, limit } from './parameters.ts';
import { Restoration, RevisionDiff } from './revisions.ts';
import { SearchClick, Stats } from './stats.ts';

/** A reference to a component; the whole schema stands once in the document. */
export const ref = (id: string): TSchema => Type.Unsafe({ $ref: `${id}#` });

/** PUT takes any status, so that what was read can be sent back; the owner refuses all but the current one. */
const replacementOf = ({ properties }: TObject, $id: string) =>
  Type.Object(
    { ...properties, status: Type.Optional(Status) },
    { ...closed, $id, description: 'All members that a caller may set; those left out are removed.' },
  );

/** What a merge patch may name; its values are checked by the owner, in the document as it would be. */
const patchOf = ({ properties }: TObject, $id: string) => {
  const names = Object.keys(properties).map((name) => [name, Type.Optional(Type.Unknown())] as const);
  return Type.Object(Object.fromEntries(names), {
    ...closed,
    $id,
    description:
      'A merge patch (RFC 7396): members take the form of the input, null removes one, what is left out stays.',
  });
};

const Page = Type.Object({
  next: Type.Union([Type.String({ examples: ['/v1/companies?cursor=…'] }), Type.Null()], {
    description: 'Where the next page is.',
  }),
  prev: Type.Null(),
  limit: Type.Integer(),
});
const listOf = (item: string, $id: string) =>
  Type.Object(
    {
      items: Type.Array(ref(item)),
      page: Page,
      total: Type.Optional(Type.Integer({ description: 'Only with `total=true`.' })),
    },
    { $id },
  );

/** A document as reads show it, with what `include=` embeds. */
const withIncluded = (view: TObject, names: Record<string, string>): TSchema => {
  const members = Object.entries(names).map(([name, id]) => [name, Type.Optional(ref(id))] as const);
  const included = Type.Object(Object.fromEntries(members), {
    description: 'What `include` asked for; what does not exist or may not be seen is left out.',
  });
  return Type.Object({ ...view.properties, included: Type.Optional(included) }, { ...optionsOf(view) });
};

function optionsOf({ $id, description }: TObject & { $id?: string; description?: string }) {
  return { ...($id ? { $id } : {}), ...(description ? { description } : {}) };
}

const CategoryList = Type.Object({ items: Type.Array(ref('Category')) }, { $id: 'CategoryList' });

const { after: _after, view: _view, staffOf: _staffOf, limit: _limit, ...searchParameters } = SearchRequest.properties;
/** The parameters of a search, the same in an address and in a body. */
const SearchQuery = Type.Object({ ...searchParameters, limit, cursor, lang }, { ...closed, $id: 'SearchQuery' });

const { next: _next, items: _items, ...searchMembers } = SearchReply.properties;
const SearchAnswer = Type.Object(
  {
    items: Type.Array(SearchHit),
    page: Type.Object({ next: Page.properties.next, limit: Type.Integer() }),
    ...searchMembers,
    queryId: Type.Optional(
      Type.String({ description: 'Names this search in clicks; only of a first page, and where a query log is kept.' }),
    ),
  },
  { $id: 'SearchAnswer' },
);

const SuggestAnswer = Type.Object(
  { items: Type.Array(Type.Object({ ...Suggestion.properties, kind: Type.Enum([...searchKinds, 'query']) })) },
  { $id: 'SuggestAnswer' },
);

const FaultSchema = Type.Object({
  pointer: Type.String({ description: 'RFC 6901: the place in the body, or the name of the parameter or header.' }),
  message: Type.String(),
  expected: Type.Optional(Type.String()),
});

const Check = Type.Object({ status: Type.Enum(['ok', 'unavailable']), detail: Type.Optional(Type.String()) });

const Problem = Type.Object(
  {
    type: Type.String({ format: 'uri', description: 'A page that explains the code.' }),
    title: Type.String(),
    status: Type.Integer(),
    code: Type.Enum([...errorCodes]),
    reason: Type.String({ examples: ['company.slug-taken'] }),
    detail: Type.String(),
    instance: Type.String(),
    requestId: Type.String(),
    errors: Type.Optional(Type.Array(FaultSchema)),
    current: Type.Optional(Type.Object({ v: Type.Integer() })),
    diff: Type.Optional(
      Type.Array(
        Type.Object({
          pointer: Type.String({ description: 'RFC 6901, into the document.' }),
          base: Type.Optional(Type.Unknown({ description: 'What the version of If-Match has there.' })),
          current: Type.Optional(Type.Unknown({ description: 'What the current version has.' })),
          yours: Type.Optional(Type.Unknown({ description: 'What the request would have made of its version.' })),
        }),
        { description: 'With 412: where the three differ, at most 100 places; lists are compared as a whole.' },
      ),
    ),
    isDiffCut: Type.Optional(Type.Boolean({ description: 'Whether places were left out of `diff`.' })),
    id: Type.Optional(Type.String({ description: 'With 409: the document that stands in the way.' })),
    uses: Type.Optional(
      Type.Record(Type.String(), Type.Integer(), {
        description: 'With 409 for what is not deleted: how many documents of which plural are in it, or belong to it.',
      }),
    ),
    allowed: Type.Optional(Type.Array(Type.String())),
    required: Type.Optional(Type.Array(Type.String())),
    checks: Type.Optional(
      Type.Record(Type.String(), Check, { description: 'Of `/readyz`: what each dependency says.' }),
    ),
  },
  { $id: 'Problem', description: 'What every answer with a status of 400 or more looks like (RFC 9457).' },
);

const Readiness = Type.Object(
  { status: Type.Literal('ok'), checks: Type.Record(Type.String(), Check) },
  { $id: 'Readiness' },
);
const HealthReport = Type.Object(
  {
    status: Type.Enum(['pass', 'warn']),
    version: Type.String(),
    services: Type.Record(
      Type.String(),
      Type.Object({ status: Type.Enum(['pass', 'fail']), output: Type.Optional(Type.String()) }),
    ),
  },
  { $id: 'HealthReport' },
);

/** Every named schema of the document. Bodies are checked by the ones that routes refer to. */
export const components: Record<string, TSchema> = Object.fromEntries(
  [
    withIncluded(Company, { category: 'Category' }),
    CompanyInput,
    CompanyMerge,
    PossibleDuplicates,
    replacementOf(CompanyInput, 'CompanyReplacement'),
    patchOf(CompanyInput, 'CompanyPatch'),
    listOf('Company', 'CompanyList'),
    withIncluded(Offering, { company: 'Company', category: 'Category' }),
    OfferingInput,
    replacementOf(OfferingInput, 'OfferingReplacement'),
    patchOf(OfferingInput, 'OfferingPatch'),
    listOf('Offering', 'OfferingList'),
    withIncluded(Article, { category: 'Category' }),
    ArticleInput,
    replacementOf(ArticleInput, 'ArticleReplacement'),
    patchOf(ArticleInput, 'ArticlePatch'),
    listOf('Article', 'ArticleList'),
    ArticleDuplicates,
    withIncluded(CalendarEvent, { company: 'Company', category: 'Category' }),
    CalendarEventInput,
    replacementOf(CalendarEventInput, 'CalendarEventReplacement'),
    patchOf(CalendarEventInput, 'CalendarEventPatch'),
    listOf('CalendarEvent', 'CalendarEventList'),
    ExtractRequest,
    Extraction,
    IngestedArticle,
    Category,
    CategoryInput,
    patchOf(CategoryEdit, 'CategoryPatch'),
    CategoryList,
    Rejection,
    Schedule,
    Inquiry,
    InquiryInput,
    InquiryPatch,
    InquiryReceipt,
    InquiryReply,
    listOf('Inquiry', 'InquiryList'),
    ImportJob,
    ImportRow,
    FeedFetch,
    SourceFeed,
    SourceFeedInput,
    SourceFeedPatch,
    listOf('SourceFeed', 'SourceFeedList'),
    RevisionEntry,
    listOf('Revision', 'RevisionList'),
    RevisionDiff,
    Restoration,
    SearchQuery,
    SearchAnswer,
    SearchClick,
    Stats,
    SuggestAnswer,
    Problem,
    Readiness,
    HealthReport,
  ].map((schema) => [(schema as { $id?: string }).$id ?? '', schema]),
);
