import type { Endpoints } from '@ortoo/shared/bus';
import type { ImportActions } from './import.actions.ts';

/** The calls about imports. */
export const importEndpoints = (actions: ImportActions): Endpoints => ({
  'rpc.news.import.create': actions.create,
  'rpc.news.import.get': actions.get,
  'rpc.news.import.report': actions.report,
  'rpc.news.import.undo': actions.undo,
});
