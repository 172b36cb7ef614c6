import { defineConfig } from 'vitest/config';

const ignored = ['**/node_modules/**', '.ortoo/**'];
const onServers = ['packages/*/test/**/*.int.test.ts', 'services/*/test/**/*.int.test.ts', 'test/**/*.e2e.test.ts'];
/** Minutes each: services and servers are killed under load, and a resource is added to a copy of the repository. */
const endurance = ['test/resilience/**/*.e2e.test.ts', 'test/e2e/toy-kind.e2e.test.ts'];

const withServers = (name: string, include: string[], exclude: string[]) => ({
  test: {
    name,
    include,
    exclude: [...ignored, ...exclude],
    globalSetup: ['test/support/servers.setup.ts'],
    testTimeout: 120_000,
    hookTimeout: 180_000,
  },
});

/**
 * Pure tests need nothing and end in seconds; the others share one set of real MongoDB, NATS and Elasticsearch, found
 * or started once per run, and keep apart by namespaces. `npm test` runs `pure` and `servers`, `npm run test:endurance`
 * the rest.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'pure',
          include: ['{bin,packages,services,data}/**/*.test.{ts,mjs}', 'test/{contract,resilience}/**/*.test.ts'],
          exclude: [...ignored, ...onServers],
          testTimeout: 60_000,
        },
      },
      withServers('servers', onServers, endurance),
      withServers('endurance', endurance, []),
    ],
    pool: 'forks',
    maxWorkers: 2,
    teardownTimeout: 30_000,
    reporters: ['default'],
  },
});
