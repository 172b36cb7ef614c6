import type { Bus } from '@ortoo/shared/bus';
import type { Clock, Logger } from '@ortoo/shared/kernel';
import type { Engine } from './engine.ts';
import type { IndexFacts } from './next-step.ts';
import type { PhysicalIndexes } from './physical-indexes.ts';

/** An index that was replaced, and its consumer, are kept this long as a way back. */
export const WAY_BACK_MS = 24 * 60 * 60 * 1000;

export type Retire = (
  retired: IndexFacts[],
  now: { read: IndexFacts | undefined; isKept(index: IndexFacts): boolean },
) => Promise<void>;

export type RetirementDeps = {
  bus: Pick<Bus, 'removeDurable' | 'names'>;
  engine: Pick<Engine, 'deleteIndex'>;
  indexes: Pick<PhysicalIndexes, 'note' | 'setMeta'>;
  log: Logger;
  clock: Clock;
  wayBackMs: number;
};

/**
 * Puts indexes that were replaced aside and removes them, with their consumers, when their time is over. `read` is the one
 * that answers: whoever moved the alias back to it wants to keep it. What is no way back is removed at
 * once. Every replica may do it, and be killed anywhere.
 */
export function createRetirement({ bus, engine, indexes, log, clock, wayBackMs }: RetirementDeps): Retire {
  async function retire({ name, meta }: IndexFacts): Promise<void> {
    if (meta?.retiredAt === undefined) {
      log.info({ index: name, wayBackMs }, 'an index was replaced and is kept as a way back');
      return indexes.note(name, { retiredAt: clock.now() });
    }
    if (clock.nowMs() - Date.parse(meta.retiredAt) < wayBackMs) return;
    await remove(name);
  }

  async function remove(name: string): Promise<void> {
    await bus.removeDurable(bus.names.indexDurable(name)); // first: without its index nobody would find it
    await engine.deleteIndex(name);
    log.info({ index: name }, 'removed an index that was replaced');
  }

  return async (retired, { read, isKept }) => {
    if (read?.meta?.retiredAt !== undefined) {
      const { retiredAt: _retiredAt, ...meta } = read.meta;
      await indexes.setMeta(read.name, meta);
    }
    for (const index of retired) await (isKept(index) ? retire(index) : remove(index.name));
  };
}
