import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { createEngine } from './engine.ts';

/** Answers every request as Elasticsearch would; a shard that fails cannot be had on demand from a real one. */
async function playElasticsearch(body: object): Promise<string> {
  const headers = { 'content-type': 'application/json', 'x-elastic-product': 'Elasticsearch' };
  const server = createServer((_request, response) => response.writeHead(200, headers).end(JSON.stringify(body)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test('a refresh that a shard did not take part in is a fault, not a success', async () => {
  const failures = [{ shard: 0, reason: { type: 'engine_closed', reason: 'the disk is gone' } }];
  const url = await playElasticsearch({ _shards: { total: 2, successful: 1, failed: 1, failures } });
  const engine = createEngine({ url });
  onTestFinished(() => engine.close());
  await expect(engine.refresh('portal-1')).rejects.toMatchObject({
    name: 'EngineFault',
    status: 503,
    message: '1 of 2 shards: the disk is gone',
  });
});
