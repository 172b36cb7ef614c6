import type { Endpoints } from '@ortoo/shared/bus';
import { type CalendarEventState, createPresenter, presentExport, viewEvent } from '@ortoo/shared/contracts';
import type { CalendarEventActions } from './calendar-event.actions.ts';

const show = createPresenter<CalendarEventState>(viewEvent);

/** The calls about calendar events. */
export const calendarEventEndpoints = (actions: CalendarEventActions): Endpoints => ({
  'rpc.news.event.get': show.found(actions.get),
  'rpc.news.event.getMany': show.many(actions.getMany),
  'rpc.news.event.list': show.page(actions.list),
  'rpc.news.event.create': show.one(actions.create),
  'rpc.news.event.change': show.one(actions.change),
  'rpc.news.event.move': show.one(actions.move),
  'rpc.news.event.remove': actions.remove,
  'rpc.news.event.export': presentExport(actions.exportPage),
  'rpc.news.event.summary': actions.summary,
  'rpc.news.event.versions': actions.versions,
  'rpc.news.event.revisions': presentExport(actions.revisions),
  'rpc.news.event.revision': show.one(actions.revision),
  'rpc.news.event.restore': show.one(actions.restore),
});
