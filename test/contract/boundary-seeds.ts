import { posix } from 'node:path';

/** A file, what it imports, and the rules that this breaks; none when it is allowed. */
export type BoundarySeed = [from: string, imported: string, ...rules: string[]];

const shared = 'packages/shared/src';
const catalog = 'services/catalog/src';
const search = 'services/search/src';

/** Every rule of .dependency-cruiser.cjs with what it refuses, and beside it what it lets through. */
export const boundarySeeds: BoundarySeed[] = [
  [`${catalog}/cycle/egg.ts`, './hen.ts', 'no-cycles'],
  [`${catalog}/cycle/hen.ts`, './egg.ts'], // the cycle is told once

  [`${catalog}/lost.ts`, './gone.ts', 'no-unresolved'],
  [`${catalog}/lost.ts`, '@ortoo/shared/bus/pull.ts', 'no-unresolved'],

  [`${shared}/contracts/ours.ts`, '../kernel/errors.ts'],
  [`${shared}/contracts/ours.ts`, '../kernel/clock.ts'],
  [`${shared}/contracts/ours.ts`, './atoms.ts'],
  [`${shared}/contracts/ours.ts`, 'typebox'],
  [`${shared}/contracts/ours.test.ts`, 'vitest'],
  [`${shared}/contracts/reach.ts`, '../kernel/logger.ts', 'contracts-say-only'],
  [`${shared}/contracts/reach.ts`, '../bus/index.ts', 'contracts-say-only'],
  [`${shared}/contracts/reach.ts`, 'pino', 'contracts-say-only'],
  [`${shared}/contracts/reach.ts`, 'node:fs', 'contracts-say-only'],

  [`${shared}/kernel/ours.ts`, 'pino'],
  [`${shared}/kernel/ours.ts`, 'node:http'],
  [`${shared}/kernel/reach.ts`, '../contracts/index.ts', 'kernel-knows-no-bus-and-no-database'],
  [`${shared}/kernel/reach.ts`, '../bus/index.ts', 'kernel-knows-no-bus-and-no-database'],
  [`${shared}/kernel/reach.ts`, 'nats', 'kernel-knows-no-bus-and-no-database', 'nats-only-in-bus'],
  [`${shared}/kernel/reach.ts`, 'mongoose', 'kernel-knows-no-bus-and-no-database', 'mongoose-only-in-stores'],

  [`${shared}/bus/ours.ts`, '../contracts/index.ts'],
  [`${shared}/bus/ours.ts`, '../kernel/index.ts'],
  [`${shared}/bus/ours.ts`, 'nats'],
  [`${shared}/bus/reach.ts`, '../outbox/index.ts', 'bus-stands-on-contracts-and-kernel'],
  [`${shared}/bus/reach.ts`, 'pino', 'bus-stands-on-contracts-and-kernel'],
  [`${shared}/bus/reach.ts`, 'mongoose', 'bus-stands-on-contracts-and-kernel', 'mongoose-only-in-stores'],

  [`${shared}/outbox/ours.ts`, '../bus/index.ts'],
  [`${shared}/outbox/ours.ts`, 'mongoose'],
  [`${shared}/outbox/reach.ts`, '@ortoo/catalog', 'outbox-stands-on-bus'],
  [`${shared}/outbox/reach.ts`, 'nats', 'outbox-stands-on-bus', 'nats-only-in-bus'],

  [`${shared}/outgoing/ours.ts`, '../kernel/index.ts'],
  [`${shared}/outgoing/ours.ts`, 'undici'],
  [`${shared}/outgoing/reach.ts`, '../bus/index.ts', 'outgoing-stands-on-the-kernel'],
  [`${shared}/outgoing/reach.ts`, 'pino', 'outgoing-stands-on-the-kernel'],
  [`${catalog}/fetch.ts`, '@ortoo/shared/outgoing'],
  [`${catalog}/fetch.ts`, 'undici', 'undici-only-in-outgoing'],

  [`${catalog}/ours.ts`, '@ortoo/shared/bus'],
  [`${catalog}/nats.ts`, 'nats', 'nats-only-in-bus'],

  [`${catalog}/company.store.ts`, 'mongoose'],
  [`${catalog}/company.store.ts`, '@ortoo/shared/outbox'],
  [`${catalog}/company.actions.ts`, 'mongoose', 'mongoose-only-in-stores'],
  [`${catalog}/company.actions.ts`, 'mongodb', 'mongoose-only-in-stores'],

  [`${search}/index/client.ts`, '@elastic/elasticsearch'],
  [`${search}/index/fill.ts`, '@elastic/elasticsearch', 'elasticsearch-only-in-its-client'],

  [`${catalog}/company.rules.ts`, '@ortoo/shared/contracts'],
  [`${catalog}/company.rules.ts`, './company-quality.rules.ts'],
  [`${catalog}/company.rules.ts`, 'libphonenumber-js'],
  [`${catalog}/company-reach.rules.ts`, './company.store.ts', 'rules-are-pure'],
  [`${catalog}/company-reach.rules.ts`, './company.actions.ts', 'rules-are-pure'],
  [`${catalog}/company-reach.rules.ts`, '@ortoo/shared/bus', 'rules-are-pure'],
  [`${catalog}/company-reach.rules.ts`, 'node:fs', 'rules-are-pure'],
  [`${catalog}/company-reach.rules.ts`, 'mongoose', 'rules-are-pure', 'mongoose-only-in-stores'],
  [`${search}/company.projection.ts`, '@ortoo/shared/outbox', 'rules-are-pure', 'search-without-outbox'],
  [`${search}/query/build-query.ts`, '../index/client.ts', 'rules-are-pure'],

  [`${catalog}/company.endpoints.ts`, './company.actions.ts'],
  [`${catalog}/company.endpoints.ts`, '@ortoo/shared/bus'],
  [`${catalog}/reach.endpoints.ts`, './company.store.ts', 'endpoints-are-doors'],
  [`${catalog}/reach.endpoints.ts`, './company.rules.ts', 'endpoints-are-doors'],
  [`${catalog}/reach.endpoints.ts`, '@ortoo/shared/outbox', 'endpoints-are-doors'],

  ['services/gateway/src/keys/key.store.ts', 'mongoose'],
  ['services/gateway/src/reach.ts', '@ortoo/shared/outbox', 'gateway-without-outbox'],
  [`${search}/reach.ts`, '@ortoo/shared/outbox', 'search-without-outbox'],

  ['services/gateway/src/app.ts', 'fastify'],
  ['services/gateway/src/app.ts', '@fastify/cors'],
  [`${catalog}/http.ts`, 'fastify', 'fastify-only-in-gateway'],
  [`${catalog}/http.ts`, '@fastify/cors', 'fastify-only-in-gateway'],

  [`${catalog}/neighbour.ts`, '@ortoo/news', 'no-service-imports-another'],
  [`${catalog}/neighbour.ts`, '../../news/src/article.store.ts', 'no-service-imports-another'],

  [`${catalog}/deep.ts`, '../../../packages/shared/src/bus/pull.ts', 'shared-by-its-rooms'],
  ['test/e2e/deep.e2e.test.ts', '../../packages/shared/src/kernel/clock.ts', 'shared-by-its-rooms'],

  ['services/catalog/test/ours.int.test.ts', '@ortoo/shared/testing'],
  [`${catalog}/company.rules.test.ts`, 'fast-check'],
  [`${catalog}/shipped.ts`, '@ortoo/shared/testing', 'testing-in-tests-only'],
  [`${catalog}/shipped.ts`, 'vitest', 'testing-in-tests-only'],
  [`${catalog}/shipped.ts`, 'fast-check', 'testing-in-tests-only'],

  [`${catalog}/on-tests.ts`, '../../../test/support/servers.ts', 'nothing-imports-tests'],
  [`${catalog}/on-tests.ts`, './company.rules.test.ts', 'nothing-imports-tests'],
  [`${catalog}/on-tests.ts`, '../test/company.rig.ts', 'nothing-imports-tests'],

  ['test/e2e/ours.e2e.test.ts', '@ortoo/catalog'],
  ['test/e2e/ours.e2e.test.ts', '@ortoo/gateway'],
  ['test/e2e/ours.e2e.test.ts', '@ortoo/stack'],
  ['test/e2e/window.e2e.test.ts', '../../services/catalog/src/company.store.ts', 'tests-come-in-by-the-door'],
  ['bench/speed/window.ts', '../../services/search/src/index/fill.ts', 'tests-come-in-by-the-door'],

  ['bin/ours.mjs', 'node:fs'],
  ['bin/ours.mjs', './install.mjs'],
  ['bin/reach.mjs', 'picocolors', 'bin-needs-nothing-installed'],
  ['bin/reach.mjs', '../packages/cli/src/main.ts', 'bin-needs-nothing-installed'],

  ['packages/cli/src/ours.ts', '@ortoo/stack'],
  [`${catalog}/server.ts`, '@ortoo/stack', 'stack-in-development-only'],
  [`${shared}/testing/server.ts`, '@ortoo/stack', 'stack-in-development-only'],
];

