import type mongoose from 'mongoose';
import { CENSUS_INDEX } from './census.ts';
import type { StoredDocument } from './envelope.ts';
import { type DueMember, dueIndex } from './store-earliest.ts';

/**
 * Creates the indexes that every store needs, those for its lists, and those for what the clock moves. Idempotent.
 * Throws, naming the collection, when an index of the same name exists with other options or documents contradict a
 * unique one: a store without its unique keys must not start.
 */
export async function ensureStoreIndexes(
  documents: mongoose.mongo.Collection<StoredDocument>,
  { lists, due }: { lists: Record<string, 1 | -1>[]; due: readonly DueMember[] },
): Promise<void> {
  try {
    await documents.createIndexes([
      { key: { keys: 1 }, unique: true, sparse: true },
      { key: { pendingSince: 1 }, sparse: true },
      { key: { live: 1, changedAt: 1 }, partialFilterExpression: { live: false } },
      { key: CENSUS_INDEX },
      ...due.map(dueIndex),
      ...lists.map((key) => ({ key })),
    ]);
  } catch (error) {
    throw new Error(
      `The indexes of ${documents.collectionName} could not be made: ${error instanceof Error ? error.message : String(error)}`,
      { cause: error },
    );
  }
}
