import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type SeededTree, sowTree } from './seeded-tree.ts';

const later = "import { later } from './clean.ts';\n\n";
const testing = "import { describe, expect, test } from 'vitest';\n\n";

/** A violation by rule; its file is named for what is wrong. */
const seeds: Record<string, { path: string; text: string }> = {
  'typescript(no-floating-promises)': {
    path: 'packages/a/src/floating.ts',
    text: `${later}export function start() {\n  later();\n}\n`,
  },
  'typescript(no-misused-promises)': {
    path: 'packages/a/src/misused.ts',
    text: `${later}export const answer = () => (later() ? 'always' : 'never');\n`,
  },
  'typescript(await-thenable)': {
    path: 'packages/a/src/not-thenable.ts',
    text: 'export async function wait(count: number) {\n  await count;\n}\n',
  },
  'typescript(switch-exhaustiveness-check)': {
    path: 'packages/a/src/forgotten.ts',
    text: "export function name(kind: 'a' | 'b') {\n  switch (kind) {\n    case 'a':\n      return 'A';\n  }\n  return '';\n}\n",
  },
  'eslint(max-params)': {
    path: 'packages/a/src/five.ts',
    text: 'export const sum = (a: number, b: number, c: number, d: number, e: number) => a + b + c + d + e;\n',
  },
  'vitest(no-focused-tests)': {
    path: 'packages/a/src/focused.test.ts',
    text: `${testing}describe('x', () => {\n  test.only('y', () => {\n    expect(1).toBe(1);\n  });\n});\n`,
  },
  'vitest(no-disabled-tests)': {
    path: 'packages/a/src/skipped.test.ts',
    text: `${testing}describe('x', () => {\n  test.skip('y', () => {\n    expect(1).toBe(1);\n  });\n});\n`,
  },
};

/** What the same rules must leave alone. */
const clean = {
  'packages/a/src/clean.ts':
    "export async function later(): Promise<number> {\n  return 1;\n}\n\nexport async function twice() {\n  void later();\n  return (await later()) ? 'yes' : 'no';\n}\n",
  'packages/a/src/four.ts': 'export const sum = (a: number, b: number, c: number, d: number) => a + b + c + d;\n',
  'packages/a/src/complete.ts':
    "export function name(kind: 'a' | 'b') {\n  switch (kind) {\n    case 'a':\n      return 'A';\n    default:\n      return 'B';\n  }\n}\n",
  'packages/a/src/clean.test.ts': `${testing}describe('x', () => {\n  test('y', () => {\n    expect(1).toBe(1);\n  });\n});\n`,
};

const sown = Object.fromEntries(Object.values(seeds).map(({ path, text }) => [path, text]));
const copied = ['.oxlintrc.json', 'tsconfig.json'];
const trees: SeededTree[] = [];

function runOn(files: Record<string, string>) {
  const tree = sowTree(files, { copied });
  trees.push(tree);
  return tree.runGate('type-aware lint', '--format=json');
}

afterAll(() => {
  for (const tree of trees) tree.remove();
});

test('the type-aware lint gate passes on clean code', async () => {
  const { code, output } = await runOn(clean);
  expect(code, output).toBe(0);
}, 60_000);

describe('the type-aware lint gate names', () => {
  let code: number;
  let named: string[];

  beforeAll(async () => {
    const run = await runOn({ ...clean, ...sown });
    const report = JSON.parse(run.stdout) as { diagnostics: { code: string; filename: string }[] };
    code = run.code;
    named = report.diagnostics.map((diagnostic) => `${diagnostic.code} ${diagnostic.filename}`);
  }, 60_000);

  test.each(Object.entries(seeds))('%s', (rule, { path }) => {
    expect(named.filter((line) => line.endsWith(` ${path}`))).toEqual([`${rule} ${path}`]);
  });

  test('nothing in clean code beside violations, and fails', () => {
    expect(code).toBe(1);
    expect(named.length).toBe(Object.keys(seeds).length);
  });
});
