import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { newSecret } from '@ortoo/shared/kernel';
import type { Servers } from '@ortoo/stack';
import { type Measured, startNode } from './processes.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The four services as processes of their own, in a namespace of their own on the servers of the bench. */
export type Product = {
  url: string;
  namespace: string;
  headers: Record<string, string>;
  processes: Measured[];
  stop(): Promise<void>;
};

/** What a bench may choose: the services, the namespace, and those that need not be ready but only live to go on. */
export type ProductPart = { services?: readonly string[]; namespace?: string; living?: readonly string[] };

export async function startProduct(
  servers: Servers,
  folder: string,
  {
    services = ['catalog', 'news', 'search', 'gateway'],
    namespace = `b${newSecret(6)}`,
    living = [],
  }: ProductPart = {},
): Promise<Product> {
  const keyFile = join(folder, 'admin-key');
  const shared = {
    MONGO_URL: servers.mongodb.url,
    NATS_URL: servers.nats.url,
    ELASTICSEARCH_URL: servers.elasticsearch.url,
    ORTOO_NAMESPACE: namespace,
    ORTOO_SECRET: newSecret(32),
    ADMIN_KEY_FILE: keyFile,
    LOG_LEVEL: 'warn',
    HOST: '127.0.0.1',
  };
  const port = await freePort();
  const processes: Measured[] = [];
  for (const name of services) {
    const opsPort = await freePort();
    const env = { ...shared, OPS_PORT: String(opsPort), PORT: String(port) };
    const path = living.includes(name) ? 'livez' : 'readyz';
    const entry = join(root, `services/${name}/src/main.ts`);
    processes.push(await startNode(name, entry, env, `http://127.0.0.1:${opsPort}/${path}`));
  }
  const key = services.includes('gateway') ? (await readFile(keyFile, 'utf8')).trim() : '';
  return {
    url: `http://127.0.0.1:${port}`,
    namespace,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    processes,
    stop: async () => {
      for (const one of [...processes].reverse()) await one.stop();
    },
  };
}

/** A port that was free a moment ago. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject).listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
