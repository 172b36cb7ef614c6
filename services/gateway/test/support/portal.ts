import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Logger, newSecret, systemClock, typeIds } from '@ortoo/shared/kernel';
import { eventually, openTestNamespace, type TestNamespace } from '@ortoo/shared/testing';
import mongoose from 'mongoose';
import { readConfig as readCatalogConfig } from '../../../catalog/src/config.ts';
import { createService as createCatalog } from '../../../catalog/src/service.ts';
import { readConfig as readNewsConfig } from '../../../news/src/config.ts';
import { createService as createNews } from '../../../news/src/service.ts';
import { readConfig as readSearchConfig } from '../../../search/src/config.ts';
import { createService as createSearch } from '../../../search/src/service.ts';
import { readConfig } from '../../src/config.ts';
import { hashSecret, type Scope, writeKey } from '../../src/keys/key.rules.ts';
import { createKeyStore } from '../../src/keys/key.store.ts';
import { deriveSecrets } from '../../src/secrets.ts';
import { createService } from '../../src/service.ts';
import { createCaller } from './caller.ts';

export const SECRET = 'a secret of at least thirty-two characters';

export type Portal = Awaited<ReturnType<typeof openPortal>>;

/** The gateway before the real catalog, news and search, in a namespace of its own. */
export async function openPortal(settings: Record<string, string> = {}, logOf?: (service: string) => Logger) {
  const space = await openTestNamespace();
  const log = logOf ?? (() => space.log);
  const folder = await mkdtemp(join(tmpdir(), 'ortoo-gateway-'));
  const keyFile = join(folder, 'admin-key');
  const env = environmentOf(space);
  const neighbours = {
    catalog: createCatalog({ config: readCatalogConfig(env), log: log('catalog') }),
    news: createNews({ config: readNewsConfig(env), log: log('news') }),
    search: createSearch({ config: readSearchConfig(env), log: log('search') }),
  };
  await Promise.all(Object.values(neighbours).map(({ lifecycle }) => lifecycle.start()));
  const gateway = createService({
    config: readConfig({ ...env, ADMIN_KEY_FILE: keyFile, ...settings }),
    log: log('gateway'),
  });
  await gateway.lifecycle.start();
  const caller = createCaller(() => gateway.app(), (await readFile(keyFile, 'utf8')).trim());
  await eventually(async () => (await caller.ask('GET', '/readyz')).statusCode === 200);
  const keys = await openKeys(space);
  return {
    space,
    gateway,
    neighbours,
    keyFile,
    ...keys,
    ...caller,
    close: async () => {
      await gateway.lifecycle.stop();
      await Promise.all(Object.values(neighbours).map(({ lifecycle }) => lifecycle.stop()));
      await keys.closeKeys();
      await rm(folder, { recursive: true });
      await space.dispose();
    },
  };
}

export function environmentOf(space: TestNamespace): Record<string, string> {
  return {
    MONGO_URL: space.mongoUrl,
    NATS_URL: space.natsUrl,
    ELASTICSEARCH_URL: space.elasticsearchUrl,
    ORTOO_NAMESPACE: space.namespace,
    ORTOO_SECRET: SECRET,
    PORT: '0',
  };
}

/** Puts keys into the gateway's database, since nothing makes them over the API yet. */
export async function openKeys(space: TestNamespace) {
  const connection = await mongoose
    .createConnection(space.mongoUrl, { dbName: space.names.database('gateway') })
    .asPromise();
  const keyStore = createKeyStore(connection);
  const pepper = deriveSecrets(SECRET).keyPepper;
  return {
    keyStore,
    makeKey: async (scopes: Scope[], more: { expiresAt?: string; revokedAt?: string } = {}) => {
      const [id, secret] = [typeIds.next('key'), newSecret(32)];
      await keyStore.insert({
        id,
        name: 'test',
        scopes,
        hash: hashSecret(secret, pepper),
        createdAt: systemClock.now(),
        ...more,
      });
      return writeKey({ id, secret });
    },
    closeKeys: () => connection.close(),
  };
}
