import type { Bus } from '@ortoo/shared/bus';
import { backoffMs, type Logger, pause } from '@ortoo/shared/kernel';
import type { Owners } from '../owners.client.ts';
import type { BulkWriter } from './bulk.ts';
import { fillIndex } from './fill.ts';
import { COPY_OWED, type IndexFacts } from './next-step.ts';
import type { PhysicalIndexes } from './physical-indexes.ts';

const RETRY = { firstMs: 500, maxMs: 30_000 };

export type RefillingDeps = {
  bus: Pick<Bus, 'names' | 'streamInfo'>;
  indexes: Pick<PhysicalIndexes, 'note'>;
  owners: Pick<Owners, 'exportPage'>;
  writer: BulkWriter;
  log: Logger;
  signal: AbortSignal;
};

/** Mends an index that answers and may have missed changes: its durable, its stream or its alias was gone. */
export type Refilling = {
  /** Copies everything from the owners into it, in the background; once more when it is asked during a copy. */
  refill(index: IndexFacts): void;
  /** Goes on with a copy that is owed: one that was interrupted, killed or asked for during another. */
  goOn(index: IndexFacts): void;
  settled(): Promise<void>;
};

export function createRefilling({ bus, indexes, owners, writer, log, signal }: RefillingDeps): Refilling {
  let running: Promise<void> | undefined;
  let owed: string | undefined;
  let failures = 0;

  async function copy(name: string): Promise<void> {
    owed = undefined;
    log.warn({ index: name }, 'copying from the owners into the index: it may have missed changes');
    await indexes.note(name, { stream: COPY_OWED }); // first: whoever is killed leaves the debt behind
    const { createdAt: stream } = await bus.streamInfo();
    const alias = bus.names.writeAlias(name);
    const written = await fillIndex({ alias, owners, writer, log, signal, onProgress: () => undefined });
    if (owed === undefined) await indexes.note(name, { stream });
    log.info({ index: name, ...written }, 'the index holds what its owners have');
  }

  async function copySafely(name: string): Promise<void> {
    try {
      await copy(name);
      failures = 0;
    } catch (error) {
      owed = name;
      failures += 1;
      log.warn({ index: name, failures, reason: (error as Error).message }, 'the copy was interrupted');
      await pause(backoffMs(failures, RETRY), signal);
    }
  }

  function begin(name: string): void {
    running ??= copySafely(name).finally(() => {
      running = undefined;
    });
  }

  return {
    refill: ({ name }) => {
      owed = name;
      begin(name);
    },
    goOn: ({ name, meta }) => {
      if (owed === name || meta?.stream === COPY_OWED) begin(name);
    },
    settled: async () => running,
  };
}
