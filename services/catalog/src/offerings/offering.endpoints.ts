import type { Endpoints } from '@ortoo/shared/bus';
import { createPresenter, type OfferingState, presentExport, viewOffering } from '@ortoo/shared/contracts';
import type { OfferingActions } from './offering.actions.ts';

const show = createPresenter<OfferingState>(viewOffering);

/** The calls about offerings. */
export const offeringEndpoints = (actions: OfferingActions): Endpoints => ({
  'rpc.catalog.offering.get': show.found(actions.get),
  'rpc.catalog.offering.getMany': show.many(actions.getMany),
  'rpc.catalog.offering.list': show.page(actions.list),
  'rpc.catalog.offering.create': show.one(actions.create),
  'rpc.catalog.offering.change': show.one(actions.change),
  'rpc.catalog.offering.move': show.one(actions.move),
  'rpc.catalog.offering.remove': actions.remove,
  'rpc.catalog.offering.export': presentExport(actions.exportPage),
  'rpc.catalog.offering.summary': actions.summary,
  'rpc.catalog.offering.versions': actions.versions,
  'rpc.catalog.offering.revisions': presentExport(actions.revisions),
  'rpc.catalog.offering.revision': show.one(actions.revision),
  'rpc.catalog.offering.restore': show.one(actions.restore),
});
