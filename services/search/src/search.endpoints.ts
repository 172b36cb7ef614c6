import type { Endpoints } from '@ortoo/shared/bus';
import type { SearchActions } from './query/search.actions.ts';
import type { UpkeepActions } from './upkeep/upkeep.actions.ts';

/** Which call is answered by which action. */
export const searchEndpoints = (actions: SearchActions, upkeep: UpkeepActions): Endpoints => ({
  'rpc.search.query': actions.query,
  'rpc.search.counts': actions.counts,
  'rpc.search.match': actions.match,
  'rpc.search.suggest': actions.suggest,
  'rpc.search.state': actions.state,
  'rpc.search.pipeline': upkeep.pipeline,
  'rpc.search.rebuild.start': upkeep.rebuildStart,
  'rpc.search.rebuild.state': upkeep.rebuildState,
  'rpc.search.reconcile.start': (_ctx, { mode }) => upkeep.reconcileStart(mode),
  'rpc.search.reconcile.state': upkeep.reconcileState,
  'rpc.search.deadLetter.list': (_ctx, request) => upkeep.deadLetters.list(request),
  'rpc.search.deadLetter.get': (_ctx, { sequence }) => upkeep.deadLetters.get(sequence),
  'rpc.search.deadLetter.replay': (_ctx, { sequence }) => upkeep.deadLetters.replay(sequence),
});
