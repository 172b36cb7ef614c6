import { changeCall, createCall, exportCall, getCall, getManyCall, listCall, moveCall, removeCall } from './calls.ts';
import { summaryCall, versionsCall } from './census.ts';
import { EventFilter, eventSorts } from './lists.ts';
import { CalendarEventInput } from './news/event.ts';
import { restoreCall, revisionCall, revisionsCall } from './revisions.ts';

/** The calls about calendar events. */
export const eventCalls = {
  'rpc.news.event.get': getCall(),
  'rpc.news.event.getMany': getManyCall(),
  'rpc.news.event.list': listCall(EventFilter, eventSorts),
  'rpc.news.event.create': createCall(CalendarEventInput),
  'rpc.news.event.change': changeCall(),
  'rpc.news.event.move': moveCall(),
  'rpc.news.event.remove': removeCall(),
  'rpc.news.event.export': exportCall(),
  'rpc.news.event.summary': summaryCall(),
  'rpc.news.event.versions': versionsCall(),
  'rpc.news.event.revisions': revisionsCall(),
  'rpc.news.event.revision': revisionCall(),
  'rpc.news.event.restore': restoreCall(),
};
