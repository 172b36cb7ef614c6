import type { Bus } from '@ortoo/shared/bus';
import { Article, ArticleFilter, ArticleInput, articleSorts } from '@ortoo/shared/contracts';
import type { FastifyInstance } from 'fastify';
import { articleJsonLd } from '../formats/article-json-ld.ts';
import { articleNinjs } from '../formats/article-ninjs.ts';
import { registerMentions } from './article-mentions.routes.ts';
import { categoryInclusion } from './categories.routes.ts';
import { companyResource } from './companies.routes.ts';
import { registerDocument } from './document.routes.ts';
import { registerDuplicates } from './document-duplicates.routes.ts';
import { registerListAbout } from './document-reads.routes.ts';
import type { DocumentResource, DocumentTools } from './document-resource.ts';

/** `/v1/articles` and `/v1/companies/{id}/articles`: industry news, owned by news. */
export function articleRoutes(app: FastifyInstance, bus: Pick<Bus, 'call' | 'callBytes'>, tools: DocumentTools): void {
  const resource = articleResource(bus);
  registerDocument(app, resource, tools);
  registerDuplicates(app, resource, {
    words: {
      operationId: 'listArticleDuplicates',
      summary: 'List the articles whose text is nearly that of one',
      description: 'The others of its group, and articles like it that are in none; the likest first, at most 50.',
    },
    component: 'ArticleDuplicates',
    ask: (ctx, request) => bus.call(ctx, 'rpc.news.article.duplicates', request),
  });
  registerListAbout(app, resource, tools, { about: companyResource(bus), member: 'companyId' });
  registerMentions(app, bus, resource);
}

/** What the routes of articles are built from. */
export function articleResource(bus: Pick<Bus, 'call' | 'callBytes'>): DocumentResource {
  return {
    kind: 'article',
    plural: 'articles',
    tag: 'Articles',
    idText: 'Id or slug of an article.',
    one: 'an article',
    scopes: { write: 'news:write', publish: 'news:publish' },
    shapes: { view: Article, input: ArticleInput },
    component: 'Article',
    filter: ArticleFilter,
    staffFilters: ['duplicate', 'duplicateOf'],
    sorts: articleSorts,
    formats: [articleJsonLd, articleNinjs],
    inclusions: { category: categoryInclusion(bus, ({ categories }) => (categories as string[] | undefined)?.[0]) },
    calls: {
      get: (ctx, request) => bus.callBytes(ctx, 'rpc.news.article.get', request),
      list: (ctx, request) => bus.callBytes(ctx, 'rpc.news.article.list', request),
      create: (ctx, request) => bus.callBytes(ctx, 'rpc.news.article.create', request),
      change: (ctx, request) => bus.callBytes(ctx, 'rpc.news.article.change', request),
      revisions: (ctx, request) => bus.callBytes(ctx, 'rpc.news.article.revisions', request),
      revision: (ctx, request) => bus.callBytes(ctx, 'rpc.news.article.revision', request),
      restore: (ctx, request) => bus.callBytes(ctx, 'rpc.news.article.restore', request),
      move: (ctx, request) => bus.callBytes(ctx, 'rpc.news.article.move', request),
      remove: (ctx, request) => bus.call(ctx, 'rpc.news.article.remove', request),
    },
  };
}
