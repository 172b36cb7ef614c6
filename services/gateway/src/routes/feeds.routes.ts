import type { Bus } from '@ortoo/shared/bus';
import type { ListRequest, SortValues } from '@ortoo/shared/contracts';
import { toHttpDate } from '@ortoo/shared/kernel';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { atom } from '../formats/atom.ts';
import { type Feed, type FeedEntry, type FeedFormat, PORTAL } from '../formats/feed.ts';
import { articleEntry, companyEntry, offeringEntry } from '../formats/feed-entries.ts';
import { jsonFeed } from '../formats/json-feed.ts';
import { rss } from '../formats/rss.ts';
import { sendList } from '../http/answers.ts';
import { nextAddress } from '../http/list-page.ts';
import { aFeed, answersByPath, notModified } from '../openapi/answers.ts';
import { cursor, headersOf, ifNoneMatch, LIMIT_DEFAULT, lang, limit, queryOf, waitFor } from '../openapi/parameters.ts';
import { articleResource } from './articles.routes.ts';
import { companyResource } from './companies.routes.ts';
import type { DocumentResource, DocumentTools } from './document-resource.ts';
import { parseDocuments } from './inclusions.ts';
import { offeringResource } from './offerings.routes.ts';

/** A kind that is told of in feeds. */
type Told = {
  resource: DocumentResource;
  entryOf(document: Record<string, unknown>, origin: string): FeedEntry;
  titles: Record<FastifyRequest['lang'], string>;
};

const formats: FeedFormat[] = [rss, atom, jsonFeed];

/** `/feeds/{plural}.{rss,atom,json}`: what is published, the newest first, by the filters of the list. */
export function feedRoutes(app: FastifyInstance, bus: Pick<Bus, 'call' | 'callBytes'>, tools: DocumentTools): void {
  for (const told of toldOf(bus)) for (const format of formats) registerFeed(app, { told, format, tools });
}

/** `T` is the view of the kind: what the owner answers is taken for it unchecked. */
function told<T>(
  resource: DocumentResource,
  entryOf: (document: T, origin: string) => FeedEntry,
  titles: Told['titles'],
): Told {
  return { resource, entryOf: (document, origin) => entryOf(document as T, origin), titles };
}

function toldOf(bus: Pick<Bus, 'call' | 'callBytes'>): Told[] {
  return [
    told(articleResource(bus), articleEntry, { mn: 'Мэдээ', en: 'News', ru: 'Новости', ko: '뉴스', zh: '新闻' }),
    told(companyResource(bus), companyEntry, {
      mn: 'Компаниуд',
      en: 'Companies',
      ru: 'Компании',
      ko: '기업',
      zh: '企业',
    }),
    told(offeringResource(bus), offeringEntry, {
      mn: 'Бараа, үйлчилгээ',
      en: 'Products and services',
      ru: 'Товары и услуги',
      ko: '제품과 서비스',
      zh: '产品与服务',
    }),
  ];
}

type FeedQuery = { limit?: number; cursor?: string; lang?: string; waitFor?: string[]; category?: string[] };
type Route = { told: Told; format: FeedFormat; tools: DocumentTools };

function registerFeed(app: FastifyInstance, { told: { resource, entryOf, titles }, format, tools }: Route): void {
  const { plural, tag, filter, staffFilters = [], calls } = resource;
  const isOpen = (name: string) => name !== 'status' && !staffFilters.includes(name);
  const filters = Object.fromEntries(Object.entries(filter.properties).filter(([name]) => isOpen(name)));
  const { extension, mediaType } = format;
  const schema = {
    tags: ['Feeds'],
    operationId: `feed${tag}${extension[0]?.toUpperCase()}${extension.slice(1)}`,
    summary: `What is published in ${plural}, the newest first, as a feed`,
    description: 'With the filters of the list; what is not published is in no feed, whoever asks.',
    security: [{}, { key: [] }],
    querystring: queryOf({ ...filters, limit, cursor, waitFor, lang }),
    headers: headersOf(ifNoneMatch),
    response: answersByPath({ 200: aFeed(mediaType), 304: notModified }, ['UNAUTHENTICATED']),
  };
  const url = `/feeds/${plural}.${extension}`;
  app.get(url, { schema, config: { mediaTypes: [] } }, async (request, reply) => {
    const {
      limit: size = LIMIT_DEFAULT,
      cursor: from,
      lang: _lang,
      waitFor: _known,
      ...given
    } = request.query as FeedQuery;
    await tools.categoryCodes.require(request.context(), given.category);
    const scope = { route: `/feeds/${plural}`, filters: given };
    const page = await calls.list(request.context(), {
      filter: given as never,
      limit: size,
      view: 'public',
      lang: request.lang,
      sort: ['-publishedAt'],
      ...(from === undefined ? {} : { after: tools.cursors.open(scope, from) as SortValues }),
    } satisfies ListRequest<never>);
    const { next: position } = page.meta;
    const next = position && nextAddress(request.url, tools.cursors.seal(scope, JSON.parse(position)));
    const origin = request.origin();
    const entries = parseDocuments(page).map((document) => entryOf(document, origin));
    const feed = buildFeed(request, { plural, title: titles[request.lang], entries, next });
    if (next) reply.header('link', `<${next}>; rel="next"`);
    if (feed.updated) reply.header('last-modified', toHttpDate(feed.updated));
    return sendList(request, reply.type(`${mediaType}; charset=utf-8`), Buffer.from(format.write(feed)));
  });
}

type Page = { plural: string; title: string; entries: FeedEntry[]; next: string | undefined };

/** A feed is named by its query without what only pages it. */
function buildFeed(request: FastifyRequest, { plural, title, entries, next }: Page): Feed {
  const origin = request.origin();
  const [path = '', search = ''] = request.url.split('?', 2);
  const query = new URLSearchParams(search);
  for (const name of ['cursor', 'waitFor']) query.delete(name);
  const id = `${origin}${path}${query.size > 0 ? `?${query.toString()}` : ''}`;
  for (const name of ['limit', 'lang']) query.delete(name);
  return {
    title: `${PORTAL}: ${title}`,
    lang: request.lang,
    id,
    home: `${origin}/v1/${plural}${query.size > 0 ? `?${query.toString()}` : ''}`,
    self: `${origin}${request.url}`,
    next: next && `${origin}${next}`,
    updated: entries
      .map(({ updated }) => updated)
      .toSorted()
      .at(-1),
    entries,
  };
}
