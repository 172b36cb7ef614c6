import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type GateRun, type SeededTree, sowTree } from './seeded-tree.ts';

const longFunction = (lines: number) =>
  `export function count(start: number): number {\n  let sum = start;\n${'  sum += 1;\n'.repeat(lines)}  return sum;\n}\n`;

/** A violation by rule; its file is named for what is wrong. */
const seeds: Record<string, { path: string; text: string }> = {
  format: { path: 'packages/a/src/unformatted.ts', text: 'export const   x = 1\n' },
  'assist/source/organizeImports': {
    path: 'packages/a/src/unsorted.ts',
    text: "import { join } from 'node:path';\nimport { env } from 'node:process';\nimport { cpus } from 'node:os';\n\nexport const all = [join, env, cpus];\n",
  },
  'lint/style/noDefaultExport': { path: 'packages/a/src/default-export.ts', text: 'export default 1;\n' },
  'lint/performance/noReExportAll': { path: 'packages/a/src/star.ts', text: "export * from './clean.ts';\n" },
  'lint/suspicious/noConsole': { path: 'services/a/src/console.ts', text: "console.log('said');\n" },
  'lint/suspicious/noExplicitAny': { path: 'packages/a/src/any.ts', text: 'export const x: any = 1;\n' },
  'lint/complexity/noExcessiveLinesPerFunction': { path: 'packages/a/src/long.ts', text: longFunction(71) },
  'lint/style/noNonNullAssertion': {
    path: 'packages/a/src/asserted.ts',
    text: "export const first = (text: string) => text.split(',').at(0)!;\n",
  },
  'lint/correctness/noUnusedImports': {
    path: 'packages/a/src/unused-import.ts',
    text: "import { join } from 'node:path';\n\nexport const x = 1;\n",
  },
  'lint/style/noParameterAssign': {
    path: 'packages/a/src/assigned.ts',
    text: 'export function next(count: number): number {\n  count += 1;\n  return count;\n}\n',
  },
  'lint/style/useImportType': {
    path: 'packages/a/src/value-import.ts',
    text: "import { Stats } from 'node:fs';\n\nexport type Size = Pick<Stats, 'size'>;\n",
  },
  'lint/style/useNodejsImportProtocol': {
    path: 'packages/a/src/bare-import.ts',
    text: "import { join } from 'path';\n\nexport const both = join('a', 'b');\n",
  },
};

/** What the same rules must leave alone. */
const clean: Record<string, string> = {
  'packages/a/src/clean.ts':
    '/** Adds one. */\nexport function next(count: number): number {\n  return count + 1;\n}\n',
  'packages/a/src/just-short.ts': longFunction(60),
  'packages/cli/src/console.ts': "console.log('said');\n",
  'bin/console.mjs': "console.log('said');\n",
  'packages/a/src/long.test.ts': longFunction(71),
  'vitest.config.ts': 'export default {};\n',
  'README.md': '* written\n* by   hand\n',
};

const configuration = ['biome.json', '.gitignore'];
const trees: SeededTree[] = [];

function sow(files: Record<string, string>): Promise<GateRun> {
  const tree = sowTree(files, { copied: configuration });
  trees.push(tree);
  return tree.runGate('format and lint', '--reporter=json', '--max-diagnostics=none');
}

afterAll(() => {
  for (const tree of trees) tree.remove();
});

test('the format and lint gate passes on clean code', async () => {
  const { code, output } = await sow(clean);
  expect(code, output).toBe(0);
});

describe('the format and lint gate names', () => {
  let code: number;
  let named: string[];

  beforeAll(async () => {
    const run = await sow({
      ...clean,
      ...Object.fromEntries(Object.values(seeds).map(({ path, text }) => [path, text])),
    });
    const report = JSON.parse(run.stdout) as {
      diagnostics: { category: string; location: { path: string } }[];
    };
    code = run.code;
    named = report.diagnostics.map(({ category, location }) => `${category} ${location.path}`);
  });

  test.each(Object.entries(seeds))('%s', (rule, { path }) => {
    expect(named.filter((line) => line.endsWith(` ${path}`))).toEqual([`${rule} ${path}`]);
  });

  test('nothing in clean code beside violations, and fails', () => {
    expect(code).toBe(1);
    expect(named.length).toBe(Object.keys(seeds).length);
  });
});
