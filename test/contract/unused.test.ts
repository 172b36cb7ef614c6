import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type SeededTree, sowTree } from './seeded-tree.ts';

const manifest = (name: string, fields: object) =>
  JSON.stringify({ name, version: '0.1.0', private: true, type: 'module', ...fields });

/** A small workspace of the shape of ours: a root, a shared room and a service. */
const clean: Record<string, string> = {
  'package.json': manifest('ortoo', {
    workspaces: ['packages/*', 'services/*'],
    scripts: { check: 'node bin/check.mjs' },
    devDependencies: { vitest: '1.0.0' },
  }),
  'test/support/servers.setup.ts': 'export default () => undefined;\n',
  'bin/check.mjs': 'export const gates = [];\n',
  'packages/shared/package.json': manifest('@ortoo/shared', {
    exports: { './kernel': './src/kernel/index.ts' },
    dependencies: { pino: '1.0.0' },
  }),
  'packages/shared/src/kernel/index.ts': "export { log } from './logger.ts';\n",
  'packages/shared/src/kernel/logger.ts': "import pino from 'pino';\n\nexport const log = pino();\n",
  'services/catalog/package.json': manifest('@ortoo/catalog', {
    exports: { '.': './src/service.ts' },
    dependencies: { '@ortoo/shared': '0.1.0' },
  }),
  'services/catalog/src/main.ts': "import { start } from './service.ts';\n\nstart();\n",
  'services/catalog/src/service.ts':
    "import { log } from '@ortoo/shared/kernel';\nimport { name } from './names.ts';\n\nexport const start = () => log.info(name);\n",
  'services/catalog/src/names.ts': "export const name = 'catalog';\n",
  'services/catalog/src/names.test.ts': "import { name } from './names.ts';\n\nprocess.exitCode = name ? 0 : 1;\n",
  'services/catalog/test/start.int.test.ts': "import { start } from '../src/service.ts';\n\nstart();\n",
};

/** What is unused, by the kind under which knip reports it: files on top of the clean ones, and what is named. */
const seeds: Record<string, { files: Record<string, string>; named: string }> = {
  exports: {
    files: { 'services/catalog/src/names.ts': "export const name = 'catalog';\nexport const nobody = 'reads this';\n" },
    named: 'services/catalog/src/names.ts nobody',
  },
  types: {
    files: {
      'packages/shared/src/kernel/logger.ts': `${clean['packages/shared/src/kernel/logger.ts']}export type Nobody = string;\n`,
    },
    named: 'packages/shared/src/kernel/logger.ts Nobody',
  },
  files: {
    files: { 'services/catalog/src/left-behind.ts': 'export const x = 1;\n' },
    named: 'services/catalog/src/left-behind.ts services/catalog/src/left-behind.ts',
  },
  unlisted: {
    files: { 'services/catalog/src/main.ts': "import 'nats';\nimport { start } from './service.ts';\n\nstart();\n" },
    named: 'services/catalog/src/main.ts nats',
  },
  dependencies: {
    files: {
      'packages/shared/package.json': manifest('@ortoo/shared', {
        exports: { './kernel': './src/kernel/index.ts' },
        dependencies: { mongoose: '1.0.0', pino: '1.0.0' },
      }),
    },
    named: 'packages/shared/package.json mongoose',
  },
};

const seeding = {
  copied: ['knip.json', 'tsconfig.json', 'vitest.config.ts'],
  links: { 'node_modules/@ortoo/shared': 'packages/shared', 'node_modules/@ortoo/catalog': 'services/catalog' },
  isWithPackages: false,
};
/** Stands for what npm would have installed. */
const installed = {
  ...Object.fromEntries(
    ['pino', 'mongoose', 'nats'].flatMap((name) => [
      [`node_modules/${name}/package.json`, manifest(name, { main: 'index.js' })],
      [`node_modules/${name}/index.js`, ''],
    ]),
  ),
  'node_modules/vitest/package.json': manifest('vitest', { exports: { './config': './config.js' } }),
  'node_modules/vitest/config.js': 'export const defineConfig = (config) => config;\n',
};
const trees: SeededTree[] = [];

function runOn(files: Record<string, string>, ...more: string[]) {
  const tree = sowTree({ ...installed, ...files }, seeding);
  trees.push(tree);
  return tree.runGate('unused', ...more);
}

afterAll(() => {
  for (const tree of trees) tree.remove();
});

test('the unused gate passes when everything is used', async () => {
  const { code, output } = await runOn(clean);
  expect(code, output).toBe(0);
}, 60_000);

describe('the unused gate names', () => {
  let code: number;
  let issues: Record<string, unknown>[];

  beforeAll(async () => {
    const run = await runOn(
      Object.assign({}, clean, ...Object.values(seeds).map(({ files }) => files)),
      '--reporter=json',
    );
    code = run.code;
    ({ issues } = JSON.parse(run.stdout) as { issues: Record<string, unknown>[] });
  }, 60_000);

  const namedAs = (kind: string) =>
    issues.flatMap((issue) => (issue[kind] as { name: string }[]).map(({ name }) => `${String(issue.file)} ${name}`));

  test.each(Object.entries(seeds))('%s', (kind, { named }) => {
    expect(namedAs(kind)).toEqual([named]);
  });

  test('nothing else, and fails', () => {
    const kinds = Object.entries(issues[0] ?? {}).flatMap(([kind, found]) => (Array.isArray(found) ? [kind] : []));
    expect(code).toBe(1);
    expect(kinds.filter((kind) => namedAs(kind).length > 0).sort()).toEqual(Object.keys(seeds).sort());
  });
});
