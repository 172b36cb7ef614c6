import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

type Lock = { packages: Record<string, { version?: string; link?: boolean }> };

/** Packages of which two copies in one process break identity (`instanceof`, registries) or double a cost. */
const SINGLE = ['fastify', 'mongodb', 'mongoose', 'nats', 'pino', 'prom-client', 'typebox', '@elastic/elasticsearch'];

/** Names from SINGLE that the lockfile installs in more than one version, with the versions. */
export function findDuplicateVersions(lock: Lock): string[] {
  return SINGLE.flatMap((name) => {
    const versions = new Set(
      Object.entries(lock.packages)
        .filter(([path]) => path === `node_modules/${name}` || path.endsWith(`/node_modules/${name}`))
        .map(([, entry]) => entry.version),
    );
    return versions.size > 1 ? [`${name}: ${[...versions].join(', ')}`] : [];
  });
}

/** Resolved addresses would tie the lockfile to one registry. Links to workspaces are no addresses. */
export function findResolvedAddresses(lockText: string): string[] {
  return lockText.match(/"resolved": "https?:[^"]*"/g) ?? [];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const text = readFileSync(`${root}/package-lock.json`, 'utf8');
  const faults = [...findDuplicateVersions(JSON.parse(text) as Lock), ...findResolvedAddresses(text)];
  process.stdout.write(faults.length === 0 ? 'One version of each.\n' : `${faults.join('\n')}\n`);
  process.exitCode = faults.length === 0 ? 0 : 1;
}
