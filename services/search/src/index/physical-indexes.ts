import type { Names } from '@ortoo/shared/contracts';
import type { AliasAction, Engine } from './client.ts';
import { INDEX_HASH, INDEX_VERSION, indexDefinition } from './definition.ts';
import type { IndexFacts, IndexMeta } from './next-step.ts';

export type PhysicalIndexes = {
  /** Every physical index of this installation. */
  look(): Promise<IndexFacts[]>;
  /** Makes the index with this number, empty and with its write alias. Undefined when another replica was quicker. */
  make(n: number, stream: string): Promise<IndexFacts | undefined>;
  /** Gives the index both aliases in one call and takes the read alias from all others. */
  attach(index: IndexFacts, all: IndexFacts[]): Promise<void>;
  setMeta(index: IndexFacts, meta: IndexMeta): Promise<void>;
};

/** The physical indexes, their aliases and what they say of themselves. */
export function createPhysicalIndexes({ engine, names }: { engine: Engine; names: Names }): PhysicalIndexes {
  const stem = names.physicalIndexPattern.replace('*', '');

  function toFacts({ name, aliases, meta }: Awaited<ReturnType<Engine['listIndexes']>>[number]): IndexFacts[] {
    const n = Number(name.slice(stem.length));
    if (!Number.isInteger(n) || name !== names.physicalIndex(n)) return [];
    const isWritable = aliases.includes(names.writeAlias(name));
    return [{ name, n, meta, isRead: aliases.includes(names.readAlias), isWritable }];
  }

  return {
    look: async () => (await engine.listIndexes(names.physicalIndexPattern)).flatMap(toFacts),

    make: async (n, stream) => {
      const name = names.physicalIndex(n);
      const meta: IndexMeta = { version: INDEX_VERSION, hash: INDEX_HASH, stream, fill: { state: 'filling', beat: 0 } };
      const { settings, mappings } = indexDefinition;
      const alias = names.writeAlias(name);
      const isMade = await engine.createIndex(name, { settings, mappings: { ...mappings, _meta: meta }, alias });
      return isMade ? { name, n, meta, isRead: false, isWritable: true } : undefined;
    },

    attach: async (index, all) => {
      const others = all.filter(({ name, isRead }) => isRead && name !== index.name);
      const removals = others.map(
        ({ name }): AliasAction => ({ remove: { index: name, alias: names.readAlias, must_exist: true } }),
      );
      const wanted = [names.readAlias, names.writeAlias(index.name)];
      await engine.updateAliases([
        ...removals,
        ...wanted.map((alias): AliasAction => ({ add: { index: index.name, alias } })),
      ]);
    },

    setMeta: ({ name }, meta) => engine.setMeta(name, meta),
  };
}
