/** Who may import whom (ARCHITECTURE.md, "Rooms"). Each rule is proven by a seeded violation in test/contract. */
const shared = '^packages/shared/src';
const npm = (...names) => `(^|/)node_modules/(${names.join('|')})/`;
/** Modules of Node that reach out of the process; the cruiser names them without `node:`. */
const outside = '^(fs|net|tls|dgram|dns|http|https|http2|child_process|worker_threads|cluster|timers|process|os)(/|$)';
const anyPackage = '(^|/)node_modules/';
const tests = '(\\.test\\.(ts|mjs)$|^packages/[^/]+/test/|^services/[^/]+/test/|^test/|^bench/)';

const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    forbid('no-cycles', 'A cycle has no top to read from.', {}, { circular: true }),
    forbid('no-unresolved', 'An import that leads nowhere.', {}, { couldNotResolve: true }),
    forbid(
      'contracts-say-only',
      'Contracts hold schemas and pure functions: no I/O, no other room.',
      { path: `${shared}/contracts/`, pathNot: tests },
      {
        path: ['^packages/', '^services/', anyPackage, outside],
        pathNot: [`${shared}/contracts/`, `${shared}/kernel/(errors|clock)\\.ts$`, npm('typebox')],
      },
    ),
    forbid(
      'kernel-knows-no-bus-and-no-database',
      'The kernel is what each process needs.',
      { path: `${shared}/kernel/`, pathNot: tests },
      {
        path: ['^packages/', '^services/', anyPackage],
        pathNot: [
          `${shared}/kernel/`,
          npm('typebox', 'pino', 'close-with-grace', 'typeid-js', 'env-schema', 'prom-client'),
        ],
      },
    ),
    forbid(
      'bus-stands-on-contracts-and-kernel',
      'The bus knows no database.',
      { path: `${shared}/bus/`, pathNot: tests },
      {
        path: ['^packages/', '^services/', anyPackage],
        pathNot: [
          `${shared}/(bus|contracts|kernel)/`,
          '^packages/shared/package\\.json$',
          npm('nats', '@nats-io', 'secure-json-parse', 'typebox'),
        ],
      },
    ),
    forbid(
      'outbox-stands-on-bus',
      'The outbox may use the bus, never a service.',
      { path: `${shared}/outbox/`, pathNot: tests },
      {
        path: ['^packages/', '^services/', anyPackage],
        pathNot: [`${shared}/(outbox|bus|contracts|kernel)/`, npm('mongoose', 'mongodb', 'typebox')],
      },
    ),
    forbid(
      'outgoing-stands-on-the-kernel',
      'What guards requests to the outside knows nothing of ours.',
      { path: `${shared}/outgoing/`, pathNot: tests },
      {
        path: ['^packages/', '^services/', anyPackage],
        pathNot: [`${shared}/(outgoing|kernel)/`, npm('ipaddr.js', 'undici')],
      },
    ),
    forbid(
      'undici-only-in-outgoing',
      'What callers name is fetched through the guard alone.',
      { pathNot: [`${shared}/outgoing/`, tests] },
      { path: npm('undici', 'axios', 'got', 'node-fetch') },
    ),
    forbid(
      'nats-only-in-bus',
      'Moving to another client must stay one folder.',
      { pathNot: [`${shared}/bus/`, `${shared}/testing/`, '^packages/stack/', tests] },
      { path: npm('nats', '@nats-io') },
    ),
    forbid(
      'mongoose-only-in-stores',
      'Documents are reached through stores.',
      { pathNot: [`${shared}/outbox/`, `${shared}/testing/`, '\\.store\\.ts$', '^packages/stack/', tests] },
      { path: npm('mongoose', 'mongodb') },
    ),
    forbid(
      'elasticsearch-only-in-its-client',
      'One place knows the client of Elasticsearch.',
      { pathNot: ['^services/search/src/index/client\\.ts$', tests] },
      { path: npm('@elastic') },
    ),
    forbid(
      'rules-are-pure',
      'Rules, projections and query builders decide; they reach nothing. Types are gone when they run.',
      { path: '^services/.*(\\.rules|\\.projection|/build-[^/]+)\\.ts$' },
      {
        path: [
          `${shared}/(bus|outbox)/`,
          '[./](store|actions|endpoints|routes|plugin|worker|client|consumer|follower)\\.ts$',
          outside,
          npm('mongoose', 'nats', 'fastify', '@elastic'),
        ],
        dependencyTypesNot: ['type-only'],
      },
    ),
    forbid(
      'endpoints-are-doors',
      'Endpoints bind calls to actions and hold no logic.',
      { path: '\\.endpoints\\.ts$' },
      { path: ['[./](store|rules)\\.ts$', `${shared}/outbox/`, npm('mongoose')] },
    ),
    forbid(
      'gateway-without-outbox',
      'The gateway owns no versioned documents.',
      { path: '^services/gateway/src/' },
      { path: `${shared}/outbox/` },
    ),
    forbid(
      'search-without-outbox',
      'Search keeps projections and owns no document.',
      { path: '^services/search/src/' },
      { path: `${shared}/outbox/` },
    ),
    forbid(
      'fastify-only-in-gateway',
      'One service speaks HTTP to callers.',
      { pathNot: ['^services/gateway/', tests] },
      { path: npm('fastify', '@fastify') },
    ),
    forbid(
      'no-service-imports-another',
      'Services speak over the bus.',
      { path: '^services/([^/]+)/', pathNot: tests },
      { path: '^services/([^/]+)/', pathNot: '^services/$1/' },
    ),
    forbid(
      'shared-by-its-rooms',
      'Nothing deeper than the rooms.',
      { pathNot: '^packages/shared/' },
      {
        path: '^packages/shared/src/',
        pathNot: `${shared}/(contracts|kernel|bus|outbox|outgoing|testing)/index\\.ts$`,
      },
    ),
    forbid(
      'testing-in-tests-only',
      'Test equipment never ships.',
      { pathNot: [tests, `${shared}/testing/`] },
      { path: [`${shared}/testing/`, npm('vitest', 'fast-check')] },
    ),
    forbid(
      'nothing-imports-tests',
      'Code does not stand on tests.',
      { path: '^(bin/|(packages|services)/[^/]+/src/)', pathNot: tests },
      { path: tests },
    ),
    forbid(
      'tests-come-in-by-the-door',
      'Tests of the whole and benches start services by their factory and speak to them as callers do. Gates may read settings and the API; what judges reading and searching calls what reads and searches.',
      { path: '^(test|bench)/' },
      {
        path: '^services/',
        pathNot:
          '^services/[^/]+/src/(service|config|describe-api|projections/project-change|intake/read-page|intake/intake.rules|index/(bulk|definition|engine)|query/(category-intent|search.actions|relaxed-names))\\.ts$|^services/search/test/(query-table|sample-portal)\\.ts$',
      },
    ),
    forbid(
      'bin-needs-nothing-installed',
      'Launchers run before there are packages.',
      { path: '^bin/', pathNot: tests },
      { path: ['^packages/', '^services/', anyPackage] },
    ),
    forbid(
      'stack-in-development-only',
      'Services are given their servers.',
      { path: '^(services|packages/shared)/', pathNot: tests },
      { path: '^packages/(stack|cli)/' },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
      mainFields: ['module', 'main', 'types'],
    },
  },
};
