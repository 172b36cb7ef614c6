import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pickNewest } from '../changes.rules.ts';
import { properties } from '../index/mapping.ts';
import { goldenChanges } from './golden-states.ts';
import type { ChangeData, IndexDocument } from './index-document.ts';
import { projectChange } from './project-change.ts';

test.each(Object.entries(goldenChanges))('the index document of a %s is the golden one', async (name, change) => {
  const golden = `${JSON.stringify(projectChange(change), undefined, 2)}\n`;
  await expect(golden).toMatchFileSnapshot(`./__snapshots__/${name}.json`);
});

test('every member of a document has a field in the mapping', () => {
  const members = Object.values(goldenChanges).flatMap((change) => Object.keys(projectChange(change)));
  expect([...new Set(members)].filter((member) => !(member in properties))).toEqual([]);
});

test('every field of the mapping but what the engine copies itself is in one of the golden files', () => {
  const members = new Set(Object.values(goldenChanges).flatMap((change) => Object.keys(projectChange(change))));
  expect(Object.keys(properties).filter((field) => !members.has(field) && field !== 'text')).toEqual([]);
});

test('what the public may not read of an article is not indexed', () => {
  expect(JSON.stringify(projectChange(goldenChanges.excerpt))).not.toContain('All of the text');
});

test.each([
  ['a live document without state', { ...goldenChanges.company, state: undefined }, /has no state/],
  ['a kind that is not searched', { ...goldenChanges.company, kind: 'inquiry' }, /keeps no inquiry/],
  ['a state that is not a company', { ...goldenChanges.company, state: { headline: 'x' } }, /undefined/],
])('%s is refused', (_name, change, message) => {
  expect(() => projectChange(change as ChangeData)).toThrow(message);
});

test('changes in any order, repeated and cut into any batches leave the document of the highest version', () => {
  const versions: ChangeData[] = [1, 2, 3, 4, 5].map((v) => ({
    ...goldenChanges.company,
    v,
    live: v !== 3,
    state: { ...goldenChanges.company.state, displayName: { en: `Name ${v}` } },
  }));
  const places = fc.array(fc.nat(versions.length - 1), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(places, fc.integer({ min: 1, max: 7 }), (order, batchSize) => {
      const delivered = order.map((place) => versions[place]!);
      let held: IndexDocument | undefined;
      for (let start = 0; start < delivered.length; start += batchSize) {
        const batch = delivered.slice(start, start + batchSize).map((data) => ({ change: { data } }) as never);
        for (const place of pickNewest(batch)) {
          const document = projectChange(delivered[start + place]!);
          if (!held || document.v >= held.v) held = document; // what external_gte does
        }
      }
      const highest = delivered.reduce((best, data) => (data.v > best.v ? data : best));
      expect(held).toEqual(projectChange(highest));
    }),
  );
});
