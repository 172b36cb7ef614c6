import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Random } from '@ortoo/shared/kernel';

/** Stands in front of Elasticsearch and spoils answers to bulks. */
export type EngineProxy = {
  url: string;
  /**
   * From now on: of each bulk the share of items that did not get through (429), and the share of bulks that are refused
   * as a whole (429 or 503). The items that fail are kept from the engine.
   */
  spoil(shares: { items: number; bulks: number }): void;
  /** How many items and bulks were spoiled so far. */
  spoiled(): { items: number; bulks: number };
  close(): Promise<void>;
};

export async function openEngineProxy(engineUrl: string, random: Random): Promise<EngineProxy> {
  let shares = { items: 0, bulks: 0 };
  const counts = { items: 0, bulks: 0 };

  async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const body = await readAll(incoming);
    const isBulk = /\/_bulk(\?|$)/.test(incoming.url ?? '');
    if (isBulk && random.next() < shares.bulks) {
      counts.bulks += 1;
      const status = random.next() < 0.5 ? 429 : 503;
      return send(outgoing, status, { error: { type: 'es_rejected_execution_exception', reason: 'busy' }, status });
    }
    const lines = isBulk ? body.toString('utf8').trimEnd().split('\n') : [];
    const drops = lines.filter((_, place) => place % 2 === 0).map(() => random.next() < shares.items);
    if (!drops.some(Boolean)) return forward(incoming, outgoing, body);
    counts.items += drops.filter(Boolean).length;
    const kept = lines.filter((_, place) => !drops[Math.floor(place / 2)]);
    const answered = kept.length > 0 ? await bulkOf(incoming, `${kept.join('\n')}\n`) : [];
    const items = drops.map((isDropped) => (isDropped ? refusedItem : answered.shift()));
    return send(outgoing, 200, { errors: true, took: 1, items });
  }

  function forward(incoming: IncomingMessage, outgoing: ServerResponse, body: Buffer): void {
    const { method, url = '', headers } = incoming;
    const passed = request(`${engineUrl}${url}`, { method, headers: { ...headers, host: '' } }, (response) => {
      outgoing.writeHead(response.statusCode ?? 502, response.headers);
      response.pipe(outgoing);
    });
    passed.on('error', () => outgoing.destroy());
    passed.end(body);
  }

  async function bulkOf({ url = '', headers }: IncomingMessage, body: string): Promise<unknown[]> {
    const type = String(headers['content-type'] ?? 'application/x-ndjson');
    const response = await fetch(`${engineUrl}${url}`, { method: 'POST', headers: { 'content-type': type }, body });
    const parsed = (await response.json()) as { items?: unknown[] };
    return parsed.items ?? [];
  }

  const server = createServer((incoming, outgoing) => {
    answer(incoming, outgoing).catch(() => outgoing.destroy());
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spoil: (next) => {
      shares = next;
    },
    spoiled: () => ({ ...counts }),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const refusedItem = {
  index: { status: 429, error: { type: 'es_rejected_execution_exception', reason: 'the queue is full' } },
};

/** Elasticsearch's client refuses an engine that does not name itself. */
function send(outgoing: ServerResponse, status: number, body: object): void {
  const type = 'application/vnd.elasticsearch+json;compatible-with=8';
  outgoing.writeHead(status, { 'content-type': type, 'x-elastic-product': 'Elasticsearch' });
  outgoing.end(JSON.stringify(body));
}

async function readAll(incoming: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of incoming) parts.push(part as Buffer);
  return Buffer.concat(parts);
}
