import { type Static, Type } from 'typebox';
import { CategoryCode, closed, Instant, LocaleTag, Text, Version, WebUrl } from '../atoms.ts';
import { type Call, READ_DEADLINE_MS, WRITE_DEADLINE_MS, Written } from '../calls.ts';

/** Minutes between two fetches when nothing is said. */
export const FEED_INTERVAL_DEFAULT = 60;
const INTERVAL_MIN = 15;
const INTERVAL_MAX = 7 * 24 * 60;
const FETCH_DEADLINE_MS = 35_000;
/** Errors that a feed keeps, the newest first. */
export const FEED_ERRORS_MAX = 10;

const Id = Type.String({
  pattern: '^feed_[0-7][0-9a-hjkmnp-tv-z]{25}$',
  description: 'Id of a source feed.',
  examples: ['feed_01h455vb4pex5vsknk084sn02q'],
});

const members = {
  url: WebUrl,
  name: Type.Optional(Text(120)),
  category: Type.Optional({ ...CategoryCode, description: 'Of what comes from this feed, beside what is read in it.' }),
  language: Type.Optional({ ...LocaleTag, description: 'Of what comes from this feed and does not say it.' }),
  intervalMinutes: Type.Optional(
    Type.Integer({
      minimum: INTERVAL_MIN,
      maximum: INTERVAL_MAX,
      default: FEED_INTERVAL_DEFAULT,
      description: 'Minutes between two fetches.',
    }),
  ),
  state: Type.Optional(Type.Enum(['active', 'paused'], { description: 'A paused feed is fetched by hand alone.' })),
};

/** What a caller sends to add a feed to read. */
export const SourceFeedInput = Type.Object(members, { ...closed, $id: 'SourceFeedInput' });
export type SourceFeedInput = Static<typeof SourceFeedInput>;

/** What may be changed of a feed; null takes a member away. */
export const SourceFeedPatch = Type.Object(
  {
    url: Type.Optional(members.url),
    name: Type.Optional(Type.Union([Text(120), Type.Null()])),
    category: Type.Optional(Type.Union([CategoryCode, Type.Null()])),
    language: Type.Optional(Type.Union([LocaleTag, Type.Null()])),
    intervalMinutes: members.intervalMinutes,
    state: members.state,
  },
  { ...closed, $id: 'SourceFeedPatch', description: 'A merge patch (RFC 7396) of a source feed.' },
);
export type SourceFeedPatch = Static<typeof SourceFeedPatch>;

const FetchError = Type.Object({ code: Type.String(), reason: Type.String(), message: Type.String() });

/** What a fetch did. `fetched` items were in the feed; each of them is created, a duplicate, rejected, or left for later. */
export const FeedFetch = Type.Object(
  {
    fetched: Type.Integer({ minimum: 0 }),
    created: Type.Integer({ minimum: 0, description: 'Drafts that were made.' }),
    duplicates: Type.Integer({ minimum: 0, description: 'Items that were taken in before, here or elsewhere.' }),
    rejected: Type.Integer({ minimum: 0, description: 'Items in which no article can be told.' }),
    notModified: Type.Boolean({ description: 'The other server said that nothing is new.' }),
    error: Type.Optional(FetchError),
  },
  { $id: 'FeedFetch', description: 'What a fetch of a feed did.' },
);
export type FeedFetch = Static<typeof FeedFetch>;

export const SourceFeed = Type.Object(
  {
    id: Id,
    kind: Type.Literal('feed'),
    v: Version,
    ...members,
    intervalMinutes: Type.Integer(),
    state: Type.Enum(['active', 'paused', 'gone'], { description: 'gone: the other server answered 410.' }),
    createdAt: Instant,
    updatedAt: Instant,
    nextFetchAt: Type.Optional(Instant),
    lastFetch: Type.Optional(Type.Object({ at: Instant, ...FeedFetch.properties })),
    lastErrors: Type.Array(Type.Object({ at: Instant, ...FetchError.properties }), {
      description: `The newest ${FEED_ERRORS_MAX}, newest first.`,
    }),
  },
  { $id: 'SourceFeed', description: 'A feed that is read: RSS, Atom or JSON Feed. Its items become drafts.' },
);
export type SourceFeed = Static<typeof SourceFeed>;

const given = { id: Type.String({ maxLength: 200 }) };
/** A version, when given, must be current. */
const versioned = { ...given, v: Type.Optional(Version) };
const write = { deadlineMs: WRITE_DEADLINE_MS, isIdempotent: false };
const read = { deadlineMs: READ_DEADLINE_MS, isIdempotent: true };

/** Feeds are known to staff alone, and nobody keeps a copy of them: there are no changes of them on the bus. */
export const sourceFeedCalls = {
  'rpc.news.feed.get': { request: Type.Object(given, closed), reply: SourceFeed, ...read },
  /** In the order in which they were added; `next` is the last id when there are more. */
  'rpc.news.feed.list': {
    request: Type.Object(
      { limit: Type.Integer({ minimum: 1, maximum: 100 }), after: Type.Optional(Type.String({ maxLength: 200 })) },
      closed,
    ),
    reply: Type.Object({ items: Type.Array(SourceFeed), next: Type.Optional(Type.String()) }),
    ...read,
  },
  /** A repeat with the same id answers what the first one made. */
  'rpc.news.feed.create': {
    request: Type.Object({ ...given, input: SourceFeedInput }, closed),
    reply: SourceFeed,
    ...write,
  },
  'rpc.news.feed.change': {
    request: Type.Object({ ...versioned, body: SourceFeedPatch }, closed),
    reply: SourceFeed,
    ...write,
  },
  'rpc.news.feed.remove': { request: Type.Object(versioned, closed), reply: Written, ...write },
  /** Reads a feed now. The other server may take its time: longer than any other call. */
  'rpc.news.feed.fetch': {
    request: Type.Object(given, closed),
    reply: FeedFetch,
    deadlineMs: FETCH_DEADLINE_MS,
    isIdempotent: false,
  },
} satisfies Record<string, Call>;
