import type { HealthCheck } from '@ortoo/shared/kernel';
import { ask, openClient } from './client.ts';
import { censusCalls } from './engine-census.ts';
import { findDictionary } from './engine-dictionary.ts';
import { documentCalls } from './engine-documents.ts';
import { indexCalls } from './engine-indexes.ts';

/** What search asks of Elasticsearch. Every method throws EngineFault. */
export type Engine = ReturnType<typeof createEngine>;

/** Connects lazily: nothing is sent before the first call. */
export function createEngine({ url }: { url: string }) {
  const client = openClient(url);
  return {
    ...indexCalls(client),
    ...documentCalls(client),
    ...censusCalls(client),
    findDictionary: findDictionary(client),
    check: (async () => {
      const health = await ask(client.cluster.health({}, { requestTimeout: 1_500 }));
      return health.status === 'red' ? 'the cluster is red' : null;
    }) satisfies HealthCheck,
    close: () => client.close(),
  };
}
