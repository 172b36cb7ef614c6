import type { TObject } from 'typebox';
import type {
  ExportRequest,
  Kind,
  Service,
  SummaryReply,
  SummaryRequest,
  VersionsReply,
  VersionsRequest,
} from '../contracts/index.ts';
import type { Clock, Context } from '../kernel/index.ts';
import { readSummary, readVersions } from './census.ts';
import { databaseOf, type Mongo } from './connect.ts';
import { createDatabaseGuard } from './driver-errors.ts';
import { type Stored, type StoredDocument, toStored } from './envelope.ts';
import { type ExportPage, readExportPage } from './export.ts';
import { ensureStoreIndexes } from './indexes.ts';
import { createStoreModel } from './model.ts';
import { type Page, type PageOptions, readPage } from './page.ts';
import { type Picked, type PickOptions, readPicked } from './pick.ts';
import type { Relay } from './relay.ts';
import { revisionsOf } from './relay-source.ts';
import { type ChangeOptions, changeDocument } from './store-change.ts';
import { type CreateOptions, notFound, READ_PROJECTION, type StoreCore, statementMs } from './store-core.ts';
import { createDocument } from './store-create.ts';
import { dueMembers, type EarliestOptions, type Planned, readEarliest } from './store-earliest.ts';
import { type RemoveOptions, removeDocument } from './store-remove.ts';
import { listRevisions, type RevisionsOptions, type RevisionsPage, readRevision } from './store-revisions.ts';

/**
 * Documents of one kind with versions 1, 2, 3 … Each write is one atomic statement that carries the change and the
 * note that it is to be published. Beside what each function names, all throw UNAVAILABLE when MongoDB is away and
 * TIMEOUT when the caller's time is over or a write's outcome is unknown.
 */
export type VersionedStore<T> = {
  /**
   * Stores version 1. Throws CONFLICT `<kind>.slug-taken`, `.registration-number-taken` or `.external-id-taken` (by the
   * key’s prefix slug: reg: ext:; the fault names the member, `id` the holder), `<kind>.exists` for an id that was used
   * before (where ids may be used again, for one that lives; a deleted one goes on at the version after its tombstone),
   * PAYLOAD_TOO_LARGE `<kind>.too-large` for a state of more than 800 KB, UNAVAILABLE `outbox.full`. A repeat with the
   * same id and requestKey answers what is stored.
   */
  create(ctx: Context, options: CreateOptions<T>): Promise<Stored<T>>;
  /** Throws NOT_FOUND `<kind>.not-found`, for a deleted document too. */
  get(ctx: Context, id: string): Promise<Stored<T>>;
  find(ctx: Context, id: string): Promise<Stored<T> | undefined>;
  /**
   * What happened at each version, the newest first, of a deleted document too, and what is not published yet included;
   * the newest 1,000. Throws NOT_FOUND `<kind>.not-found`.
   */
  revisions(ctx: Context, options: RevisionsOptions): Promise<RevisionsPage>;
  /**
   * The document as it was at a version, also one that is not published yet. Throws NOT_FOUND `<kind>.not-found`,
   * `revision.not-found` for a version that never was, GONE `revision.gone` for one that is no longer kept and
   * `revision.deletion` for the one that deleted it.
   */
  revision(ctx: Context, version: { id: string; v: number }): Promise<{ id: string; v: number; state: T }>;
  /** The live document that holds a unique key. */
  findByKey(ctx: Context, key: string): Promise<Stored<T> | undefined>;
  /** In the order asked; what is missing is left out. */
  getMany(ctx: Context, ids: string[]): Promise<Stored<T>[]>;
  /**
   * Loads, decides, asks `allow` and writes the next version. `decide` is pure; both may run several times. With `v`:
   * VERSION_MISMATCH when it is not current, with the three-way `diff`; without: loaded and tried again, at most 5 times, then UNAVAILABLE
   * `outbox.contended`. A state equal to the current one writes nothing and answers the current. Throws NOT_FOUND,
   * the CONFLICTs of `create`, UNAVAILABLE `outbox.document-full` and `outbox.full`. A repeat with a requestKey that
   * the document remembers (its last 8) answers the current without a second effect.
   */
  change(ctx: Context, options: ChangeOptions<T>): Promise<Stored<T>>;
  /**
   * Asks `allow`, leaves a tombstone (live false, without body and keys; categories stay) and answers its version. Throws
   * as `change`.
   */
  remove(ctx: Context, options: RemoveOptions<T>): Promise<{ id: string; v: number }>;
  /**
   * Live documents by sort keys, then id (in the last key's direction), from after the sort values of an earlier page's
   * `next`. At most `limit`, and fewer where their states would have more than 480 KB.
   */
  page(ctx: Context, options: PageOptions): Promise<Page<T>>;
  /** Some members of live documents that match, at most `limit`, in no order unless told: for look-ups that need no more. */
  pick<N extends keyof T & string>(ctx: Context, options: PickOptions<N>): Promise<Picked<T, N>[]>;
  /** Everything by id, tombstones included, at most 256 KB a page. */
  exportPage(ctx: Context, options: ExportRequest): Promise<ExportPage>;
  /** Counts and sums of `check` by day of change, tombstones included; what reconciling compares first. */
  summary(ctx: Context, request: SummaryRequest): Promise<SummaryReply>;
  /** Every version by id, tombstones included, without the states. */
  versions(ctx: Context, request: VersionsRequest): Promise<VersionsReply>;
  /** The documents with the earliest planned instants, from after one that was seen; ids and instants alone. */
  earliest(ctx: Context, request: EarliestOptions): Promise<Planned[]>;
  /** Creates collection and indexes; throws when one cannot be made as described. */
  ensureIndexes(): Promise<void>;
};

