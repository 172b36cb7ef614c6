import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type SeededTree, sowTree } from './seeded-tree.ts';

/** A violation by the option of tsconfig.json that finds it, with the error that names it. */
const seeds: Record<string, { path: string; text: string; error: string }> = {
  noUncheckedIndexedAccess: {
    path: 'packages/a/src/unchecked.ts',
    text: 'export const first = (names: string[]): string => names[0];\n',
    error: 'TS2322',
  },
  erasableSyntaxOnly: {
    path: 'packages/a/src/enum.ts',
    text: 'export enum Kind {\n  Company,\n}\n',
    error: 'TS1294',
  },
  exactOptionalPropertyTypes: {
    path: 'packages/a/src/optional.ts',
    text: 'export const page: { cursor?: string } = { cursor: undefined };\n',
    error: 'TS2375',
  },
  verbatimModuleSyntax: {
    path: 'packages/a/src/type-import.ts',
    text: "import { Page } from './clean.ts';\n\nexport const page: Page = {};\n",
    error: 'TS1484',
  },
  noImplicitOverride: {
    path: 'services/a/src/override.ts',
    text: "export class Fault extends Error {\n  name = 'Fault';\n}\n",
    error: 'TS4114',
  },
  noFallthroughCasesInSwitch: {
    path: 'services/a/test/fallthrough.int.test.ts',
    text: 'export function size(kind: string) {\n  let sum = 0;\n  switch (kind) {\n    case "a":\n      sum = 1;\n    case "b":\n      sum += 2;\n  }\n  return sum;\n}\n',
    error: 'TS7029',
  },
  strict: { path: 'data/untyped.ts', text: 'export const echo = (text) => text;\n', error: 'TS7006' },
  'module (nodenext)': {
    path: 'test/suffix.ts',
    text: "export type { Page } from '../packages/a/src/clean';\n",
    error: 'TS2835',
  },
};

const clean = {
  'packages/a/package.json': '{ "type": "module" }',
  'services/a/package.json': '{ "type": "module" }',
  'package.json': '{ "type": "module" }',
  'packages/a/src/clean.ts':
    "export type Page = { cursor?: string };\n\nexport const Kind = { company: 'company' } as const;\nexport const first = (names: string[]): string | undefined => names[0];\n",
};

const sown = Object.fromEntries(Object.values(seeds).map(({ path, text }) => [path, text]));
const trees: SeededTree[] = [];

function runOn(files: Record<string, string>) {
  const tree = sowTree(files, { copied: ['tsconfig.json'] });
  trees.push(tree);
  return tree.runGate('types', '--pretty', 'false');
}

afterAll(() => {
  for (const tree of trees) tree.remove();
});

test('the types gate passes on clean code', async () => {
  const { code, output } = await runOn(clean);
  expect(code, output).toBe(0);
}, 60_000);

describe('the types gate names, by its option', () => {
  let code: number;
  let output: string;

  beforeAll(async () => {
    ({ code, output } = await runOn({ ...clean, ...sown }));
  }, 60_000);

  test.each(Object.entries(seeds))('%s', (_option, { path, error }) => {
    const errors = output.split('\n').filter((line) => line.startsWith(path));
    expect(errors.map((line) => line.replace(/\(.*?\): error/, '').replace(/:.*/, ''))).toEqual([`${path} ${error}`]);
  });

  test('nothing in clean code beside violations, and fails', () => {
    expect(code).not.toBe(0);
    expect(output.match(/error TS/g)).toHaveLength(Object.keys(seeds).length);
  });
});
