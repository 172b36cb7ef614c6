import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { goldenChanges } from '../projections/golden-states.ts';
import { projectChange } from '../projections/project-change.ts';
import { INDEX_HASH, INDEX_VERSION } from './definition.ts';

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
];

test('the version of the index rises with every change of settings, mappings or projections', () => {
  const documents = createHash('sha256')
    .update(JSON.stringify(Object.values(goldenChanges).map(projectChange)))
    .digest('hex')
    .slice(0, 12);
  expect({ version: INDEX_VERSION, hash: INDEX_HASH, documents }).toEqual(versions.at(-1));
  expect(versions.map(({ version }) => version)).toEqual(versions.map((_, place) => place + 1));
});
