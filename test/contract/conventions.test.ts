import { describe, expect, test } from 'vitest';
import { conventions, findConventionBreaches, judgeConventions } from './conventions.ts';
import { type RepositoryFile, readIgnored, readRepository } from './repository.ts';
import { root } from './seeded-tree.ts';

/** Pieces that must not stand whole in a file of the repository, this one included. */
const slash = '/';
const lines = (count: number) => 'export {};\n'.repeat(count);

/** A breach each: the convention, where, the text, and what is named. */
const seeds: [convention: string, path: string, text: string, named: string][] = [
  ['environment-in-config', 'services/a/src/main.ts', 'const port = process.env.PORT;', ':1 process.env'],
  ['environment-in-config', 'packages/a/src/b.ts', "\nconst all = globalThis.process['env'];", ':2 process.env'],
  ['environment-in-config', 'packages/a/src/b.ts', 'const { env: all } = process;', ':1 env of process'],
  ['environment-in-config', 'packages/a/src/b.ts', "import { env } from 'node:process';", ':1 env of node:process'],
  ['clock-in-kernel', 'services/a/src/b.ts', 'const at = new Date();', ':1 new Date()'],
  ['clock-in-kernel', 'services/a/src/b.ts', 'const ms = Date.now();', ':1 Date.now'],
  ['clock-in-kernel', 'services/a/src/b.ts', 'const read = { nowMs: Date.now };', ':1 Date.now'],
  ['clock-in-kernel', 'services/a/src/b.ts', 'const text = Date();', ':1 Date()'],
  ['randomness-in-kernel', 'services/a/src/b.ts', 'const x = Math.random();', ':1 Math.random'],
  ['randomness-in-kernel', 'services/a/src/b.ts', 'const id = crypto.randomUUID();', ':1 crypto.randomUUID'],
  ['randomness-in-kernel', 'services/a/src/b.ts', 'globalThis.crypto.getRandomValues(x);', ':1 crypto.getRandomValues'],
  ['randomness-in-kernel', 'bin/b.mjs', "import { randomBytes as draw } from 'node:crypto';", ':1 randomBytes'],
  ['tests-all-run', 'packages/a/src/b.test.ts', "test.each([1]).only('x', () => {});", ':1 .only'],
  ['tests-all-run', 'packages/a/src/b.test.ts', "describe.skipIf(true)('x', () => {});", ':1 .skipIf'],
  ['tests-all-run', 'packages/a/src/b.test.ts', "test('x', { skip: true }, () => {});", ':1 skip'],
  ['names-say-what-is-inside', 'packages/a/src/camelCase.ts', '', ' "camelCase" is not kebab-case'],
  ['names-say-what-is-inside', 'packages/a/src/My_Room/b.ts', '', ' "My_Room" is not kebab-case'],
  ['names-say-what-is-inside', 'packages/a/src/utils/b.ts', '', ' "utils" does not say what is inside'],
  ['names-say-what-is-inside', 'packages/a/src/date-helpers.ts', '', ' "date-helpers" does not say what is inside'],
  ['names-say-what-is-inside', 'packages/a/src/common.ts', '', ' "common" does not say what is inside'],
  ['names-say-what-is-inside', 'packages/a/src/misc.ts', '', ' "misc" does not say what is inside'],
  ['names-say-what-is-inside', 'packages/a/src/cache-manager.ts', '', ' "cache-manager" does not say what is inside'],
  ['names-say-what-is-inside', 'packages/a/src/base.ts', '', ' "base" does not say what is inside'],
  ['files-are-short', 'packages/a/src/b.ts', lines(301), ' 301 lines, of which 300 are the most'],
  ['no-open-ends', 'packages/a/src/b.ts', `// ${'TO'}DO: later`, `:1 ${'TO'}DO`],
  ['no-open-ends', 'docker-compose.yml', `# ${'FIX'}ME`, `:1 ${'FIX'}ME`],
  ['no-machine-paths', 'docs/runbook.md', `Look into ${slash}root/logs.`, `:1 ${slash}root/`],
  ['no-machine-paths', 'packages/a/src/b.ts', `const dir = '${slash}tmp';`, `:1 ${slash}tmp`],
  ['no-machine-paths', 'data/x.json', `{"at": "file://${slash}work/x"}`, `:1 ${slash}work/`],
  ['no-machine-paths', 'README.md', `\`${slash}home/someone/ortoo\``, `:1 ${slash}home/someone/`],
  ['no-registry-hosts', 'package-lock.json', `"https://registry.${'npmjs'}.org/x"`, `:1 registry.${'npmjs'}.org`],
  ['no-registry-hosts', 'bin/b.mjs', `'https://${'pypi'}.org/simple'`, `:1 ${'pypi'}.org`],
  ['no-registry-hosts', 'Dockerfile', `RUN curl https://repo1.${'maven'}.org/maven2`, `:1 repo1.${'maven'}.org`],
];

