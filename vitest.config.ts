import { defineConfig } from 'vitest/config';

const ignored = ['**/node_modules/**', '.ortoo/**'];
const onServers = ['packages/*/test/**/*.int.test.ts', 'services/*/test/**/*.int.test.ts', 'test/**/*.e2e.test.ts'];

/**
 * Two projects: pure tests need nothing and end in seconds; the others share one set of real MongoDB, NATS and
 * Elasticsearch, found or started once per run, and keep apart by namespaces.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'pure',
          include: ['{bin,packages,services,data}/**/*.test.{ts,mjs}', 'test/{contract,resilience}/**/*.test.ts'],
          exclude: [...ignored, ...onServers],
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: 'servers',
          include: onServers,
          exclude: ignored,
          globalSetup: ['test/support/servers.setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
    pool: 'forks',
    maxWorkers: 2,
    teardownTimeout: 30_000,
    reporters: ['default'],
  },
});
