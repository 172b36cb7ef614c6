import {
  FEED_ERRORS_MAX,
  FEED_INTERVAL_DEFAULT,
  type FeedFetch,
  normalizeWebUrl,
  type RuleFault,
  requireNoFaults,
  type SourceFeed,
  type SourceFeedInput,
  type SourceFeedPatch,
} from '@ortoo/shared/contracts';
import { AppError, type Instant, shiftInstant } from '@ortoo/shared/kernel';

/** What the other server said of its answer, for the next conditional request (RFC 9110, 13.1). */
export type Validators = { etag?: string; lastModified?: string };

/** A feed as it is kept: what staff sees, and what the next fetch needs. */
export type KeptFeed = Omit<SourceFeed, 'kind'> & {
  failures: number;
  validators: Validators;
  /** Hashes of the items of the newest document, so that a draft that was deleted does not come again. */
  seen: string[];
};

/** What is judged against: the codes of categories, and why an address may not be fetched. */
export type Judging = { knownCategories: ReadonlySet<string>; targetFault(url: string): string | undefined };

const DAY_MS = 24 * 3_600_000;
const MINUTE_MS = 60_000;

/** The first state of a feed; it is due at once. Throws VALIDATION_FAILED naming every member that breaks a rule. */
export function addFeed(id: string, input: SourceFeedInput, now: Instant, judging: Judging): KeptFeed {
  requireNoFaults(faultsOf(input, judging));
  return {
    id,
    v: 1,
    ...input,
    url: normalizeWebUrl(input.url) ?? input.url,
    intervalMinutes: input.intervalMinutes ?? FEED_INTERVAL_DEFAULT,
    state: input.state ?? 'active',
    createdAt: now,
    updatedAt: now,
    ...((input.state ?? 'active') === 'active' ? { nextFetchAt: now } : {}),
    lastErrors: [],
    failures: 0,
    validators: {},
    seen: [],
  };
}

/**
 * The feed after a merge patch; itself when nothing changes. Another address is another document: what was known of the
 * old one is forgotten. Throws VALIDATION_FAILED.
 */
export function changeFeed(feed: KeptFeed, patch: SourceFeedPatch, now: Instant, judging: Judging): KeptFeed {
  const given = Object.entries(patch).filter(([, value]) => value !== undefined);
  const set = Object.fromEntries(given.filter(([, value]) => value !== null)) as SourceFeedInput;
  const dropped = new Set(given.filter(([, value]) => value === null).map(([name]) => name));
  const kept = Object.fromEntries(Object.entries(feed).filter(([name]) => !dropped.has(name))) as KeptFeed;
  requireNoFaults(faultsOf(set, judging));
  const url = set.url === undefined ? feed.url : (normalizeWebUrl(set.url) ?? set.url);
  const changed: KeptFeed = { ...kept, ...set, url };
  if (isSame(feed, changed)) return feed;
  const { nextFetchAt: _due, ...rest } = changed;
  const next = dueAfterChange(feed, changed, now);
  return {
    ...rest,
    ...(url === feed.url ? {} : { validators: {}, seen: [], failures: 0 }),
    ...(next === undefined ? {} : { nextFetchAt: next }),
    v: feed.v + 1,
    updatedAt: now,
  };
}

const editable = ['url', 'name', 'category', 'language', 'intervalMinutes', 'state'] as const;
const isSame = (one: KeptFeed, other: KeptFeed) => editable.every((name) => one[name] === other[name]);

/** A feed that goes on or moved is due at once, one with another interval at its next beat, one that rests never. */
function dueAfterChange(before: KeptFeed, after: KeptFeed, now: Instant): Instant | undefined {
  if (after.state !== 'active') return undefined;
  if (before.state !== 'active' || before.url !== after.url || before.lastFetch === undefined) return now;
  const next = shiftInstant(before.lastFetch.at, after.intervalMinutes * MINUTE_MS);
  return next < now ? now : next;
}

/** What a fetch leaves behind: its outcome, when the next one is due, and what the next one needs. */
export type Fetched = {
  outcome: FeedFetch;
  validators?: Validators;
  seen?: string[];
  /** The other server asked to be left alone so long. */
  retryAfterMs?: number;
  /** The other server said that the feed is gone for good. */
  isGone?: boolean;
  /** Time was over before all items were taken. */
  isPartial?: boolean;
};

export type FeedStatus = Pick<KeptFeed, 'lastErrors' | 'failures' | 'validators' | 'seen' | 'state'> & {
  lastFetch: NonNullable<KeptFeed['lastFetch']>;
  nextFetchAt?: Instant;
};

/**
 * The status after a fetch. Feeds that fail are asked less and less often, at least daily, and never before the time
 * that their server asked for; those that are gone (410) no more. What is not finished goes on in a minute.
 */
export function settleFetch(feed: KeptFeed, fetched: Fetched, now: Instant): FeedStatus {
  const { outcome, validators = feed.validators, seen = feed.seen, retryAfterMs = 0, isGone = false } = fetched;
  const intervalMs = fetched.isPartial ? MINUTE_MS : feed.intervalMinutes * MINUTE_MS;
  const { error } = outcome;
  const failures = error ? feed.failures + 1 : 0;
  const state = isGone ? 'gone' : feed.state;
  const waitMs = Math.max(backedOffMs(intervalMs, failures), Math.min(retryAfterMs, DAY_MS));
  return {
    state,
    failures,
    validators,
    seen,
    lastFetch: { at: now, ...outcome },
    lastErrors: error ? [{ at: now, ...error }, ...feed.lastErrors].slice(0, FEED_ERRORS_MAX) : feed.lastErrors,
    ...(state === 'active' ? { nextFetchAt: shiftInstant(now, waitMs) } : {}),
  };
}

function backedOffMs(intervalMs: number, failures: number): number {
  return Math.max(intervalMs, Math.min(DAY_MS, intervalMs * 2 ** Math.max(0, failures - 1)));
}

/** What staff sees of a feed. */
export function viewFeed({
  failures: _failures,
  validators: _validators,
  seen: _seen,
  ...shown
}: KeptFeed): SourceFeed {
  const { id, v, ...rest } = shown;
  return { id, kind: 'feed', v, ...rest };
}

/** Throws VERSION_MISMATCH. */
export function requireFeedVersion(feed: KeptFeed, v: number | undefined): void {
  if (v !== undefined && v !== feed.v) throw AppError.versionMismatch(feed.id, feed.v, v);
}

function faultsOf({ url, category }: Partial<SourceFeedInput>, judging: Judging): RuleFault[] {
  const faults: RuleFault[] = [];
  if (url !== undefined) {
    const normal = normalizeWebUrl(url);
    const message = normal === undefined ? 'is not a web address' : judging.targetFault(normal);
    if (message !== undefined) {
      const expected = 'a public http or https address';
      faults.push({ pointer: '/url', message, expected, reason: 'feed.url-refused' });
    }
  }
  if (category !== undefined && !judging.knownCategories.has(category)) {
    const message = `there is no category ${category}`;
    faults.push({ pointer: '/category', message, expected: 'the code of a category', reason: 'feed.category-unknown' });
  }
  return faults;
}
