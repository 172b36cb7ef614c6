import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { goldenChanges } from '../projections/golden-states.ts';
import { projectChange } from '../projections/project-change.ts';
import { definitions, INDEX_HASH, INDEX_VERSION, indexDefinition } from './definition.ts';
import { analysisWithDictionary } from './dictionary-analysis.ts';

/**
 * What each version of the index was made of. When this test fails, what an index holds has changed: raise
 * INDEX_VERSION (and PROJECTION_VERSION, if a projection changed) and add a row; never change a row that was released.
 */
const versions = [
  { version: 1, hash: 'cb0cd625692d', documents: '570e723d43fc' },
  { version: 2, hash: '5370e964410f', documents: 'f178693afd6e' },
  { version: 3, hash: 'c8b4c9ec8737', documents: '9ca2d963c348' },
  { version: 4, hash: '1f1cf4813972', documents: '959fa5a5f3d0' },
  { version: 5, hash: '26ef99ed315f', documents: '5b26afdb71f3' },
  { version: 6, hash: 'c2ddc404b7d0', documents: '5b26afdb71f3' },
  { version: 7, hash: 'a1129f6f13e3', documents: '5b26afdb71f3' },
  { version: 8, hash: 'eb46f847a4c4', documents: 'b1cd6fbaf14d' },
  { version: 9, hash: 'fbf24ddd5f2f', documents: 'b1cd6fbaf14d' },
  { version: 10, hash: '7a50f2b48095', documents: 'b1cd6fbaf14d' },
  { version: 11, hash: '8b964080f239', documents: 'b1cd6fbaf14d' },
];

test('the version of the index rises with every change of settings, mappings or projections', () => {
  const documents = createHash('sha256')
    .update(JSON.stringify(Object.values(goldenChanges).map(projectChange)))
    .digest('hex')
    .slice(0, 12);
  expect({ version: INDEX_VERSION, hash: INDEX_HASH, documents }).toEqual(versions.at(-1));
  expect(versions.map(({ version }) => version)).toEqual(versions.map((_, place) => place + 1));
});

test('with a dictionary only Mongolian is analysed otherwise, and another hash says so', () => {
  const { plain, withDictionary } = definitions;
  expect(plain).toEqual({ ...indexDefinition, hash: INDEX_HASH });
  expect(withDictionary.mappings).toBe(plain.mappings);
  expect(withDictionary).toMatchObject({ dictionary: 'mn_MN', hash: expect.not.stringMatching(INDEX_HASH) });
  const { mn, ...others } = indexDefinition.settings.analysis.analyzer;
  expect(analysisWithDictionary.analyzer).toEqual({ ...others, mn: { ...mn, filter: ['mn_stop', 'mn_forms'] } });
});

test('what a dictionary adds to the analysis is what it was; a change of it asks for a higher version too', () => {
  const { filter } = analysisWithDictionary;
  expect(filter.mn_dictionary).toEqual({ type: 'hunspell', locale: 'mn_MN', dedup: true, longest_only: true });
  expect(filter.mn_stop).toMatchObject({ ignore_case: true });
  const stripper = indexDefinition.settings.analysis.analyzer.mn.filter.filter((name) => name !== 'mn_stop').join();
  expect(filter.mn_forms).toEqual({
    type: 'multiplexer',
    preserve_original: false,
    filters: ['mn_dictionary,lowercase', stripper],
  });
});
