import { fileURLToPath } from 'node:url';
import { openStack, type Stack } from '@ortoo/stack';
import type { TestProject } from 'vitest/node';
import { createTestContainers } from './test-containers.ts';

const projectDir = fileURLToPath(new URL('../..', import.meta.url));

/** Each project of a run has a set-up of its own, loaded apart from the others but in the same process. */
const run = globalThis as { ortooServers?: { stack: Promise<Stack>; users: number } };

/** One set of real servers for the whole run; a set that was up before (`npx ortoo stack up`) is joined and left alone. */
export default async function setUpServers(project: TestProject): Promise<() => Promise<void>> {
  run.ortooServers ??= { stack: openServers(), users: 0 };
  const shared = run.ortooServers;
  shared.users += 1;
  const stack = await shared.stack;
  const { mongodb, nats, elasticsearch } = stack.servers;
  project.provide('servers', { mongoUrl: mongodb.url, natsUrl: nats.url, elasticsearchUrl: elasticsearch.url });
  return async () => {
    shared.users -= 1;
    if (shared.users === 0) await stack.stop();
  };
}

function openServers(): Promise<Stack> {
  return openStack({
    projectDir,
    env: process.env,
    report: (line) => process.stdout.write(`${line}\n`),
    containers: createTestContainers(),
  });
}
