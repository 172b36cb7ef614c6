import { pause } from '@ortoo/shared/kernel';
import type { ServerName } from '@ortoo/stack';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Write } from './history.ts';
import { openPrivateServers, type PrivateServers } from './private-servers.ts';
import { openProduct, type Product } from './product.ts';
import { runScenario } from './scenario.ts';

let servers: PrivateServers;
let product: Product;
const history = { writes: [] as Write[], seed: 300 };

beforeAll(async () => {
  servers = await openPrivateServers();
  product = await openProduct({ servers: servers.urls });
}, 240_000);
afterAll(async () => {
  await product?.stop();
  await servers?.stop();
});

const AWAY_MS = 1_500;

describe('a server that ends under load costs nothing that was acknowledged, and all of it converges when it is back', () => {
  test.each<[ServerName, 'SIGKILL' | 'SIGTERM']>([
    ['nats', 'SIGKILL'],
    ['nats', 'SIGTERM'],
    ['mongodb', 'SIGKILL'],
    ['mongodb', 'SIGTERM'],
    ['elasticsearch', 'SIGKILL'],
    ['elasticsearch', 'SIGTERM'],
  ])('%s by %s', async (name, signal) => {
    const verdict = await runScenario(product, history, async () => {
      await servers.end(name, signal);
      await pause(AWAY_MS);
      await servers.start(name);
    });
    expect(verdict.findings).toEqual([]);
    expect(verdict.counts.ok).toBeGreaterThan(5);
  });
});

test('a server that stands still and goes on changes nothing that was newer', async () => {
  const verdict = await runScenario(product, history, async () => {
    for (const name of ['nats', 'mongodb', 'elasticsearch'] as const) {
      servers.signal(name, 'SIGSTOP');
      await pause(2_000);
      servers.signal(name, 'SIGCONT');
      await pause(300);
    }
  });
  expect(verdict.findings).toEqual([]);
});

test('a stream that is put back to an earlier state is found and published again by itself', async () => {
  const verdict = await runScenario(
    product,
    history,
    async () => {
      await servers.end('nats', 'SIGTERM');
      const putBack = await servers.copyNats();
      await servers.start('nats');
      await pause(2_500);
      await servers.end('nats', 'SIGKILL');
      await putBack();
      await servers.start('nats');
    },
    { afterMs: 3_000 },
  );
  expect(verdict.findings).toEqual([]);
  expect(product.alarms()).toBeGreaterThan(0);
});
