import type { Servers } from '@ortoo/stack';
import type { CliConfig } from '../config.ts';
import { buildUrl, choosePort } from '../ports.ts';
import type { ProjectPaths } from '../project.ts';
import { services } from '../services.ts';
import { loadSecret } from '../state/secret.ts';
import type { ServiceSpec } from '../supervision/service-process.ts';

type Options = { config: CliConfig; paths: ProjectPaths; servers: Servers; port: number };

/** What each service is started with. The ports of `/readyz` are the known ones, or free ones where those are taken. */
export async function planServices({ config, paths, servers, port }: Options): Promise<ServiceSpec[]> {
  const shared = {
    ...config.env,
    MONGO_URL: servers.mongodb.url,
    NATS_URL: servers.nats.url,
    ELASTICSEARCH_URL: servers.elasticsearch.url,
    ORTOO_SECRET: config.secret ?? loadSecret(paths.secretFile),
  };
  const specs: ServiceSpec[] = [];
  for (const { name, entry, opsPort } of services) {
    const own = name === 'gateway' ? { PORT: String(port), ADMIN_KEY_FILE: paths.adminKeyFile } : {};
    const chosen = await choosePort(opsPort, config.host);
    specs.push({ name, entry, opsPort: chosen, opsUrl: buildUrl(config.host, chosen), env: { ...shared, ...own } });
  }
  return specs;
}
