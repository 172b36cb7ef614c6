import type { Endpoints } from '@ortoo/shared/bus';
import { createPresenter, type InquiryState, viewInquiry } from '@ortoo/shared/contracts';
import type { InquiryActions } from './inquiry.actions.ts';

const show = createPresenter<InquiryState>(viewInquiry);

/** The calls about inquiries. What is answered to a sender shows nothing. */
export const inquiryEndpoints = (actions: InquiryActions): Endpoints => ({
  'rpc.catalog.inquiry.create': actions.create,
  'rpc.catalog.inquiry.get': show.one(actions.get),
  'rpc.catalog.inquiry.list': show.page(actions.list),
  'rpc.catalog.inquiry.change': show.one(actions.change),
  'rpc.catalog.inquiry.reply': show.one(actions.reply),
  'rpc.catalog.inquiry.erase': show.one(actions.erase),
});
