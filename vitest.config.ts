import { defineConfig } from 'vitest/config';

const ignored = ['**/node_modules/**', '.ortoo/**'];
const onServers = ['packages/*/test/**/*.int.test.ts', 'services/*/test/**/*.int.test.ts', 'test/**/*.e2e.test.ts'];
/** Minutes each: services and servers are killed under load, and a resource is added to a copy of the repository. */
const endurance = ['test/resilience/**/*.e2e.test.ts', 'test/e2e/toy-kind.e2e.test.ts'];

const withServers = {
  globalSetup: ['test/support/servers.setup.ts'],
  testTimeout: 120_000,
  hookTimeout: 180_000,
};

/**
 * Pure tests need nothing and end in seconds; the others share one set of real MongoDB, NATS and Elasticsearch, found
 * or started once per run, and keep apart by namespaces. The endurance tests come last and one file at a time: each kills
 * what it runs on, and what must converge in time needs a machine that nothing else keeps busy.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'pure',
          include: ['{bin,packages,services,data,bench}/**/*.test.{ts,mjs}', 'test/{contract,resilience}/**/*.test.ts'],
          exclude: [...ignored, ...onServers],
          testTimeout: 60_000,
        },
      },
      {
        test: { ...withServers, name: 'servers', include: onServers, exclude: [...ignored, ...endurance] },
      },
      {
        test: {
          ...withServers,
          name: 'endurance',
          include: endurance,
          exclude: ignored,
          testTimeout: 300_000,
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
        },
      },
    ],
    pool: 'forks',
    maxWorkers: 2,
    teardownTimeout: 30_000,
    reporters: ['default'],
  },
});
