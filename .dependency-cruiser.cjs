/** Who may import whom (ARCHITECTURE.md, "Rooms"). Each rule is proven by a seeded violation in test/contract. */
const shared = '^packages/shared/src';
const npm = (...names) => `(^|/)node_modules/(${names.join('|')})/`;
const anyPackage = '(^|/)node_modules/';
const tests = '(\\.test\\.ts$|^packages/[^/]+/test/|^services/[^/]+/test/|^test/|^bench/)';

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
        path: ['^packages/', '^services/', anyPackage, '^node:'],
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
      { path: ['^packages/', '^services/'], pathNot: [`${shared}/(bus|contracts|kernel)/`] },
    ),
    forbid(
      'outbox-stands-on-bus',
      'The outbox may use the bus, never a service.',
      { path: `${shared}/outbox/`, pathNot: tests },
      { path: ['^packages/', '^services/'], pathNot: [`${shared}/(outbox|bus|contracts|kernel)/`] },
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
      'Rules, projections and query builders decide; they reach nothing.',
      { path: '^services/.*(\\.rules|\\.projection|/build-[^/]+)\\.ts$' },
      {
        path: [
          `${shared}/(bus|outbox)/`,
          '\\.(store|actions|endpoints|routes|plugin|worker|client|consumer|follower)\\.ts$',
          '^node:(fs|net|http|https|child_process)',
          npm('mongoose', 'nats', 'fastify', '@elastic'),
        ],
      },
    ),
    forbid(
      'endpoints-are-doors',
      'Endpoints bind calls to actions and hold no logic.',
      { path: '\\.endpoints\\.ts$' },
      { path: ['\\.(store|rules)\\.ts$', `${shared}/outbox/`, npm('mongoose')] },
    ),
    forbid(
      'gateway-without-outbox',
      'The gateway owns no versioned documents.',
      { path: '^services/gateway/src/' },
      { path: `${shared}/outbox/` },
    ),
    forbid(
      'no-service-imports-another',
      'Services speak over the bus.',
      { path: '^services/([^/]+)/', pathNot: tests },
      { path: '^services/([^/]+)/', pathNot: '^services/$1/' },
    ),
    forbid(
      'shared-by-its-rooms',
      'Nothing deeper than the five rooms.',
      { pathNot: '^packages/shared/' },
      { path: '^packages/shared/src/', pathNot: `${shared}/(contracts|kernel|bus|outbox|testing)/index\\.ts$` },
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
      { path: '^(packages|services)/[^/]+/src/', pathNot: tests },
      { path: '^(test|bench)/' },
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
