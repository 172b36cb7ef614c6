import mongoose from 'mongoose';
import { connectBus } from '../bus/index.ts';
import type {
  BytesRpcName,
  Change,
  JsonRpcName,
  Kind,
  Move,
  MoveBody,
  ReplyMeta,
  RevisionEntry,
  Service,
  Written,
} from '../contracts/index.ts';
import { typeIds } from '../kernel/index.ts';
import { eventually } from './eventually.ts';
import { testContext } from './test-context.ts';
import type { TestNamespace } from './test-namespace.ts';

export type Body = Record<string, unknown>;
export type Shown = Body & { id: string; v: number };
type View = 'public' | 'staff';
type Named = { id: string; v: number };
type Answer<T> = { body: T; meta: ReplyMeta };
type Options = {
  service: Service;
  kind: Kind;
  input?: ((n: number) => Body) | undefined;
  existing?: readonly string[] | undefined;
};

/** One kind of document as its owner answers it over the bus, what it publishes, and the revisions that it keeps. */
export type ResourceClient = Awaited<ReturnType<typeof openResourceClient>>;

/** Connects to the owner that runs in the namespace. */
export async function openResourceClient({ service, kind, input, existing = [] }: Options, space: TestNamespace) {
  const { natsUrl, names, log } = space;
  const bus = await connectBus({ url: natsUrl, names, service: 'gateway', log });
  const database = await mongoose.createConnection(space.mongoUrl, { dbName: names.database(service) }).asPromise();
  const heard: Change['data'][] = [];
  await bus.listen({
    subjects: [names.changesOf(service, kind)],
    onChange: ({ data }) => void heard.push(data),
    log,
  });
  const unused = [...existing];
  let made = 0;

  async function ask<T = Shown>(verb: string, request: Body): Promise<Answer<T>> {
    const name = `rpc.${service}.${kind}.${verb}` as BytesRpcName;
    const { body, meta } = await bus.callBytes(testContext(), name, request as never);
    return { body: JSON.parse(Buffer.from(body).toString() || 'null') as T, meta };
  }
  const read = async (verb: string, request: Body) => (await ask(verb, { lang: 'en', ...request })).body;

  const client = {
    /** A number that this run has not used. */
    next: () => {
      made += 1;
      return made;
    },
    get: (ref: string, view: View = 'staff') => read('get', { ref, view }),
    find: (ref: string, view: View = 'staff') => ask<Shown | null>('get', { ref, view, lang: 'en' }),
    getMany: async (ids: string[], view: View = 'staff') =>
      (await ask<Shown[]>('getMany', { ids, view, lang: 'en' })).body,
    list: (request: Body) => ask<Shown[]>('list', { filter: {}, limit: 100, view: 'staff', lang: 'en', ...request }),
    create: (body: Body, more: { id?: string; requestKey?: string } = {}) =>
      read('create', { id: typeIds.next(kind), input: body, ...more }),
    change: ({ id, v }: Named, body: Body, more: { mode?: 'replace'; requestKey?: string } = {}) =>
      read('change', { id, v, mode: 'merge', body, ...more }),
    move: (id: string, move: Move, more: { v?: number; requestKey?: string; body?: MoveBody } = {}) =>
      read('move', { id, move, ...more }),
    remove: ({ id, v }: Named, more: { requestKey?: string } = {}): Promise<Written> =>
      bus.call(testContext(), `rpc.${service}.${kind}.remove` as JsonRpcName, { id, v, ...more } as never) as never,
    /** The list of its versions, as the owner answers it. */
    history: (ref: string, more: Body) => ask<RevisionEntry[]>('revisions', { ref, limit: 100, ...more }),
    past: (ref: string, v: number) => read('revision', { ref, v }),
    restore: ({ id, v }: Named, revision: number, more: { requestKey?: string } = {}) =>
      read('restore', { id, v, revision, ...more }),
    exported: async (ids: string[]) => (await ask<Change['data'][]>('export', { ids, limit: 100 })).body,
    /** A document that no other test has touched: a new draft, or one of those that were there from the start. */
    fresh: async (more: Body = {}): Promise<Shown> => {
      if (input) return client.create({ ...input(client.next()), ...more });
      const id = unused.shift();
      if (id === undefined) throw new Error(`The ${existing.length} documents are not enough for this suite.`);
      return client.get(id);
    },
    /** What was published of a document, once its version `v` was. */
    published: (id: string, v: number) =>
      eventually(() => {
        const found = heard.filter((data) => data.id === id);
        return found.some((data) => data.v >= v) && found;
      }),
    /** The revisions of a document from version `from` on, once version `to` has one. */
    revisions: (id: string, from: number, to: number) =>
      eventually(async () => {
        const rows = await readRevisions(database, id);
        return rows.some(({ v }) => v >= to) && rows.filter(({ v }) => v >= from);
      }),
    close: async () => {
      await bus.close();
      await database.close();
    },
  };
  return client;
}

type RevisionRow = { v: number; type: string; fields: string[] };

async function readRevisions(database: mongoose.Connection, id: string): Promise<RevisionRow[]> {
  const collections = await database.listCollections();
  const found = await Promise.all(
    collections
      .filter(({ name }) => name.endsWith('_revisions'))
      .map(({ name }) =>
        database
          .collection<RevisionRow & { _id: string }>(name)
          .find({ _id: { $gte: `${id}:`, $lt: `${id};` } })
          .toArray(),
      ),
  );
  return found
    .flat()
    .map(({ v, type, fields }) => ({ v, type, fields }))
    .sort((a, b) => a.v - b.v);
}
