import { AppError, type Clock, parseInstant, pause } from '@ortoo/shared/kernel';
import type { Outgoing, OutgoingAnswer } from '@ortoo/shared/outgoing';
import { createThread } from '../threads/thread.ts';
import { FEED_AGENT } from './feed-agent.ts';
import type { FeedOutcome, FeedTask, ReadFeed } from './read-feed.ts';
import { createRobots } from './robots.client.ts';
import type { Validators } from './source-feed.rules.ts';

const BYTES_MAX = 5 * 1024 * 1024;
const TIMEOUT_MS = 10_000;
const REDIRECTS_MAX = 3;
/** 5 MB of feed take two seconds of a fast machine. */
const PARSING_MS = 10_000;
const MEMORY = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 64, stackSizeMb: 4 };
/** Hosts that are remembered for the spacing; the oldest goes first. */
const HOSTS_MAX = 1_000;
const ACCEPT = 'application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5';

/** What a server answered: a document, nothing new, or a refusal with what it asks for. */
export type FeedDocument =
  | { type: 'document'; feed: ReadFeed; validators: Validators }
  | { type: 'unchanged' }
  | { type: 'refused'; error: AppError; retryAfterMs?: number; isGone: boolean };

export type FeedDocuments = {
  /**
   * Fetches and reads a feed as its server allows: by its robots.txt, a host's requests apart from each other, and only
   * when something is new. Throws what `Robots` and `Outgoing.send` throw, and UNPROCESSABLE `feed.unreadable`,
   * `feed.doctype-refused`, `feed.too-costly`.
   */
  fetch(url: string, validators: Validators, signal: AbortSignal): Promise<FeedDocument>;
  close(): Promise<void>;
};

type Deps = { outgoing: Outgoing; clock: Clock; hostSpacingMs: number };

export function createFeedDocuments({ outgoing, clock, hostSpacingMs }: Deps): FeedDocuments {
  const robots = createRobots({ outgoing, clock });
  const thread = createThread<FeedTask, FeedOutcome>(new URL('./feed-parsing.worker.ts', import.meta.url), MEMORY);
  const turns = new Map<string, number>();
  let parsing: Promise<unknown> = Promise.resolve();

  /** Waits until the host was left alone long enough; those who come meanwhile stand in line. */
  async function takeTurn(url: string, signal: AbortSignal): Promise<void> {
    const { host } = new URL(url);
    const nowMs = performance.now();
    const turnMs = Math.max(nowMs, turns.get(host) ?? 0);
    turns.delete(host);
    turns.set(host, turnMs + hostSpacingMs);
    const [oldest] = turns.keys();
    if (turns.size > HOSTS_MAX && oldest !== undefined) turns.delete(oldest);
    await pause(turnMs - nowMs, signal);
    signal.throwIfAborted();
  }

  /** One document at a time: the thread has one task. */
  async function read(task: FeedTask): Promise<ReadFeed> {
    const reading = parsing.then(() => thread.run(task, PARSING_MS));
    parsing = reading.catch(() => undefined);
    const outcome = await reading.catch((cause: unknown) => {
      const message = 'The feed takes too long or too much memory to read.';
      throw new AppError('UNPROCESSABLE', 'feed.too-costly', message, { cause });
    });
    if (outcome.type === 'unreadable') throw new AppError('UNPROCESSABLE', outcome.reason, outcome.message);
    return outcome.feed;
  }

  return {
    fetch: async (url, validators, signal) => {
      await robots.requireAllowed(url);
      await takeTurn(url, signal);
      const answer = await outgoing.send({
        url,
        headers: { 'user-agent': FEED_AGENT, accept: ACCEPT, ...conditionsOf(validators) },
        timeoutMs: TIMEOUT_MS,
        bytesMax: BYTES_MAX,
        redirectsMax: REDIRECTS_MAX,
      });
      if (answer.status === 304) return { type: 'unchanged' };
      if (answer.status !== 200) return refusedBy(answer, clock);
      const { body, headers, url: from } = answer;
      const feed = await read({ body, contentType: headers['content-type'] ?? '', url: from });
      return { type: 'document', feed, validators: validatorsOf(headers) };
    },
    close: () => thread.close(),
  };
}

function conditionsOf({ etag, lastModified }: Validators): Record<string, string> {
  return {
    ...(etag === undefined ? {} : { 'if-none-match': etag }),
    ...(lastModified === undefined ? {} : { 'if-modified-since': lastModified }),
  };
}

/** What is longer than any server needs is not sent back to it. */
const VALIDATOR_MAX = 500;

function validatorsOf({ etag, 'last-modified': lastModified }: Record<string, string>): Validators {
  return {
    ...(etag !== undefined && etag.length <= VALIDATOR_MAX ? { etag } : {}),
    ...(lastModified !== undefined && lastModified.length <= VALIDATOR_MAX ? { lastModified } : {}),
  };
}

function refusedBy({ status, headers }: OutgoingAnswer, clock: Clock): FeedDocument {
  const retryAfterMs = retryAfterOf(headers['retry-after'], clock);
  return {
    type: 'refused',
    error: AppError.unavailable(`feed.answered-${status}`, `The server answered with ${status}.`),
    isGone: status === 410,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  };
}

/** Seconds or a date (RFC 9110, 10.2.3). */
function retryAfterOf(text: string | undefined, clock: Clock): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1_000;
  const at = parseInstant(text);
  return at === undefined ? undefined : Math.max(0, Date.parse(at) - clock.nowMs());
}