/** What the conventions must leave alone. */
const clean: [path: string, text: string][] = [
  ['services/a/src/config.ts', 'export const read = (env = process.env) => env;'],
  ['bin/a.mjs', 'const at = Date.now() + Number(process.env.WAIT);'],
  ['test/support/child.ts', 'export const env = { ...process.env };'],
  ['packages/a/src/child.test.ts', 'const env = { ...process.env };'],
  ['packages/shared/src/kernel/clock.ts', 'export const now = () => new Date().toISOString();'],
  ['packages/shared/src/kernel/ids.ts', "import { randomUUID } from 'node:crypto';"],
  ['services/a/src/b.ts', 'const day = new Date(text); const own = { env: 1, now: 2 }; const n = own.now + own.env;'],
  ['services/a/src/hash.ts', "import { createHash } from 'node:crypto';"],
  [
    'services/a/src/list.store.ts',
    'const rows = model.find().skip(10); // process.env, Date.now() and .only are words here',
  ],
  ['services/a/src/companies/company-quality.rules.ts', ''],
  ['services/a/src/companies/company.rules.test.ts', ''],
  ['services/a/test/company.int.test.ts', "test.each([1])('x', { timeout: 1 }, () => {});"],
  ['services/a/src/base-url.ts', lines(300)],
  ['.dependency-cruiser.cjs', ''],
  ['README.md', 'Rooms/work/ and ./tmp/x, https://ortoo.example/work/1, .ortoo/tmp, utils.md; \n'.repeat(301)],
];

const toFile = (path: string, text: string): RepositoryFile => ({ path, text });

describe('the conventions gate', () => {
  test.each(seeds)('names %s in %s (%#)', (convention, path, text, named) => {
    expect(findConventionBreaches([toFile(path, text)])).toEqual([`${convention}: ${path}${named}`]);
  });

  test('has a seeded breach of each convention', () => {
    expect([...new Set(seeds.map(([convention]) => convention))].sort()).toEqual(Object.keys(conventions).sort());
  });

  test.each(clean)('leaves %s alone', (path, text) => {
    expect(findConventionBreaches([toFile(path, text)])).toEqual([]);
  });

  test('names a role that is not of the closed list', () => {
    const [breach] = findConventionBreaches([toFile('services/a/src/company.service.ts', '')]);
    expect(breach).toContain('"service" is no role; there are: rules, store, actions');
  });

  test('fails on one breach among many files, with the reason', () => {
    const files = Array.from({ length: 200 }, (_, index) => toFile(`services/a/src/file-${index}.ts`, ''));
    expect(judgeConventions(files)).toMatchObject({ isPassed: true });
    const { isPassed, lines: said } = judgeConventions([...files, toFile('services/a/src/utils.ts', '')]);
    expect(isPassed).toBe(false);
    expect(said).toContain(`names-say-what-is-inside: ${conventions['names-say-what-is-inside']?.why}`);
  });

  test('fails when it looked at too few files to have seen the repository', () => {
    const { isPassed, lines: said } = judgeConventions([toFile('services/a/src/file.ts', '')]);
    expect(isPassed).toBe(false);
    expect(said.at(-1)).toContain('the gate is broken');
  });
});

describe('the reading of the repository', () => {
  test('finds what is committed, and leaves out what git ignores', () => {
    const paths = readRepository(root).map(({ path }) => path);
    expect(paths).toEqual(
      expect.arrayContaining(['package.json', '.env.example', 'packages/shared/src/kernel/clock.ts']),
    );
    expect(paths.filter((path) => /(^|\/)(node_modules|\.git|\.ortoo)\//.test(path))).toEqual([]);
  });

  test('knows names, folders and endings of .gitignore, and refuses what it does not know', () => {
    const isIgnored = readIgnored('# built\nnode_modules/\n*.log\n.env\n');
    expect(['node_modules', 'x.log', '.env', '.git'].filter((name) => !isIgnored(name))).toEqual([]);
    expect(['.env.example', 'log', 'src'].filter(isIgnored)).toEqual([]);
    expect(() => readIgnored('packages/*/dist\n')).toThrow('.gitignore has "packages/*/dist"');
  });
});
