import { AppError, type Clock } from '@ortoo/shared/kernel';
import type { Outgoing } from '@ortoo/shared/outgoing';
import robotsParser from 'robots-parser';
import { FEED_AGENT, FEED_PRODUCT } from './feed-agent.ts';

/** Its types say that the function stands one step deeper than Node finds it. */
const parseRobots = robotsParser as unknown as typeof robotsParser.default;
type Robot = ReturnType<typeof parseRobots>;

/** RFC 9309: kept for a day at most, at least 500 KB are read, five redirects are followed. */
const KEPT_MS = 24 * 3_600_000;
const BYTES_MAX = 512 * 1024;
const REDIRECTS_MAX = 5;
const TIMEOUT_MS = 5_000;
/** Origins that are remembered; the oldest goes first. */
const ORIGINS_MAX = 1_000;

export type Robots = {
  /**
   * Throws UNPROCESSABLE `feed.robots-disallowed` when the server's robots.txt refuses us; a server without one allows
   * all, one whose robots.txt fails (5xx) allows nothing: UNAVAILABLE `feed.robots-unreachable`. Source: RFC 9309, 2.3.1.
   */
  requireAllowed(url: string): Promise<void>;
};

/** What servers allow, asked once a day each. */
export function createRobots({ outgoing, clock }: { outgoing: Outgoing; clock: Clock }): Robots {
  const known = new Map<string, { rules: Robot | undefined; untilMs: number }>();

  async function rulesOf(origin: string): Promise<Robot | undefined> {
    const kept = known.get(origin);
    if (kept && kept.untilMs > clock.nowMs()) return kept.rules;
    const rules = await ask(origin);
    known.delete(origin);
    known.set(origin, { rules, untilMs: clock.nowMs() + KEPT_MS });
    const [oldest] = known.keys();
    if (known.size > ORIGINS_MAX && oldest !== undefined) known.delete(oldest);
    return rules;
  }

  async function ask(origin: string): Promise<Robot | undefined> {
    const url = `${origin}/robots.txt`;
    const { status, body } = await outgoing.send({
      url,
      headers: { 'user-agent': FEED_AGENT },
      timeoutMs: TIMEOUT_MS,
      bytesMax: BYTES_MAX,
      redirectsMax: REDIRECTS_MAX,
    });
    if (status >= 500)
      throw AppError.unavailable('feed.robots-unreachable', `The server's robots.txt failed with ${status}.`);
    return status >= 200 && status < 300 ? parseRobots(url, body.toString('utf8')) : undefined;
  }

  return {
    requireAllowed: async (url) => {
      const rules = await rulesOf(new URL(url).origin);
      if (rules?.isAllowed(url, FEED_PRODUCT) === false)
        throw new AppError('UNPROCESSABLE', 'feed.robots-disallowed', 'The robots.txt of the server refuses us.');
    },
  };
}
