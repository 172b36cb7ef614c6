import type { Clock } from '@ortoo/shared/kernel';
import { createDatabaseGuard, type Mongo } from '@ortoo/shared/outbox';
import type { CompanyName } from './company-names.rules.ts';

/** What news keeps of a company: its names while the public sees it, and that it does not where that is so. */
export type KeptCompany = {
  id: string;
  v: number;
  visible: boolean;
  names: CompanyName[];
  /** The company that it was merged into. */
  mergedInto?: string;
};

/** `search`: the walk through articles that looks for it, or that it waits for one; absent when all its names were looked for. */
type Row = Omit<KeptCompany, 'id'> & { _id: string; putAt: string; search?: string };
type Filling = { _id: string; after?: string; startedAt: string; doneAt?: string };

const STATEMENT_MS = 5_000;
const WALK_MS = 120_000;
const WALK_BATCH = 200;
const FILLING = 'company-names';
const AWAITING = 'awaiting';

export const openCompanyRows = ({ connection }: Mongo) => connection.collection<Row>('company_names');

/** How far a filling from the catalog's export has come. */
export type FillingState = { startedAt: string; after?: string; isDone: boolean };

/** Ids after one and up to another; to the end where there is none. */
type MissingIn = { after: string | undefined; upTo: string | undefined; ids: string[]; startedAt: string };

/** The companies' names in the database of news, which its replicas share. Throws UNAVAILABLE while MongoDB is away. */
export type CompanyNamesStore = {
  /** Keeps what is newer than what is there. */
  put(companies: KeptCompany[]): Promise<void>;
  getMany(ids: string[]): Promise<KeptCompany[]>;
  /** All that the public sees, in no order. */
  walkVisible(): AsyncGenerator<KeptCompany>;
  filling(): Promise<FillingState | undefined>;
  /** Begins a filling, or notes its progress: all companies up to `after` are kept, and then all. */
  noteFilling(state: FillingState): Promise<void>;
  /** Removes what lies in a range of ids and was not found there, unless it was put since the filling began. */
  dropMissing(range: MissingIn): Promise<void>;
};

export function createCompanyNamesStore({ mongo, clock }: { mongo: Mongo; clock: Clock }): CompanyNamesStore {
  const { connection } = mongo;
  const guard = createDatabaseGuard({ connection, service: 'news' });
  const rows = () => openCompanyRows(mongo);
  const fillings = () => connection.collection<Filling>('fillings');

  async function putOne({ id, ...kept }: KeptCompany): Promise<void> {
    const newer = { _id: id, v: { $lt: kept.v } };
    const row = { ...kept, putAt: clock.now() };
    const put = [{ $replaceWith: { $mergeObjects: [{ _id: '$_id' }, { $literal: row }, { search: searchOf(kept) }] } }];
    try {
      await guard.write((session) => rows().updateOne(newer, put, { upsert: true, session, maxTimeMS: STATEMENT_MS }));
    } catch (error) {
      if (!isDuplicate(error)) throw error; // what is there is as new
    }
  }

  return {
    put: async (companies) => {
      for (let at = 0; at < companies.length; at += PUT_SIDE_BY_SIDE)
        await Promise.all(companies.slice(at, at + PUT_SIDE_BY_SIDE).map(putOne));
    },
    getMany: async (ids) => {
      const found = await guard.read(() =>
        rows()
          .find({ _id: { $in: ids } }, { maxTimeMS: STATEMENT_MS })
          .toArray(),
      );
      return found.map(toKept);
    },
    walkVisible: async function* () {
      const cursor = rows().find({ visible: true }, { batchSize: WALK_BATCH, maxTimeMS: WALK_MS });
      try {
        for await (const row of cursor) yield toKept(row);
      } finally {
        await cursor.close();
      }
    },
    filling: async () => {
      const found = await guard.read(() => fillings().findOne({ _id: FILLING }, { maxTimeMS: STATEMENT_MS }));
      if (!found) return undefined;
      const { startedAt, after, doneAt } = found;
      return { startedAt, ...(after === undefined ? {} : { after }), isDone: doneAt !== undefined };
    },
    noteFilling: async ({ startedAt, after, isDone }) => {
      const state = {
        startedAt,
        ...(after === undefined ? {} : { after }),
        ...(isDone ? { doneAt: clock.now() } : {}),
      };
      await guard.write((session) =>
        fillings().replaceOne({ _id: FILLING }, state, { upsert: true, session, maxTimeMS: STATEMENT_MS }),
      );
    },
    dropMissing: async ({ after, upTo, ids, startedAt }) => {
      const from = after === undefined ? {} : { $gt: after };
      const range = { ...from, ...(upTo === undefined ? {} : { $lte: upTo }), $nin: ids };
      await guard.write((session) =>
        rows().deleteMany({ _id: range, putAt: { $lt: startedAt } }, { session, maxTimeMS: STATEMENT_MS }),
      );
    },
  };
}

/** A name that was not there, or not to be seen, has to be looked for in the articles that there are. */
function searchOf({ visible, names }: Omit<KeptCompany, 'id'>) {
  if (!visible) return '$$REMOVE';
  const known = { $ifNull: ['$names.text', []] };
  const areKnown = { $setIsSubset: [{ $literal: names.map(({ text }) => text) }, known] };
  return { $cond: [areKnown, { $ifNull: ['$search', '$$REMOVE'] }, AWAITING] };
}

const PUT_SIDE_BY_SIDE = 32;
const DUPLICATE_KEY = 11_000;

const isDuplicate = (error: unknown) => error instanceof Error && 'code' in error && error.code === DUPLICATE_KEY;

export const toKept = ({ _id: id, putAt: _putAt, search: _search, ...kept }: Row): KeptCompany => ({ id, ...kept });
