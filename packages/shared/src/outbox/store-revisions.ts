import { isRecord, type RevisionsRequest } from '../contracts/index.ts';
import { AppError, type Context } from '../kernel/index.ts';
import { fromPointer } from './difference.ts';
import { fieldsOf, type PendingEntry } from './envelope.ts';
import { readPast } from './past-state.ts';
import { REVISIONS_KEPT, type Revision } from './revisions.ts';
import { notFound, type StoreCore, statementMs } from './store-core.ts';

export type RevisionsOptions = Omit<RevisionsRequest, 'ref'> & { id: string };
/** What happened at a version; `fields` are the members of the state that changed. */
type RevisionSummary = Pick<Revision, 'v' | 'type' | 'at' | 'actor' | 'fields'>;
export type RevisionsPage = { items: RevisionSummary[]; next?: number };
type Row = RevisionSummary & Pick<Revision, 'patch' | 'state'>;

/** Versions that are looked through at a time where not all are wanted. */
const LOOK_THROUGH = 200;
/** A row may have a large member; no more than these are in memory together. */
const BATCH = 20;

/**
 * The versions of a document, the newest first; see `VersionedStore.revisions`. Versions have no gap, so that a page is
 * asked for by its ids: no further index is needed, nothing is sorted, and a page without a filter is two statements.
 */
export async function listRevisions<T>(
  core: StoreCore<T>,
  ctx: Context,
  { id, limit, before = Infinity, ...filters }: RevisionsOptions,
): Promise<RevisionsPage> {
  const projection = { v: 1, pending: 1 };
  // The document first: what the relay clears from it meanwhile is then found among the revisions.
  const document = await core.guard.read(() =>
    core.documents().findOne({ _id: id }, { projection, maxTimeMS: statementMs(ctx, core.clock) }),
  );
  if (!document) throw notFound(core.kind, id);
  const wanted = buildWanted(core, filters);
  const pending = document.pending.map(toRow).filter(wanted.has);
  const oldest = oldestKept(document.v);
  const step = filters.fields || filters.actors ? LOOK_THROUGH : limit + 1;
  const items: RevisionSummary[] = [];
  let last = Math.min(document.v, before - 1);
  while (last >= oldest && items.length <= limit) {
    const first = Math.max(oldest, last - step + 1);
    items.push(...(await readWindow(core, ctx, { id, first, last, wanted, pending })));
    last = first - 1;
  }
  const page = items.slice(0, limit);
  return items.length > limit ? { items: page, next: page.at(-1)?.v ?? 1 } : { items: page };
}

/** A document as it was at a version; see `VersionedStore.revision`. */
export async function readRevision<T>(
  core: StoreCore<T>,
  ctx: Context,
  { id, v }: { id: string; v: number },
): Promise<{ id: string; v: number; state: T }> {
  const past = await readPast(core, ctx, { id, v });
  if (!past) throw notFound(core.kind, id);
  const { newest, state, isDeletion } = past;
  if (v > newest || v < 1) {
    throw AppError.notFound('revision.not-found', `There is no version ${v} of ${id}; the newest is ${newest}.`);
  }
  if (isDeletion) throw new AppError('GONE', 'revision.deletion', `At version ${v} ${id} was deleted.`);
  if (!state || v < oldestKept(newest)) {
    throw new AppError(
      'GONE',
      'revision.gone',
      `Version ${v} of ${id} is no longer kept; the oldest kept is ${oldestKept(newest)}.`,
    );
  }
  return { id, v, state: state as T };
}

function oldestKept(newest: number): number {
  return Math.max(1, newest - REVISIONS_KEPT + 1);
}

type Wanted = { filter: Record<string, unknown>; projection: Record<string, 1>; has(row: Row): boolean };

/** What tells the wanted versions from others: to the database by the names of members, to us by the places inside. */
function buildWanted<T>(
  { bodyNames }: StoreCore<T>,
  { fields, actors }: Pick<RevisionsOptions, 'fields' | 'actors'>,
): Wanted {
  const places = (fields ?? [])
    .map((pointer) => pointer.slice(1).split('/').map(fromPointer))
    .filter(([name]) => name !== undefined && bodyNames.includes(name)); // a name goes into the statement
  const names = [...new Set(places.map(([name = '']) => name))];
  const inner = places.filter(({ length }) => length > 1).flatMap(([name]) => [`patch.${name}`, `state.${name}`]);
  return {
    filter: { ...(fields ? { fields: { $in: names } } : {}), ...(actors ? { actor: { $in: actors } } : {}) },
    projection: {
      v: 1,
      type: 1,
      at: 1,
      actor: 1,
      fields: 1,
      ...Object.fromEntries(inner.map((path) => [path, 1 as const])),
    },
    has: ({ actor, fields: changed, patch, state }) =>
      (!actors || actors.includes(actor)) &&
      (!fields ||
        places.some(([name = '', ...inside]) => changed.includes(name) && isTouched((patch ?? state)?.[name], inside))),
  };
}

/** Whether a member's patch reaches a place inside: what is replaced or removed as a whole, a list always, does. */
function isTouched(patch: unknown, [name, ...inside]: string[]): boolean {
  if (name === undefined || !isRecord(patch)) return true;
  return Object.hasOwn(patch, name) && isTouched(patch[name], inside);
}

function toRow(entry: PendingEntry): Row {
  const { v, type, at, actor, patch } = entry;
  return { v, type, at, actor, fields: fieldsOf(entry), ...(patch ? { patch } : {}) };
}

type Window = { id: string; first: number; last: number; wanted: Wanted; pending: Row[] };

async function readWindow<T>(
  core: StoreCore<T>,
  ctx: Context,
  { id, first, last, wanted, pending }: Window,
): Promise<RevisionSummary[]> {
  const ids = Array.from({ length: last - first + 1 }, (_, step) => `${id}:${last - step}`);
  const { filter, projection, has } = wanted;
  const options = { projection, batchSize: BATCH, maxTimeMS: statementMs(ctx, core.clock) };
  const found = new Map<number, RevisionSummary>();
  await core.guard.read(async () => {
    for await (const row of core.revisions().find({ _id: { $in: ids }, ...filter }, options))
      if (has(row)) found.set(row.v, toSummary(row));
  });
  for (const row of pending) if (row.v >= first && row.v <= last) found.set(row.v, toSummary(row));
  return [...found.values()].toSorted((a, b) => b.v - a.v);
}

function toSummary({ v, type, at, actor, fields }: Row): RevisionSummary {
  return { v, type, at, actor, fields };
}