/** Where an import leads in the seeded tree. */
export function resolveSeed([from, imported, ...rules]: BoundarySeed): string {
  if (rules.includes('no-unresolved')) return imported;
  if (imported.startsWith('.')) return posix.join(posix.dirname(from), imported);
  if (imported.startsWith('node:')) return imported.slice('node:'.length);
  const [, own] = /^@ortoo\/(.+)$/.exec(imported) ?? [];
  if (own?.startsWith('shared/')) return `${shared}/${own.slice('shared/'.length)}/index.ts`;
  if (own === 'stack') return 'packages/stack/src/index.ts';
  if (own) return `services/${own}/src/service.ts`;
  return `node_modules/${imported}/index.js`;
}

/** The files of a tree that holds every seed: sources, what they import, empty packages. */
export function buildSeededFiles(seeds: BoundarySeed[]): Record<string, string> {
  const files: Record<string, string> = {};
  for (const seed of seeds) {
    const [from, imported, ...rules] = seed;
    files[from] = `${files[from] ?? ''}import '${imported}';\n`;
    if (rules.includes('no-unresolved') || imported.startsWith('node:')) continue;
    const target = resolveSeed(seed);
    files[target] ??= '';
    if (target.startsWith('node_modules/'))
      files[posix.join(posix.dirname(target), 'package.json')] = '{ "main": "index.js" }';
  }
  return files;
}
