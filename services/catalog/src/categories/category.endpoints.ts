import type { Endpoints } from '@ortoo/shared/bus';
import { type CategoryState, createPresenter, presentExport, viewCategory } from '@ortoo/shared/contracts';
import type { CategoryActions } from './category.actions.ts';

const show = createPresenter<CategoryState>(viewCategory);

/** The calls about categories. */
export const categoryEndpoints = (actions: CategoryActions): Endpoints => ({
  'rpc.catalog.category.get': show.one(actions.get),
  'rpc.catalog.category.getMany': show.many(actions.getMany),
  'rpc.catalog.category.list': show.page(actions.list),
  'rpc.catalog.category.create': show.one(actions.create),
  'rpc.catalog.category.change': show.one(actions.change),
  'rpc.catalog.category.remove': actions.remove,
  'rpc.catalog.category.export': presentExport(actions.exportPage),
  'rpc.catalog.category.summary': actions.summary,
  'rpc.catalog.category.versions': actions.versions,
  'rpc.catalog.category.revisions': presentExport(actions.revisions),
  'rpc.catalog.category.revision': show.one(actions.revision),
  'rpc.catalog.category.restore': show.one(actions.restore),
});
