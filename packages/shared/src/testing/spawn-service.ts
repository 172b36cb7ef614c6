import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { TestNamespace } from './test-namespace.ts';

type Servers = Pick<TestNamespace, 'mongoUrl' | 'natsUrl' | 'elasticsearchUrl' | 'namespace'>;

/** A service as a process of its own, by its `main.ts`, that a test can kill; with `failpoints` it does so itself. */
export function spawnService(main: URL, servers: Servers, failpoints?: string): ChildProcess {
  const env = {
    MONGO_URL: servers.mongoUrl,
    NATS_URL: servers.natsUrl,
    ELASTICSEARCH_URL: servers.elasticsearchUrl,
    ORTOO_NAMESPACE: servers.namespace,
    OPS_PORT: '0',
    LOG_LEVEL: 'silent',
    ...(failpoints === undefined ? {} : { ORTOO_FAILPOINTS: failpoints }),
  };
  return spawn(process.execPath, [fileURLToPath(main)], { env, stdio: 'ignore' });
}

/** Does `work` and waits for the end of a service that kills itself meanwhile: what was done, and by which signal it ended. */
export async function killedDuring<T>(
  child: ChildProcess,
  work: () => Promise<T>,
): Promise<{ done: T; signal: NodeJS.Signals | null }> {
  try {
    const ended = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
    const done = await work();
    const [, signal] = await ended;
    return { done, signal };
  } finally {
    child.kill('SIGKILL');
  }
}
