import { ask, type Client, EngineFault, type estypes } from './client.ts';
import type { IndexMeta } from './next-step.ts';

export type AliasAction =
  | { add: { index: string; alias: string } }
  | { remove: { index: string; alias: string; must_exist: true } };

/** What is done with whole indexes. */
export function indexCalls(client: Client) {
  return {
    /** Every physical index of a pattern with its aliases and `_meta`. */
    async listIndexes(pattern: string): Promise<{ name: string; aliases: string[]; meta: IndexMeta | undefined }[]> {
      const found = await ask(
        client.indices.get({
          index: pattern,
          allow_no_indices: true,
          expand_wildcards: 'open',
          filter_path: ['*.aliases', '*.mappings._meta'],
        }),
      );
      return Object.entries(found).map(([name, { aliases = {}, mappings }]) => ({
        name,
        aliases: Object.keys(aliases),
        meta: mappings?._meta as IndexMeta | undefined,
      }));
    },

    /** Makes an index with its write alias in one step; false when another was quicker. */
    async createIndex(
      name: string,
      { settings, mappings, alias }: { settings: object; mappings: object; alias: string },
    ): Promise<boolean> {
      try {
        await ask(
          client.indices.create({
            index: name,
            settings,
            mappings,
            aliases: { [alias]: {} },
          } as estypes.IndicesCreateRequest),
        );
        return true;
      } catch (error) {
        if (error instanceof EngineFault && error.type === 'resource_already_exists_exception') return false;
        throw error;
      }
    },

    /** Removes an index with its aliases; one that is gone already is no error. */
    deleteIndex: async (index: string): Promise<void> =>
      void (await ask(client.indices.delete({ index, ignore_unavailable: true }))),

    /** The fields of an index, as its mapping names them. */
    async readProperties(index: string): Promise<Properties> {
      const found = await ask(client.indices.getMapping({ index }));
      return (found[index]?.mappings.properties ?? {}) as Properties;
    },

    /** How often what was written becomes visible by itself: `1s`, or `-1` for never. */
    setRefreshInterval: async (index: string, interval: string): Promise<void> =>
      void (await ask(client.indices.putSettings({ index, settings: { refresh_interval: interval } }))),

    setMeta: async (index: string, meta: IndexMeta): Promise<void> =>
      void (await ask(client.indices.putMapping({ index, _meta: meta }))),

    /** All or nothing. A removal of an alias that is not there fails. */
    updateAliases: async (actions: AliasAction[]): Promise<void> =>
      void (await ask(client.indices.updateAliases({ actions } as estypes.IndicesUpdateAliasesRequest))),

    /** Makes what was written visible to searches; a shard that could not be refreshed is a fault too. */
    async refresh(target: string, timeoutMs?: number): Promise<void> {
      const limit = timeoutMs === undefined ? {} : { requestTimeout: timeoutMs };
      const { _shards: shards } = await ask(client.indices.refresh({ index: target }, limit));
      if (!shards?.failed) return;
      const reason = `${shards.failed} of ${shards.total} shards: ${shards.failures?.[0]?.reason.reason ?? 'no reason given'}`;
      throw new EngineFault(503, 'refresh_failed', reason, undefined);
    },
  };
}

/** The fields of a mapping: objects have `properties` of their own, unless they are not looked into. */
export type Properties = { [name: string]: { properties?: Properties } };
