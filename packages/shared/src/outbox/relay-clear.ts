import type mongoose from 'mongoose';
import type { StoredDocument } from './envelope.ts';

type Documents = mongoose.mongo.Collection<StoredDocument>;
/** `round` of a document that was published again. */
type Cleared = { id: string; v: number; round?: number | undefined };
type Clear = Cleared & { documents: Documents; resolve(): void; reject(error: unknown): void };

/** Removes published entries from documents: what comes while one statement runs goes into the next together. */
export type Clearer = { clear(documents: Documents, cleared: Cleared): Promise<void> };

const STATEMENT_MS = 10_000;
/** A clear that is lost in a crash costs one more publish with the same message id; it need not wait for the journal. */
const LOSABLE = { w: 1, journal: false } as const;

export function createClearer(): Clearer {
  let waiting: Clear[] = [];
  let isRunning = false;

  async function run(): Promise<void> {
    isRunning = true;
    while (waiting.length > 0) {
      const batch = Map.groupBy(waiting, ({ documents }) => documents.namespace);
      waiting = [];
      await Promise.all([...batch.values()].map(clearTogether));
    }
    isRunning = false;
  }

  return {
    clear: (documents, cleared) =>
      new Promise((resolve, reject) => {
        waiting.push({ ...cleared, documents, resolve, reject });
        if (!isRunning) {
          isRunning = true;
          setImmediate(() => void run());
        }
      }),
  };
}

async function clearTogether(clears: Clear[]): Promise<void> {
  const [first] = clears;
  if (!first) return;
  try {
    await first.documents.bulkWrite(
      clears.map((clear) => ({ updateOne: { filter: { _id: clear.id }, update: buildClear(clear) } })),
      { ordered: false, maxTimeMS: STATEMENT_MS, writeConcern: LOSABLE },
    );
    for (const { resolve } of clears) resolve();
  } catch (error) {
    for (const { reject } of clears) reject(error);
  }
}

/**
 * Keeps what is newer than the published version, and the mark of a later round than the published one. `pendingSince`
 * becomes the time of the oldest entry that stays, and is absent when nothing does: never null, which `$min` would leave
 * alone.
 */
function buildClear({ v, round }: Cleared) {
  const isRoundOver = { $eq: ['$rearm.round', round ?? 0] };
  return [
    {
      $set: {
        pending: { $filter: { input: '$pending', cond: { $gt: ['$$this.v', v] } } },
        rearm: { $cond: [isRoundOver, '$$REMOVE', '$rearm'] },
      },
    },
    {
      $set: {
        pendingSince: {
          $ifNull: [{ $first: '$pending.at' }, { $cond: ['$rearm', '$pendingSince', '$$REMOVE'] }],
        },
      },
    },
  ];
}
