import type mongoose from 'mongoose';
import { CENSUS_INDEX } from './census.ts';
import type { StoredDocument } from './envelope.ts';

/**
 * Creates the indexes that every store needs, and those for its lists. Idempotent. Throws, naming the collection, when
 * an index of the same name exists with other options or documents contradict a unique one: a store without its
 * unique keys must not start.
 */
export async function ensureStoreIndexes(
  documents: mongoose.mongo.Collection<StoredDocument>,
  lists: Record<string, 1 | -1>[],
): Promise<void> {
  try {
    await documents.createIndexes([
      { key: { keys: 1 }, unique: true, sparse: true },
      { key: { pendingSince: 1 }, sparse: true },
      { key: { live: 1, changedAt: 1 }, partialFilterExpression: { live: false } },
      { key: CENSUS_INDEX },
      ...lists.map((key) => ({ key })),
    ]);
  } catch (error) {
    throw new Error(
      `The indexes of ${documents.collectionName} could not be made: ${error instanceof Error ? error.message : String(error)}`,
      { cause: error },
    );
  }
}
