/**
 * `npm run bench` and `npm run bench:quick`: ratios of the product to what it is built on, by the protocol in
 * docs/performance.md. Prints a table and writes it as JSON to bench/results/<mode>.json.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { newSecret, systemClock } from '@ortoo/shared/kernel';
import { openStack } from '@ortoo/stack';
import { environment } from './config.ts';
import { measureFreshness } from './freshness.ts';
import { measureIndexing } from './indexing.ts';
import type { Target } from './load.ts';
import { measurePair, type Pair, type Plan, round2 } from './pair.ts';
import { type Measured, startNode } from './processes.ts';
import { freePort, type Product, startProduct } from './product.ts';
import { printReport, type Report } from './report.ts';

const projectDir = fileURLToPath(new URL('../..', import.meta.url));
const isQuick = process.argv.includes('--quick');
const plan: Plan = isQuick ? { rounds: 3, seconds: 2, warmUpSeconds: 3 } : { rounds: 5, seconds: 5, warmUpSeconds: 8 };
const CLIENTS = 32;
const INDEXED = isQuick ? 3_000 : 20_000;

/** `[<id>]` makes each name, and so each slug, its own. */
const body = JSON.stringify({
  displayName: { mn: 'Хэмжилт [<id>] ХХК', en: 'Bench [<id>] LLC' },
  legalForm: 'llc',
  categories: { primary: 'construction', secondary: ['mining-equipment'] },
  summary: { mn: 'Хэмжихэд зориулсан байгууллага.', en: 'A company made to be measured.' },
  locations: [
    { kind: 'hq', address: { country: 'MN', region: 'MN-1', district: 'Sukhbaatar' }, phones: [{ raw: '7012 3456' }] },
  ],
  status: 'published',
});

const say = (line: string) => process.stdout.write(`${line}\n`);
const folder = await mkdtemp(join(tmpdir(), 'ortoo-bench-'));
const stack = await openStack({ projectDir, env: environment, report: say });
const running: { stop(): Promise<void> }[] = [stack];
try {
  const { servers } = stack;
  const product = await startProduct(servers, folder);
  running.push(product);
  say('measuring creates …');
  const hand = await startPeer('hand', { MONGO_URL: servers.mongodb.url, PEER_DATABASE: `${product.namespace}_hand` });
  const creates = await measureCreates(product, hand);
  say('measuring reads …');
  const reads = await measureReads(product, hand);
  say('measuring freshness …');
  const freshness = await measureFreshness(product, body, { count: isQuick ? 100 : 600, perSecond: 20 });
  say('measuring indexing …');
  const indexing = await measureIndexing(
    product,
    servers.elasticsearch.url,
    (count) => writeMany(product, count),
    INDEXED,
  );
  const [one, many] = creates;
  const report: Report = {
    at: systemClock.now(),
    mode: isQuick ? 'quick' : 'full',
    node: process.version,
    servers: Object.fromEntries(Object.values(servers).map(({ name, version }) => [name, version])),
    cpus: availableParallelism(),
    durability: 'w: majority, j: true',
    pairs: [...reads, ...creates],
    groupCommit: round2((many?.ours.perSecond ?? 0) / (one?.ours.perSecond ?? 1)),
    freshness,
    indexing,
  };
  await mkdir(join(projectDir, 'bench/results'), { recursive: true });
  await writeFile(join(projectDir, `bench/results/${report.mode}.json`), `${JSON.stringify(report, null, 2)}\n`);
  say(`\n${printReport(report)}`);
} finally {
  for (const one of running.reverse()) await one.stop();
  await rm(folder, { recursive: true, force: true });
}

async function startPeer(
  kind: 'hand' | 'reference',
  env: Record<string, string>,
): Promise<{ url: string; process: Measured }> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const file = fileURLToPath(new URL('./peer-server.ts', import.meta.url));
  const peer = await startNode(kind, file, { PEER: kind, PEER_PORT: String(port), ...env }, `${url}/readyz`);
  running.push(peer);
  return { url, process: peer };
}

/** Creates at one client and at 32; what they leave behind is what the reads read. */
async function measureCreates(
  { url, headers, processes }: Product,
  hand: { url: string; process: Measured },
): Promise<Pair[]> {
  const ours: Target = { name: 'gateway', url: `${url}/v1/companies`, method: 'POST', headers, body, processes };
  const json = { 'content-type': 'application/json' };
  const theirs: Target = {
    name: 'hand: Fastify + driver',
    url: `${hand.url}/items`,
    method: 'POST',
    headers: json,
    body,
    processes: [hand.process],
  };
  const one = await measurePair({ what: 'durable create, 1 client', ours, theirs, connections: 1, plan });
  const many = await measurePair({
    what: `durable create, ${CLIENTS} clients`,
    ours,
    theirs,
    connections: CLIENTS,
    plan,
  });
  return [one, many];
}

/** One item and a list of 20, as the public gets them, against bytes from memory and against hand-written code. */
async function measureReads(
  { url, headers, processes }: Product,
  hand: { url: string; process: Measured },
): Promise<Pair[]> {
  const list = await (await fetch(`${url}/v1/companies?limit=20`)).text();
  const id = (JSON.parse(list) as { items: { id: string }[] }).items[0]?.id ?? '';
  const item = await (await fetch(`${url}/v1/companies/${id}`)).text();
  const stored = (await (await fetch(`${hand.url}/items`)).json()) as { items: { _id: string }[] };
  const handId = stored.items[0]?._id ?? '';
  const [itemFile, listFile] = [join(folder, `item-${newSecret(2)}.json`), join(folder, `list-${newSecret(2)}.json`)];
  await Promise.all([writeFile(itemFile, item), writeFile(listFile, list)]);
  const bare = await startPeer('reference', { PEER_ITEM: itemFile, PEER_LIST: listFile });
  const used = processes.filter(({ name }) => name === 'gateway' || name === 'catalog');
  const ours = (name: string, path: string): Target => ({ name, url: `${url}${path}`, headers, processes: used });
  const theirs = (name: string, peer: { url: string; process: Measured }, path: string): Target => ({
    name,
    url: `${peer.url}${path}`,
    processes: [peer.process],
  });
  const pairs: Pair[] = [];
  for (const [what, ourPath, barePath, handPath] of [
    ['GET by id', `/v1/companies/${id}`, '/items/x', `/items/${handId}`],
    ['GET list of 20', '/v1/companies?limit=20', '/items', '/items'],
  ] as const) {
    for (const [name, peer, path] of [
      ['bare Fastify', bare, barePath],
      ['hand: Fastify + driver', hand, handPath],
    ] as const) {
      pairs.push(
        await measurePair({
          what,
          ours: ours('gateway', ourPath),
          theirs: theirs(name, peer, path),
          connections: CLIENTS,
          plan,
        }),
      );
    }
  }
  return pairs;
}

/** Writes `count` companies through the API with 32 clients. */
async function writeMany({ url, headers }: Product, count: number): Promise<void> {
  let next = 0;
  const writers = Array.from({ length: CLIENTS }, async () => {
    while (next < count) {
      const written = await fetch(`${url}/v1/companies`, {
        method: 'POST',
        headers,
        body: body.replaceAll('[<id>]', `many-${next++}`),
      });
      if (!written.ok) throw new Error(`A write was answered ${written.status}: ${await written.text()}`);
      await written.body?.cancel();
    }
  });
  await Promise.all(writers);
}
