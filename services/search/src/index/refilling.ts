import type { Bus, StreamState } from '@ortoo/shared/bus';
import type { Logger } from '@ortoo/shared/kernel';
import type { Owners } from '../owners.client.ts';
import type { BulkWriter } from './bulk.ts';
import { fillIndex } from './fill.ts';
import type { IndexFacts } from './next-step.ts';
import type { PhysicalIndexes } from './physical-indexes.ts';

export type RefillingDeps = {
  bus: Pick<Bus, 'names'>;
  indexes: PhysicalIndexes;
  owners: Owners;
  writer: BulkWriter;
  log: Logger;
  signal: AbortSignal;
};

/** Mends an index that answers and may have missed changes: its durable, its stream or its alias was gone. */
export type Refilling = {
  /** Copies everything from the owners into it, in the background; `stream` is the one that it follows from now on. */
  refill(index: IndexFacts, stream?: StreamState): void;
  settled(): Promise<void>;
};

export function createRefilling({ bus, indexes, owners, writer, log, signal }: RefillingDeps): Refilling {
  let running: Promise<void> | undefined;

  async function copy({ name, meta }: IndexFacts, stream: string | undefined): Promise<void> {
    log.warn({ index: name }, 'copying from the owners into the index: it may have missed changes');
    const alias = bus.names.writeAlias(name);
    const written = await fillIndex({ alias, owners, writer, log, signal, onProgress: () => undefined });
    if (meta && stream !== undefined) await indexes.note(name, { stream, fill: { ...meta.fill, state: 'done' } });
    log.info({ index: name, ...written }, 'the index holds what its owners have');
  }

  return {
    refill: (index, stream) => {
      running ??= copy(index, stream?.createdAt)
        .catch((error: unknown) => log.warn({ reason: (error as Error).message }, 'the copy was interrupted'))
        .finally(() => {
          running = undefined;
        });
    },
    settled: async () => running,
  };
}
