import type { StreamState } from '@ortoo/shared/bus';
import type { Names } from '@ortoo/shared/contracts';
import type { Instant } from '@ortoo/shared/kernel';
import { INDEX_VERSION, type IndexDefinition, indexDefinition } from './definition.ts';
import type { Engine } from './engine.ts';
import type { AliasAction } from './engine-indexes.ts';
import type { IndexFacts, IndexMeta } from './next-step.ts';

export type PhysicalIndexes = {
  /** Every physical index of this installation. */
  look(): Promise<IndexFacts[]>;
  /**
   * Makes the index with this number, empty and with its write alias; false when another replica was quicker. Nothing in it
   * becomes visible by itself before `attach`: nobody searches it, and its copy would cost the engine a segment each second.
   */
  make(n: number, stream: StreamState, startedAt: Instant): Promise<boolean>;
  /** Has the index refreshed from now on, gives it both aliases in one call and takes the read alias from all others. */
  attach(index: IndexFacts, all: IndexFacts[]): Promise<void>;
  /** Changes some of what an index says of itself, as it is now; nothing when the index is gone. */
  note(name: string, more: Partial<IndexMeta>): Promise<void>;
  setMeta(name: string, meta: IndexMeta): Promise<void>;
};

export type PhysicalIndexesDeps = {
  engine: Engine;
  names: Names;
  /** What a new index is made of. */
  wanted(): IndexDefinition;
};

/** The physical indexes, their aliases and what they say of themselves. */
export function createPhysicalIndexes({ engine, names, wanted }: PhysicalIndexesDeps): PhysicalIndexes {
  const stem = names.physicalIndexPattern.replace('*', '');

  function toFacts({ name, aliases, meta }: Awaited<ReturnType<Engine['listIndexes']>>[number]): IndexFacts[] {
    const n = Number(name.slice(stem.length));
    if (!Number.isInteger(n) || name !== names.physicalIndex(n)) return [];
    const isWritable = aliases.includes(names.writeAlias(name));
    return [{ name, n, meta, isRead: aliases.includes(names.readAlias), isWritable }];
  }

  const look = async () => (await engine.listIndexes(names.physicalIndexPattern)).flatMap(toFacts);

  return {
    look,

    make: async (n, { createdAt: stream, lastSequence }, startedAt) => {
      const name = names.physicalIndex(n);
      const fill = { state: 'filling' as const, from: lastSequence + 1, startedAt };
      const { settings, mappings, hash, dictionary } = wanted();
      const needs = dictionary === undefined ? {} : { dictionary };
      const meta: IndexMeta = { version: INDEX_VERSION, hash, ...needs, stream, fill };
      const alias = names.writeAlias(name);
      return engine.createIndex(name, {
        settings: { ...settings, refresh_interval: '-1' },
        mappings: { ...mappings, _meta: meta },
        alias,
      });
    },

    attach: async (index, all) => {
      const others = all.filter(({ name, isRead }) => isRead && name !== index.name);
      const removals = others.map(
        ({ name }): AliasAction => ({ remove: { index: name, alias: names.readAlias, must_exist: true } }),
      );
      await engine.setRefreshInterval(index.name, indexDefinition.settings.refresh_interval);
      const wanted = [names.readAlias, names.writeAlias(index.name)];
      await engine.updateAliases([
        ...removals,
        ...wanted.map((alias): AliasAction => ({ add: { index: index.name, alias } })),
      ]);
    },

    note: async (name, more) => {
      const meta = (await look()).find((index) => index.name === name)?.meta;
      if (meta) await engine.setMeta(name, { ...meta, ...more });
    },

    setMeta: (name, meta) => engine.setMeta(name, meta),
  };
}
