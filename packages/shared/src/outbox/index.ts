export { connectMongo, type Mongo } from './connect.ts';
export { createDocumentActions } from './document-actions.ts';
export { createDatabaseGuard } from './driver-errors.ts';
export { createDueMovesWorker } from './due-moves.worker.ts';
export { actorName, type Stored } from './envelope.ts';
export type { ExportPage } from './export.ts';
export { anyKeyOf, anyOf } from './list-filter.ts';
export { createLister } from './lister.ts';
export type { Filter, Page, PageOptions } from './page.ts';
export type { Picked } from './pick.ts';
export { createRelay, type Relay, type RelayOptions } from './relay.ts';
export type { RelaySource } from './relay-source.ts';
export { createRevisionActions } from './revision-actions.ts';
export type { ChangeOptions } from './store-change.ts';
export type { CreateOptions } from './store-core.ts';
export type { RemoveOptions } from './store-remove.ts';
export { createTombstoneJanitor } from './tombstone-janitor.ts';
export {
  createVersionedStore,
  type StoreDeps,
  type VersionedStore,
  type VersionedStoreOptions,
} from './versioned-store.ts';
