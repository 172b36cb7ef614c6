import type { Bus } from '@ortoo/shared/bus';
import type { Clock } from '@ortoo/shared/kernel';
import type { CompanyExports } from './company-exports.client.ts';
import type { CompanyNamesStore, FillingState } from './company-names.store.ts';
import type { MentionCopies } from './mention-copies.actions.ts';

type FillingDeps = {
  bus: Pick<Bus, 'positionOf' | 'streamInfo'>;
  store: CompanyNamesStore;
  exports: CompanyExports;
  /** Brings to articles what was missed of companies. */
  copies: Pick<MentionCopies, 'followAll'>;
  /** The durable that brings changes into the database. */
  durable: string;
  clock: Clock;
};

/**
 * Fills the database of news with the names of all companies from the catalog's export. What was filled once is kept
 * right by the stream, unless that no longer reaches back to where it was followed last: then it is filled again.
 */
export function createCompanyFilling({ bus, store, exports, copies, durable, clock }: FillingDeps) {
  let filling: Promise<void> | undefined;

  async function fill(signal: AbortSignal): Promise<void> {
    const found = await store.filling();
    if (found?.isDone) return;
    const state: FillingState = found ?? { startedAt: clock.now(), isDone: false };
    for (let { after } = state; ; ) {
      signal.throwIfAborted();
      const { companies, next } = await exports.page(after);
      const ids = companies.map(({ id }) => id);
      await store.put(companies);
      if (ids.length > 0) await copies.followAll(ids, signal);
      await store.dropMissing({ after, upTo: next, ids, startedAt: state.startedAt });
      await store.noteFilling({ ...state, ...(next === undefined ? {} : { after: next }), isDone: next === undefined });
      if (next === undefined) return;
      after = next;
    }
  }

  return {
    /** Has to be asked before the durable is followed: whether it has missed changes is told by how far it had come. */
    begin: async (): Promise<void> => {
      const [position, stream] = await Promise.all([bus.positionOf(durable), bus.streamInfo()]);
      const isGapless = position !== undefined && position.done + 1 >= stream.firstSequence;
      const found = await store.filling();
      if (found && !isGapless) await store.noteFilling({ startedAt: clock.now(), isDone: false });
    },

    /** Goes on where it was left. Throws UNAVAILABLE while the catalog or the database is away. */
    ensure: (signal: AbortSignal): Promise<void> => {
      filling ??= fill(signal).finally(() => {
        filling = undefined;
      });
      return filling;
    },
  };
}
