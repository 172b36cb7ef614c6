import { createSeededRandom } from '@ortoo/shared/kernel';
import type { TestServers } from '@ortoo/shared/testing';
import { openStack } from '@ortoo/stack';
import { openEngineProxy } from './engine-proxy.ts';
import type { Write } from './history.ts';
import { openProduct } from './product.ts';
import { runScenario, type ScenarioOptions, type Verdict } from './scenario.ts';
import { scenarios } from './scenarios.ts';
import { defaultRoot } from './service-process.ts';

/** A running product on which scenarios are played one after the other. */
export type OpenStage = { play(name: string, options?: ScenarioOptions): Promise<Verdict>; close(): Promise<void> };

export async function openStage(options: { servers: TestServers; seed: number; root?: string }): Promise<OpenStage> {
  const { servers, seed, root } = options;
  const random = createSeededRandom(seed);
  const proxy = await openEngineProxy(servers.elasticsearchUrl, createSeededRandom(seed + 1));
  const product = await openProduct({
    servers,
    env: { search: { ELASTICSEARCH_URL: proxy.url } },
    ...(root ? { root } : {}),
  });
  const history = { writes: [] as Write[], seed: seed * 1_000 };
  return {
    play: (name, options) => {
      const scenario = scenarios[name];
      if (!scenario)
        throw new Error(`There is no scenario "${name}"; there are: ${Object.keys(scenarios).join(', ')}.`);
      const fault = () => scenario.fault({ product, proxy, random });
      return runScenario(product, history, fault, { ...scenario.options, ...options });
    },
    close: async () => {
      await product.stop();
      await proxy.close();
    },
  };
}

/** The servers for a run outside of the test runner: those that are up, or new ones until `stop`. */
export async function openServers(): Promise<{ servers: TestServers; stop(): Promise<void> }> {
  const stack = await openStack({ projectDir: defaultRoot, env: process.env, report: () => undefined });
  const { mongodb, nats, elasticsearch } = stack.servers;
  const servers = { mongoUrl: mongodb.url, natsUrl: nats.url, elasticsearchUrl: elasticsearch.url };
  return { servers, stop: () => stack.stop() };
}
