import { attributeSchemaFaults, type CategoryEdit, crosswalkFaults } from '@ortoo/shared/contracts';
import { expect, test } from 'vitest';
import categories from './categories.json' with { type: 'json' };
import lists from './code-lists.json' with { type: 'json' };

type Seed = CategoryEdit & { id: string };
const seeds = categories as unknown as Seed[];

const systems = ['isic4', 'unspsc', 'hs'] as const;
const codesOf = ({ crosswalk = {} }: Seed) =>
  systems.flatMap((system) => (crosswalk[system] ?? []).map((code) => ({ system, code })));

test('each category has its codes in ISIC Rev. 4, UNSPSC and the Harmonized System', () => {
  const poor = seeds.flatMap(({ id, crosswalk }) =>
    systems.filter((system) => (crosswalk?.[system] ?? []).length === 0).map((system) => `${id} ${system}`),
  );
  expect(poor).toEqual([]);
});

test('the lists are whole: 88 divisions of ISIC Rev. 4, 96 chapters of the Harmonized System', () => {
  expect(new Set(lists.isic4.codes).size).toBe(88);
  expect(new Set(lists.hs.codes).size).toBe(96);
});

test('a code is on the list that its package carries, or it is marked unchecked', () => {
  const onList = { isic4: new Set(lists.isic4.codes), unspsc: new Set<string>(), hs: new Set(lists.hs.codes) };
  for (const seed of seeds) {
    const unlisted = codesOf(seed).filter(({ system, code }) => !onList[system].has(code));
    expect({ id: seed.id, unchecked: seed.crosswalk?.unchecked ?? [] }).toEqual({
      id: seed.id,
      unchecked: unlisted.map(({ system, code }) => `${system}:${code}`),
    });
  }
});

test('crosswalks and schemas keep to what the contract cannot say, twelve categories and more having a schema', () => {
  const faults = seeds.flatMap(({ crosswalk, attributeSchema }) => [
    ...(crosswalk ? crosswalkFaults(crosswalk) : []),
    ...(attributeSchema ? attributeSchemaFaults(attributeSchema) : []),
  ]);
  expect(faults).toEqual([]);
  expect(seeds.filter(({ attributeSchema }) => attributeSchema).length).toBeGreaterThanOrEqual(12);
});

test('attributes are named in Mongolian and English', () => {
  const unnamed = seeds.flatMap(({ id, attributeSchema }) =>
    Object.entries(attributeSchema?.properties ?? {})
      .filter(([, { titles }]) => !titles?.mn || !titles.en)
      .map(([name]) => `${id} ${name}`),
  );
  expect(unnamed).toEqual([]);
});
