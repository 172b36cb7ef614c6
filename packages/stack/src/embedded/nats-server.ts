import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from '../folders.ts';
import { ensureCached } from './cache.ts';
import { pins } from './pins.ts';
import type { Plan, StartContext } from './plan.ts';

/** Sum of what all streams may reserve. Reservations, not use: the many small streams of a test run must fit whatever the disk. */
const maxFileStore = '64GB';

/** nats-server with JetStream and a monitor port, both on 127.0.0.1 only. */
export async function prepareNatsServer(context: StartContext): Promise<Plan> {
  const home = await ensureCached(context.folders.cache, 'nats', context);
  const data = context.folders.servers.nats;
  const store = join(data, 'store');
  const config = join(data, 'nats.conf');
  makeFolder(store, 0o700);
  const { main, second } = context.ports.nats;
  writeFileSync(config, buildNatsConfig({ port: main, monitorPort: second, store }));
  return {
    version: pins.nats.version,
    url: `nats://127.0.0.1:${main}`,
    launch: {
      command: join(home, 'nats-server'),
      args: ['--config', config],
      env: { PATH: '/usr/bin:/bin', LC_ALL: 'C' },
      cwd: data,
      log: join(context.folders.logs, 'nats.log'),
      marker: data,
    },
    isReady: async () => {
      const health = `http://127.0.0.1:${second}/healthz?js-enabled-only=true`;
      return (await fetch(health, { signal: AbortSignal.timeout(2_000) })).ok;
    },
    readyMs: 30_000,
  };
}

export function buildNatsConfig({
  port,
  monitorPort,
  store,
}: {
  port: number;
  monitorPort: number;
  store: string;
}): string {
  return [
    'server_name: ortoo',
    `listen: "127.0.0.1:${port}"`,
    `http: "127.0.0.1:${monitorPort}"`,
    `jetstream { store_dir: ${JSON.stringify(store)}, max_file_store: ${maxFileStore} }`,
    '',
  ].join('\n');
}
