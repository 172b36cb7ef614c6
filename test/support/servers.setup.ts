import { fileURLToPath } from 'node:url';
import { openStack } from '@ortoo/stack';
import type { TestProject } from 'vitest/node';
import { createTestContainers } from './test-containers.ts';

const projectDir = fileURLToPath(new URL('../..', import.meta.url));

/** One set of real servers for the whole run; a set that was up before (`npx ortoo stack up`) is joined and left alone. */
export default async function setUpServers(project: TestProject): Promise<() => Promise<void>> {
  const stack = await openStack({
    projectDir,
    env: process.env,
    report: (line) => process.stdout.write(`${line}\n`),
    containers: createTestContainers(),
  });
  const { mongodb, nats, elasticsearch } = stack.servers;
  project.provide('servers', { mongoUrl: mongodb.url, natsUrl: nats.url, elasticsearchUrl: elasticsearch.url });
  return () => stack.stop();
}
