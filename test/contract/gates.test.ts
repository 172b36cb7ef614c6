import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { gates, root, runIn, type SeededTree, sowTree } from './seeded-tree.ts';

const trees: SeededTree[] = [];
afterAll(() => {
  for (const tree of trees) tree.remove();
});

/** Runs bin/check.mjs where every command ends well but for those named. */
function check(failing: string[], ...names: string[]) {
  const commands = [...new Set(gates.map(([, command]) => command))];
  const scripts = commands.map((command) => [
    `node_modules/.bin/${command}`,
    `#!/bin/sh\nexit ${failing.includes(command) ? 3 : 0}\n`,
  ]);
  const tree = sowTree(Object.fromEntries(scripts), {
    copied: ['bin/check.mjs'],
    isWithPackages: false,
    isRunnable: true,
  });
  trees.push(tree);
  return runIn(tree.dir, process.execPath, [join(tree.dir, 'bin/check.mjs'), ...names]);
}

describe('npm run check', () => {
  test.each(gates.map(([name]) => name))('has a proof that its gate "%s" catches what it should', (name) => {
    expect(existsSync(join(root, 'test/contract', `${name.replaceAll(' ', '-')}.test.ts`))).toBe(true);
  });

  test('passes when every gate does, and names each', async () => {
    const { code, output } = await check([]);
    expect(code, output).toBe(0);
    for (const [name] of gates) expect(output).toContain(`✓ ${name} (`);
  });

  test('fails when one gate does, names it and runs the others all the same', async () => {
    const { code, output } = await check(['biome']);
    expect(code).toBe(1);
    expect(output).toContain('✗ format and lint (exit 3');
    expect(output.match(/✓/g)).toHaveLength(gates.length - 1);
  });

  test('fails when the program of a gate is not there', async () => {
    const tree = sowTree({}, { copied: ['bin/check.mjs'], isWithPackages: false });
    trees.push(tree);
    const { code, output } = await runIn(tree.dir, process.execPath, [join(tree.dir, 'bin/check.mjs'), 'types']);
    expect({ code, output }).toEqual({ code: 1, output: expect.stringContaining('✗ types (spawn') });
  });

  test('runs only the gates that are named, and refuses a name that is none', async () => {
    expect((await check(['biome'], 'types', 'unused')).output).toContain('All 2 gates passed.');
    expect(await check([], 'typos')).toMatchObject({ code: 2, output: expect.stringContaining('"typos" is no gate') });
  });
});
