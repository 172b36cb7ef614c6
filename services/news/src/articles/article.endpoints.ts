import type { Endpoints } from '@ortoo/shared/bus';
import {
  type ArticleState,
  createPresenter,
  presentExport,
  viewArticle,
  viewNewArticle,
} from '@ortoo/shared/contracts';
import type { ArticleActions } from './article.actions.ts';

const show = createPresenter<ArticleState>(viewArticle);
const showNew = createPresenter<ArticleState>(viewNewArticle);

/** The calls about articles. */
export const articleEndpoints = (actions: ArticleActions): Endpoints => ({
  'rpc.news.article.get': show.found(actions.get),
  'rpc.news.article.getMany': show.many(actions.getMany),
  'rpc.news.article.list': show.page(actions.list),
  'rpc.news.article.create': showNew.one(actions.create),
  'rpc.news.article.change': show.one(actions.change),
  'rpc.news.article.move': show.one(actions.move),
  'rpc.news.article.duplicates': actions.duplicates,
  'rpc.news.article.mention': show.one(actions.mention),
  'rpc.news.article.remove': actions.remove,
  'rpc.news.article.export': presentExport(actions.exportPage),
  'rpc.news.article.summary': actions.summary,
  'rpc.news.article.versions': actions.versions,
  'rpc.news.article.revisions': presentExport(actions.revisions),
  'rpc.news.article.revision': show.one(actions.revision),
  'rpc.news.article.restore': show.one(actions.restore),
});
