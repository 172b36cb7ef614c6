/**
 * `npm run bench:scale -- --documents 1000000 --names DIR --only index,search,facets,gateway,rebuild`: the product's search over
 * many documents. The services are real processes; catalog and news are played by this one, which makes the documents up.
 * Each part is written to bench/results/scale.json as soon as it is measured.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { namesOf } from '@ortoo/shared/contracts';
import { newSecret, systemClock } from '@ortoo/shared/kernel';
import { dropNamespace } from '@ortoo/shared/testing';
import { openStack } from '@ortoo/stack';
import { environment } from '../speed/config.ts';
import { type Product, startProduct } from '../speed/product.ts';
import { measureFacets } from './facets-part.ts';
import { measureGateway } from './gateway-part.ts';
import { measureIndex, readHeapMax, untilFilled } from './index-part.ts';
import { makeItems } from './items.ts';
import { readKnownItems, readNames } from './known-names.ts';
import { type Part, readOptions } from './options.ts';
import { playOwners } from './owners.ts';
import { createPortal } from './portal.ts';
import { measureRebuild } from './rebuild-part.ts';
import { printScale, type ScaleReport } from './report.ts';
import { measureSearch } from './search-part.ts';
import type { Setting } from './setting.ts';
import { keepWrites } from './written-portal.ts';

const projectDir = fileURLToPath(new URL('../..', import.meta.url));
const resultFile = join(projectDir, 'bench/results/scale.json');
const ITEMS_EACH = 60;
const BEAT_MS = 30_000;

const options = readOptions(process.argv.slice(2));
const startedMs = performance.now();
const say = (line: string) =>
  process.stdout.write(`[${Math.round((performance.now() - startedMs) / 1000)} s] ${line}\n`);
const folder = await mkdtemp(join(tmpdir(), 'ortoo-scale-'));
const stack = await openStack({ projectDir, env: environment, report: say });
const closing: (() => Promise<unknown>)[] = [() => stack.stop()];
try {
  const { servers } = stack;
  const namespace = `b${newSecret(6)}`;
  const names = namesOf(namespace);
  const places = {
    mongoUrl: servers.mongodb.url,
    natsUrl: servers.nats.url,
    elasticsearchUrl: servers.elasticsearch.url,
  };
  for (const used of [namespace, `${namespace}r`]) closing.push(() => dropNamespace(places, used));
  const known = options.names === undefined ? [] : readNames(options.names);
  const portal = keepWrites(createPortal({ documents: options.documents, seed: options.seed, names: known }));
  const owners = await playOwners(servers.nats.url, names, portal);
  closing.push(owners.close);
  const product = await startProduct(servers, folder, { services: ['search'], namespace, living: ['search'] });
  closing.push(product.stop);
  const items =
    options.names === undefined ? makeItems(portal, options.seed) : readKnownItems(options.names, ITEMS_EACH);
  let gateway: Promise<Product> | undefined;
  const startGateway = async () => {
    const started = await startProduct(servers, folder, { services: ['gateway'], namespace });
    closing.push(started.stop);
    return started;
  };
  const openGateway = () => (gateway ??= startGateway());
  const setting: Setting = { portal, owners, product, names, ...places, items, openGateway, say };
  const filled = await untilFilled(setting);
  const report: ScaleReport = {
    at: systemClock.now(),
    node: process.version,
    servers: Object.fromEntries(Object.values(servers).map(({ name, version }) => [name, version])),
    cpus: availableParallelism(),
    engineHeapMaxMb: await readHeapMax(servers.elasticsearch.url),
    documents: portal.total - known.length,
    names: known.length,
    seed: options.seed,
  };
  const work: Record<Part, () => Promise<Partial<ScaleReport>>> = {
    index: async () => ({ index: await measureIndex(setting, filled, options.raw) }),
    search: async () => ({ search: await measureSearch(setting) }),
    facets: async () => ({ facets: await measureFacets(setting) }),
    gateway: async () => ({ gateway: await measureGateway(setting) }),
    rebuild: async () => ({ rebuild: await measureRebuild(setting) }),
  };
  for (const part of options.only) {
    const beat = setInterval(() => say(`measuring ${part} …`), BEAT_MS);
    await work[part]().then(
      (figures) => Object.assign(report, figures),
      (error: unknown) => {
        process.exitCode = 1; // the parts that can be measured are
        say(`${part} could not be measured: ${error instanceof Error ? error.message : String(error)}`);
      },
    );
    clearInterval(beat);
    await writeFile(resultFile, `${JSON.stringify(report, null, 2)}\n`);
  }
  say(`done\n\n${printScale(report)}`);
} finally {
  for (const close of closing.reverse()) await close().catch((error: unknown) => say(`cleaning up: ${String(error)}`));
  await rm(folder, { recursive: true, force: true });
}
