import type { Bus } from '@ortoo/shared/bus';
import type { CalendarEvent, EventFilter, ListRequest, SortValues } from '@ortoo/shared/contracts';
import { type Clock, type Instant, shiftInstant, toHttpDate } from '@ortoo/shared/kernel';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { eventCalendar, ICALENDAR } from '../formats/event-ical.ts';
import { PORTAL } from '../formats/feed.ts';
import { sendList } from '../http/answers.ts';
import { nextAddress } from '../http/list-page.ts';
import { aFeed, answersByPath, notModified } from '../openapi/answers.ts';
import { cursor, headersOf, ifNoneMatch, lang, queryOf, waitFor } from '../openapi/parameters.ts';
import type { DocumentResource, DocumentTools } from './document-resource.ts';
import { eventResource } from './events.routes.ts';
import { parseDocuments } from './inclusions.ts';

type Tools = DocumentTools & { bus: Pick<Bus, 'call' | 'callBytes'>; clock: Clock };

const DAY_MS = 86_400_000;
/** The usual calendar reaches from 90 days back to a year ahead. */
const BACK_MS = 90 * DAY_MS;
const AHEAD_MS = 365 * DAY_MS;
/** Dates are read so many at a time, and so often at most: programs that subscribe do not turn pages. */
const STEP = 100;
const STEPS_MAX = 20;

const URL_PATH = '/calendar/events.ics';
const titles: Record<FastifyRequest['lang'], string> = {
  mn: 'Арга хэмжээ',
  en: 'Events',
  ru: 'События',
  ko: '행사',
  zh: '活动',
};

type CalendarQuery = EventFilter & { cursor?: string; lang?: string; waitFor?: string[] };

/** `/calendar/events.ics`: what takes place in some time, by the filters of the list, to subscribe to. */
export function calendarRoutes(app: FastifyInstance, { bus, cursors, categoryCodes, clock }: Tools): void {
  const resource = eventResource(bus);
  const { status: _forStaff, ...filters } = resource.filter.properties;
  const schema = {
    tags: ['Feeds'],
    operationId: 'readCalendar',
    summary: 'Events as a calendar to subscribe to',
    description:
      'The events with a date from `from`, else 90 days back, until `to`, else 365 days ahead, each once with its rule. ' +
      `Up to ${STEP * STEPS_MAX} dates are read; of more, \`Link: rel="next"\` leads on.`,
    security: [{}, { key: [] }],
    querystring: queryOf({ ...filters, cursor, waitFor, lang }),
    headers: headersOf(ifNoneMatch),
    response: answersByPath({ 200: aFeed(ICALENDAR), 304: notModified }, ['UNAUTHENTICATED']),
  };
  app.get(URL_PATH, { schema, config: { mediaTypes: [] } }, async (request, reply) => {
    const { cursor: from, lang: _lang, waitFor: _known, ...given } = request.query as CalendarQuery;
    await categoryCodes.require(request.context(), given.category);
    const filter = inWindow(given, clock.now());
    const scope = { route: URL_PATH, filters: given };
    const after = from === undefined ? undefined : (cursors.open(scope, from) as SortValues);
    const { events, next } = await readEvents(request, resource, { filter, after });
    if (next) reply.header('link', `<${nextAddress(request.url, cursors.seal(scope, next))}>; rel="next"`);
    const updated = [...events.map(({ updatedAt }) => updatedAt)].toSorted().at(-1);
    if (updated) reply.header('last-modified', toHttpDate(updated));
    const text = eventCalendar(events, request.origin(), `${PORTAL}: ${titles[request.lang]}`);
    return sendList(request, reply.type(`${ICALENDAR}; charset=utf-8`), Buffer.from(text));
  });
}

/** The usual window where a query names none; in whole days, so that a calendar keeps its tag for a day. */
function inWindow(filter: EventFilter, now: Instant): EventFilter {
  const dayAt = (ms: number) => shiftInstant(now, ms).slice(0, 10);
  const { from, to } = filter;
  return {
    ...filter,
    from: from ?? dayAt(-BACK_MS),
    ...(to === undefined && from === undefined ? { to: dayAt(AHEAD_MS) } : {}),
  };
}

type Reading = { filter: EventFilter; after: SortValues | undefined };
type Read = { events: CalendarEvent[]; next: SortValues | undefined };

/** The events of all dates in a window, each once, and where to go on when there are more dates than are read at once. */
async function readEvents(
  request: FastifyRequest,
  { calls }: DocumentResource,
  { filter, after }: Reading,
): Promise<Read> {
  const events = new Map<string, CalendarEvent>();
  let position = after;
  for (let step = 0; step < STEPS_MAX; step += 1) {
    const page = await calls.list(request.context(), {
      filter: filter as never,
      limit: STEP,
      view: 'public',
      lang: request.lang,
      sort: ['start'],
      ...(position ? { after: position } : {}),
    } satisfies ListRequest<never>);
    for (const event of parseDocuments(page) as CalendarEvent[]) events.set(event.id, event);
    const { next } = page.meta;
    position = next === undefined ? undefined : (JSON.parse(next) as SortValues);
    if (!position) break;
  }
  return { events: [...events.values()], next: position };
}
