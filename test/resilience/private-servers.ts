import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestServers } from '@ortoo/shared/testing';
import { eventually } from '@ortoo/shared/testing';
import { isProcessAlive, openStack, type ServerName } from '@ortoo/stack';
import { defaultRoot } from './service-process.ts';

/** Servers that nobody else uses, so that they may be killed. */
export type PrivateServers = {
  urls: TestServers;
  /** Sends a signal to a server and waits for its end. */
  end(name: ServerName, signal: 'SIGKILL' | 'SIGTERM'): Promise<void>;
  signal(name: ServerName, signal: NodeJS.Signals): void;
  /** Starts a server again at its place and waits until it serves. */
  start(name: ServerName): Promise<void>;
  /** Copies what NATS keeps; it must not run. Answers a function that puts the copy back. */
  copyNats(): Promise<() => Promise<void>>;
  stop(): Promise<void>;
};

/** Starts a second stack, as processes in a folder of its own. */
export async function openPrivateServers(): Promise<PrivateServers> {
  const folder = await mkdtemp(join(tmpdir(), 'ortoo-servers-'));
  const env = { ...process.env, ORTOO_STACK: 'embedded', ORTOO_DATA_DIR: join(folder, 'data') };
  const stack = await openStack({ projectDir: defaultRoot, env, report: () => undefined });
  const { mongodb, nats, elasticsearch } = stack.servers;
  const pidOf = (name: ServerName) => {
    const { pid } = stack.servers[name];
    if (pid === undefined) throw new Error(`${name} is not ours to end.`);
    return pid;
  };

  return {
    urls: { mongoUrl: mongodb.url, natsUrl: nats.url, elasticsearchUrl: elasticsearch.url },
    signal: (name, signal) => void process.kill(pidOf(name), signal),
    end: async (name, signal) => {
      const { startedAt } = stack.servers[name];
      const pid = pidOf(name);
      process.kill(pid, signal);
      await eventually(() => !isProcessAlive(pid, startedAt ?? 0), { timeoutMs: 30_000 });
    },
    start: async (name) => {
      const before = stack.servers[name].url;
      const { url } = await stack.restart(name);
      if (url !== before) throw new Error(`${name} came back at ${url} instead of ${before}.`);
    },
    copyNats: async () => {
      const data = stack.servers.nats.data ?? '';
      const copy = join(folder, 'nats-copy');
      await rm(copy, { recursive: true, force: true });
      await cp(join(data, 'store'), copy, { recursive: true });
      return async () => {
        await rm(join(data, 'store'), { recursive: true, force: true });
        await cp(copy, join(data, 'store'), { recursive: true });
      };
    },
    stop: async () => {
      await stack.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
