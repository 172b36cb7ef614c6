import mongoose from 'mongoose';
import { inject } from 'vitest';
import { removeStreams } from '../bus/remove-streams.ts';
import { type Names, namesOf } from '../contracts/subjects.ts';
import { newSecret } from '../kernel/ids.ts';
import { createLogger, type Logger } from '../kernel/logger.ts';

/** Where the shared servers of a test run are. */
export type TestServers = { mongoUrl: string; natsUrl: string; elasticsearchUrl: string };

declare module 'vitest' {
  interface ProvidedContext {
    servers: TestServers;
  }
}

export type TestNamespace = TestServers & {
  namespace: string;
  names: Names;
  /** Writes nothing. */
  log: Logger;
  /** Drops the namespace's databases, streams and indexes. */
  dispose(): Promise<void>;
};

/** A random corner of the shared servers for one test file. */
export async function openTestNamespace(): Promise<TestNamespace> {
  return openNamespaceOn(inject('servers'));
}

/** A random corner of some servers; also where no test runner has started them. */
export async function openNamespaceOn(servers: TestServers): Promise<TestNamespace> {
  const namespace = `t${newSecret(7)}`;
  const names = namesOf(namespace);
  const log = createLogger({ service: 'test', level: 'silent' });
  return {
    ...servers,
    namespace,
    names,
    log,
    dispose: () => dropNamespace(servers, namespace),
  };
}

/** Drops what a namespace has on some servers: databases, streams and indexes. */
export async function dropNamespace(servers: TestServers, namespace: string): Promise<void> {
  const log = createLogger({ service: 'test', level: 'silent' });
  const ended = await Promise.allSettled([
    dropDatabases(servers.mongoUrl, `${namespace}_`),
    removeStreams({ url: servers.natsUrl, names: namesOf(namespace), log }),
    deleteIndexes(servers.elasticsearchUrl, `${namespace}-`),
  ]);
  const failures = ended.flatMap((end) => (end.status === 'rejected' ? [end.reason] : []));
  if (failures.length > 0) throw new AggregateError(failures, `The namespace ${namespace} could not be removed.`);
}

async function dropDatabases(url: string, prefix: string): Promise<void> {
  const connection = await mongoose.createConnection(url, { serverSelectionTimeoutMS: 5_000 }).asPromise();
  try {
    const { databases } = await connection.getClient().db('admin').admin().listDatabases({ nameOnly: true });
    for (const { name } of databases) {
      if (name.startsWith(prefix)) await connection.getClient().db(name).dropDatabase();
    }
  } finally {
    await connection.close();
  }
}

/** Names are resolved first, because a server may refuse to delete by wildcard. */
async function deleteIndexes(url: string, prefix: string): Promise<void> {
  const found = await fetch(`${url}/_cat/indices/${prefix}*?format=json&h=index&expand_wildcards=all`, {
    signal: AbortSignal.timeout(10_000),
  });
  if (!found.ok) throw new Error(`Elasticsearch answered ${found.status} when asked for the indexes of ${prefix}*.`);
  for (const { index } of (await found.json()) as { index: string }[]) {
    await fetch(`${url}/${encodeURIComponent(index)}`, { method: 'DELETE', signal: AbortSignal.timeout(30_000) });
  }
}
