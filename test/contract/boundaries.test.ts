import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { boundaries, type Cruise, findBoundaryViolations, judgeCruise } from './boundaries.ts';
import { boundarySeeds, buildSeededFiles, resolveSeed } from './boundary-seeds.ts';
import { type SeededTree, sowTree } from './seeded-tree.ts';

const packages = ['packages/cli', 'packages/shared', 'packages/stack'];
const services = ['services/catalog', 'services/gateway', 'services/news', 'services/search'];
const rooms = [...packages, ...services];

const seeding = {
  copied: ['package.json', ...rooms.map((room) => `${room}/package.json`)],
  links: Object.fromEntries(rooms.map((room) => [`node_modules/@ortoo/${room.split('/')[1]}`, room])),
  isWithPackages: false,
};

/** Imports that are none of the plain kind. */
const spelledOtherwise = {
  'services/catalog/src/type-only.ts': "import type { Model } from 'mongoose';\n\nexport type Kept = Model<object>;\n",
  'services/catalog/src/company-type.rules.ts':
    "import type { Delivery } from '@ortoo/shared/bus';\n\nexport type Next = Delivery;\n",
  'services/catalog/src/later.ts': "export const connect = () => import('nats');\n",
  'services/catalog/src/handed-on.ts': "export { Client } from '@elastic/elasticsearch';\n",
};

const trees: SeededTree[] = [];
afterAll(() => {
  for (const tree of trees) tree.remove();
});

function cruiseOf(files: Record<string, string>): Promise<Cruise> {
  const tree = sowTree(files, seeding);
  trees.push(tree);
  return findBoundaryViolations(tree.dir);
}

const namesOf = (violations: string[]) => [...new Set(violations.map((line) => line.replace(/:.*/, '')))].sort();
const linesOf = (...seeds: typeof boundarySeeds) =>
  seeds.flatMap((seed) => seed.slice(2).map((rule) => `${rule}: ${seed[0]} → ${resolveSeed(seed)}`)).sort();

describe('the boundaries gate', () => {
  let seeded: Cruise;

  beforeAll(async () => {
    seeded = await cruiseOf({ ...buildSeededFiles(boundarySeeds), ...spelledOtherwise });
  }, 60_000);

  test('has a seeded violation of every rule', () => {
    expect(namesOf(seeded.violations)).toEqual(boundaries.forbidden.map(({ name }) => name).sort());
  });

  const cases = boundarySeeds.map((seed) => {
    const [from, imported, ...rules] = seed;
    return { rules: rules.join(' and ') || 'nothing', from, imported, seed };
  });

  test.each(cases)('names $rules when $from imports $imported', ({ from, seed }) => {
    const at = ` ${from} → ${resolveSeed(seed)}`;
    expect(seeded.violations.filter((line) => line.endsWith(at)).sort()).toEqual(linesOf(seed));
  });

  test('sees imports of types, imports at run time and re-exports', () => {
    expect(seeded.violations).toEqual(
      expect.arrayContaining([
        'mongoose-only-in-stores: services/catalog/src/type-only.ts → node_modules/mongoose/index.js',
        'nats-only-in-bus: services/catalog/src/later.ts → node_modules/nats/index.js',
        'elasticsearch-only-in-its-client: services/catalog/src/handed-on.ts → node_modules/@elastic/elasticsearch/index.js',
      ]),
    );
  });

  test('lets pure rules import types, which are gone when they run', () => {
    expect(seeded.files).toContain('services/catalog/src/company-type.rules.ts');
    expect(seeded.violations.filter((line) => line.includes('company-type.rules.ts'))).toEqual([]);
  });

  test('names nothing else', () => {
    const spelled = Object.keys(spelledOtherwise).map((path) => ` ${path} `);
    const plain = seeded.violations.filter((line) => !spelled.some((path) => line.includes(path)));
    expect(plain.sort()).toEqual(linesOf(...boundarySeeds));
  });

  test('finds nothing in a tree of what is allowed', async () => {
    const allowed = boundarySeeds.filter(([, , ...rules]) => rules.length === 0);
    expect(await cruiseOf(buildSeededFiles(allowed))).toMatchObject({ violations: [], missed: [] });
  }, 60_000);

  test('fails on one violation and shows it', () => {
    const files = Array.from({ length: 500 }, (_, index) => `packages/a/src/file-${index}.ts`);
    expect(judgeCruise({ violations: [], files, missed: [] })).toMatchObject({ isPassed: true });
    const { isPassed, lines } = judgeCruise({ violations: ['no-cycles: a → b'], files, missed: [] });
    expect({ isPassed, first: lines[0] }).toEqual({ isPassed: false, first: 'no-cycles: a → b' });
  });

  test('fails when it looked at too few files to have seen the repository', () => {
    const { isPassed, lines } = judgeCruise({ violations: [], files: ['packages/a/src/b.ts'], missed: [] });
    expect(isPassed).toBe(false);
    expect(lines.at(-1)).toContain('the gate is broken');
  });

  test('fails when it looked past a file', () => {
    const files = Array.from({ length: 500 }, (_, index) => `packages/a/src/file-${index}.ts`);
    const { isPassed, lines } = judgeCruise({ violations: [], files, missed: ['services/a/src/unseen.ts'] });
    expect(isPassed).toBe(false);
    expect(lines.at(-1)).toContain('services/a/src/unseen.ts');
  });
});