/** What every store of a service is made with. */
export type StoreDeps = { mongo: Mongo; relay: Relay; clock: Clock };

export type VersionedStoreOptions<T> = StoreDeps & {
  service: Service;
  kind: Kind;
  collection: string;
  /** The schema of the state; its top-level members become fields of the document. */
  members: TObject;
  /** What callers send: its members are those that a refused change is compared by. Without it, all. */
  input?: TObject;
  /** Unique keys of a state: `slug:…` (current and old ones alike), `reg:…`, `uid:…`, `ext:<system>:<value>`. */
  keysOf: (state: T) => string[];
  /** Whether the public may see a state. */
  isVisible: (state: T) => boolean;
  /**
   * The states are personal data: their values stand in the documents and nowhere else. What is pending, revisions and
   * messages name the members that changed; past states are not kept, and a refused change shows only what it names
   * (`ChangeOptions.compared`). Removing a value from the document then removes it everywhere.
   */
  isPersonal?: boolean;
  /** Ids are words that callers choose and may use again after a deletion; not unless told. */
  isIdReusable?: boolean;
  /** Indexes for lists, as MongoDB key patterns. */
  indexes: Record<string, 1 | -1>[];
};

/** Makes the store of one kind and registers it with its relay. Throws when a member's name collides with the envelope's. */
export function createVersionedStore<T>(options: VersionedStoreOptions<T>): VersionedStore<T> {
  const { mongo, relay, clock, service, kind, collection, input, keysOf, isVisible, indexes } = options;
  const { isPersonal = false, isIdReusable = false, members } = options;
  const { connection } = mongo;
  const { model, bodyNames } = createStoreModel({ connection, kind, collection, members });
  const documents = () => databaseOf(connection).collection<StoredDocument>(collection);
  const guard = createDatabaseGuard({ connection, service });
  const core: StoreCore<T> = {
    kind,
    service,
    clock,
    relay,
    guard,
    model,
    documents,
    revisions: () => revisionsOf(connection, { collection }),
    bodyNames,
    settableNames: input ? Object.keys(input.properties) : bodyNames,
    isPersonal,
    keysOf,
    isVisible,
    isIdReusable,
  };
  relay.register({ kind, collection, bodyNames, isPersonal, isIdReusable });

  async function findOne(ctx: Context, filter: { _id: string } | { keys: string }): Promise<Stored<T> | undefined> {
    const maxTimeMS = statementMs(ctx, clock);
    const found = await guard.read(() =>
      documents().findOne({ ...filter, live: true }, { projection: READ_PROJECTION, maxTimeMS }),
    );
    return found ? toStored<T>(found, bodyNames) : undefined;
  }

  async function get(ctx: Context, id: string): Promise<Stored<T>> {
    const found = await findOne(ctx, { _id: id });
    if (!found) throw notFound(kind, id);
    return found;
  }

  async function getMany(ctx: Context, ids: string[]): Promise<Stored<T>[]> {
    const maxTimeMS = statementMs(ctx, clock);
    const found = await guard.read(() =>
      documents()
        .find({ _id: { $in: ids }, live: true }, { projection: READ_PROJECTION, maxTimeMS })
        .toArray(),
    );
    const byId = new Map(found.map((document) => [document._id, document]));
    return ids.flatMap((id) => byId.get(id) ?? []).map((document) => toStored<T>(document, bodyNames));
  }

  return {
    create: (ctx, create) => createDocument(core, ctx, create),
    get,
    find: (ctx, id) => findOne(ctx, { _id: id }),
    revisions: (ctx, query) => listRevisions(core, ctx, query),
    revision: (ctx, version) => readRevision(core, ctx, version),
    findByKey: (ctx, key) => findOne(ctx, { keys: key }),
    getMany,
    change: (ctx, change) => changeDocument(core, ctx, change),
    remove: (ctx, remove) => removeDocument(core, ctx, remove),
    page: (ctx, page) => readPage(core, ctx, page),
    pick: (ctx, pick) => readPicked(core, ctx, pick),
    exportPage: (ctx, request) => readExportPage(core, ctx, request),
    summary: (ctx, request) => readSummary(core, ctx, request),
    versions: (ctx, request) => readVersions(core, ctx, request),
    earliest: (ctx, request) => readEarliest(core, ctx, request),
    ensureIndexes: () =>
      ensureStoreIndexes(documents(), {
        lists: indexes,
        due: dueMembers.filter((member) => bodyNames.includes(member)),
      }),
  };
}
