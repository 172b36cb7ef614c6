import type { Endpoints } from '@ortoo/shared/bus';
import type { SearchActions } from './query/search.actions.ts';

/** Which call is answered by which action. */
export const searchEndpoints = (actions: SearchActions): Endpoints => ({
  'rpc.search.query': actions.query,
  'rpc.search.state': actions.state,
});
