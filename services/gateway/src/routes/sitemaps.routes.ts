import type { Bus } from '@ortoo/shared/bus';
import type { ListRequest, SortValues } from '@ortoo/shared/contracts';
import { type Clock, type Context, shiftInstant } from '@ortoo/shared/kernel';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Cursors } from '../cursor.ts';
import { addressOf } from '../formats/addresses.ts';
import { type NewsItem, newsUrlSet, robotsText, sitemapIndex, urlSet } from '../formats/sitemap.ts';
import { sendList } from '../http/answers.ts';
import { aFile, answersByPath, notModified } from '../openapi/answers.ts';
import { cursor, headersOf, ifNoneMatch, queryOf } from '../openapi/parameters.ts';
import { createSitemapPages, type SitemapPage, toStep } from '../sitemaps/sitemap-pages.ts';
import { articleResource } from './articles.routes.ts';
import { companyResource } from './companies.routes.ts';
import type { DocumentResource } from './document-resource.ts';
import { parseDocuments } from './inclusions.ts';
import { offeringResource } from './offerings.routes.ts';

type Tools = { bus: Pick<Bus, 'call' | 'callBytes'>; cursors: Cursors; clock: Clock };

/** As many as one list gives at most. */
const STEP = 100;
/** A page that has grown holds this many addresses at most; it is divided when pages are counted out anew. */
const ADDRESSES_MAX = 10_000;
const NEWS_MAX = 1_000;
const NEWS_AGE_MS = 2 * 86_400_000;
const XML = 'application/xml';

/** `/sitemap.xml`, its pages under `/sitemaps`, and `/robots.txt`: where everything public is, for crawlers. */
export function sitemapRoutes(app: FastifyInstance, tools: Tools): void {
  const { bus, cursors, clock } = tools;
  const resources = [companyResource(bus), offeringResource(bus), articleResource(bus)];
  const divided = resources.map((resource) => ({
    resource,
    pages: createSitemapPages({ ask: async (ctx, after) => toStep(await list(resource, ctx, { after })), clock }),
  }));
  const newsAddress = (request: FastifyRequest) => `${request.origin()}/sitemaps/news.xml`;

  register(app, { url: '/sitemap.xml', summary: 'All sitemaps', mediaType: XML }, async (request) => {
    const found = await Promise.all(
      divided.map(async ({ resource: { plural }, pages }) =>
        (await pages.all(request.context())).map((page) => addressOfPage(request, cursors, { plural, page })),
      ),
    );
    return sitemapIndex([...found.flat(), newsAddress(request)]);
  });
  for (const resource of resources) {
    const { plural } = resource;
    const summary = `Where ${plural} are`;
    register(app, { url: `/sitemaps/${plural}.xml`, summary, mediaType: XML, isPaged: true }, async (request) => {
      const { cursor: given } = request.query as { cursor?: string };
      const page = given === undefined ? { after: null, until: null } : cursors.open(scopeOf(plural), given);
      const found = await readPage(request.context(), resource, page as SitemapPage);
      const origin = request.origin();
      return urlSet(found.map(({ id, updatedAt }) => ({ url: addressOf(origin, plural, id), updatedAt })));
    });
  }
  register(app, { url: '/sitemaps/news.xml', summary: 'Articles of two days', mediaType: XML }, async (request) => {
    const since = shiftInstant(clock.now(), -NEWS_AGE_MS);
    return newsUrlSet(await readNews(request.context(), articleResource(bus), since), request.origin());
  });
  register(app, { url: '/robots.txt', summary: 'What crawlers may read', mediaType: 'text/plain' }, async (request) =>
    robotsText([`${request.origin()}/sitemap.xml`, newsAddress(request)]),
  );
}

type File = { url: string; summary: string; mediaType: string; isPaged?: boolean };

function register(app: FastifyInstance, file: File, write: (request: FastifyRequest) => Promise<string>): void {
  const { url, summary, mediaType, isPaged } = file;
  const name = url.replace(/\.\w+$/, '').replaceAll('/', '-');
  const schema = {
    tags: ['Feeds'],
    operationId: `read${name.replace(/-(\w)/g, (_dash, letter: string) => letter.toUpperCase())}`,
    summary,
    security: [{}, { key: [] }],
    querystring: queryOf(isPaged ? { cursor } : {}),
    headers: headersOf(ifNoneMatch),
    response: answersByPath({ 200: aFile(mediaType, 'The file.'), 304: notModified }, ['UNAUTHENTICATED']),
  };
  app.get(url, { schema, config: { mediaTypes: [] } }, async (request, reply): Promise<FastifyReply> => {
    const text = await write(request);
    return sendList(request, reply.type(`${mediaType}; charset=utf-8`), Buffer.from(text));
  });
}

const scopeOf = (plural: string) => ({ route: `/sitemaps/${plural}` });

function addressOfPage(
  request: FastifyRequest,
  cursors: Cursors,
  { plural, page }: { plural: string; page: SitemapPage },
): string {
  return `${request.origin()}/sitemaps/${plural}.xml?cursor=${cursors.seal(scopeOf(plural), page)}`;
}

type Asked = { after: SortValues | null; filter?: object; sort?: string[]; fields?: string[] };

function list({ calls }: DocumentResource, ctx: Context, asked: Asked) {
  const { after, filter = {}, sort = ['createdAt'], fields = ['createdAt', 'updatedAt'] } = asked;
  return calls.list(ctx, {
    filter: filter as never,
    limit: STEP,
    view: 'public',
    lang: 'en',
    sort,
    fields,
    ...(after === null ? {} : { after }),
  } satisfies ListRequest<never>);
}

async function readPage(ctx: Context, resource: DocumentResource, { after, until }: SitemapPage) {
  const found: { id: string; updatedAt: string }[] = [];
  let position: SortValues | null = after;
  do {
    const { items, next } = toStep(await list(resource, ctx, { after: position }));
    const inside = items.filter(({ createdAt }) => until === null || createdAt <= until);
    found.push(...inside);
    position = inside.length < items.length ? null : next;
  } while (position !== null && found.length < ADDRESSES_MAX);
  return found.slice(0, ADDRESSES_MAX);
}

async function readNews(ctx: Context, resource: DocumentResource, since: string): Promise<NewsItem[]> {
  const found: NewsItem[] = [];
  let position: SortValues | null = null;
  const asked = { filter: { publishedFrom: since }, sort: ['-publishedAt'] };
  const fields = ['language', 'headline', 'publishedAt', 'createdAt'];
  do {
    const page = await list(resource, ctx, { ...asked, fields, after: position });
    found.push(...(parseDocuments(page) as NewsItem[]));
    position = toStep(page).next;
  } while (position !== null && found.length < NEWS_MAX);
  return found.slice(0, NEWS_MAX);
}
