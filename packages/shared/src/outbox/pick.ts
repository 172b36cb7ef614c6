import type { Context } from '../kernel/index.ts';
import { stateOf } from './envelope.ts';
import type { Filter } from './page.ts';
import { type StoreCore, statementMs } from './store-core.ts';

export type PickOptions<N extends string> = {
  filter: Filter;
  members: readonly N[];
  limit: number;
  /** An order that an index has; none unless told. */
  sort?: Record<string, 1 | -1>;
};
/** Some members of the state of a document. */
export type Picked<T, N extends keyof T> = { id: string; state: Pick<T, N> };

/** Some members of the live documents that match; see `VersionedStore.pick`. */
export async function readPicked<T, N extends keyof T & string>(
  core: StoreCore<T>,
  ctx: Context,
  { filter, members, limit, sort = {} }: PickOptions<N>,
): Promise<Picked<T, N>[]> {
  const projection = Object.fromEntries(members.map((name) => [name, 1]));
  const found = await core.guard.read(() =>
    core.model
      .find({ $and: [filter, { live: true }] } as never, projection)
      .sort(sort)
      .limit(limit)
      .maxTimeMS(statementMs(ctx, core.clock))
      .lean(),
  );
  return found.map((document) => ({ id: document._id, state: stateOf(document, members) as Pick<T, N> }));
}
