import type { Endpoints } from '@ortoo/shared/bus';
import {
  type CompanyState,
  createPresenter,
  presentExport,
  viewCompany,
  viewNewCompany,
} from '@ortoo/shared/contracts';
import type { CompanyActions } from './company.actions.ts';

const show = createPresenter<CompanyState>(viewCompany);
const showNew = createPresenter<CompanyState>(viewNewCompany);

/** The calls about companies. */
export const companyEndpoints = (actions: CompanyActions): Endpoints => ({
  'rpc.catalog.company.get': show.found(actions.get),
  'rpc.catalog.company.getMany': show.many(actions.getMany),
  'rpc.catalog.company.list': show.page(actions.list),
  'rpc.catalog.company.create': showNew.one(actions.create),
  'rpc.catalog.company.change': show.one(actions.change),
  'rpc.catalog.company.move': show.one(actions.move),
  'rpc.catalog.company.merge': show.one(actions.merge),
  'rpc.catalog.company.duplicates': actions.duplicates,
  'rpc.catalog.company.remove': actions.remove,
  'rpc.catalog.company.export': presentExport(actions.exportPage),
  'rpc.catalog.company.summary': actions.summary,
  'rpc.catalog.company.versions': actions.versions,
  'rpc.catalog.company.revisions': presentExport(actions.revisions),
  'rpc.catalog.company.revision': show.one(actions.revision),
  'rpc.catalog.company.restore': show.one(actions.restore),
});
