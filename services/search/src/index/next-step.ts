import type { ReconcileResult, SearchKind } from '@ortoo/shared/contracts';
import type { Instant } from '@ortoo/shared/kernel';

/** How far a copy from the owners has come: kinds are copied in the order of `searchKinds`, each by id. */
export type FillPlace = { kind: SearchKind; after?: string };

/** Stands for the stream while an index is owed a copy from the owners, whoever was to make it. */
export const COPY_OWED = '';

/** What a physical index says of itself, in its mapping's `_meta`. */
export type IndexMeta = {
  version: number;
  hash: string;
  /** When the stream was made that the index has followed; another instant means another stream. COPY_OWED during a copy. */
  stream: string;
  /** The dictionary that it was analysed with; a node without it cannot open the index. */
  dictionary?: string;
  fill: {
    state: 'filling' | 'done';
    /** The first change that its consumer is given: what came before is in the copy. */
    from?: number;
    startedAt?: Instant;
    /** Where whoever takes the copy over goes on; absent at its beginning. */
    place?: FillPlace;
    taken?: number;
    left?: number;
    tookMs?: number;
  };
  /** Since when it is kept only as a way back. */
  retiredAt?: Instant;
  reconcile?: { last: ReconcileResult; fullAt?: Instant };
};

export type IndexFacts = { name: string; n: number; meta: IndexMeta | undefined; isRead: boolean; isWritable: boolean };

export type Step =
  /**
   * Answer from `read`, follow the changes into it unless a newer release does that (`isIndexing`), and fill `build` beside it.
   */
  | { type: 'serve'; read: IndexFacts | undefined; isIndexing: boolean; build: IndexFacts | undefined }
  /** A finished index lost an alias, or shares it with another: put that right. */
  | { type: 'attach'; index: IndexFacts }
  | { type: 'create'; n: number }
  | { type: 'refuse'; reason: string };

/** What is compared: version and hash of the definition that is wanted here, and the stream as it is now. */
export type Own = {
  version: number;
  hash: string;
  /** Of the same release with the other analysis: as good as ours, unless `mayReplace`. */
  otherHash: string;
  /** Whether an index with the other analysis is to be replaced. */
  mayReplace: boolean;
  /** The dictionary that the wanted definition uses. */
  dictionary: string | undefined;
  /** Whether the engine cannot open what was analysed with a dictionary. */
  isDictionaryMissing: boolean;
  stream: { createdAt: Instant; lastSequence: number };
};

/**
 * What to do about the indexes that are there. Pure: every replica that sees the same indexes decides the same.
 */
export function decideStep(indexes: IndexFacts[], own: Own): Step {
  const byNumber = indexes.toSorted((a, b) => b.n - a.n);
  const readers = byNumber.filter(({ isRead }) => isRead);
  const [read] = readers;
  const build = byNumber.find((index) => index.n > (read?.n ?? 0) && isResumable(index, own));
  const create: Step = { type: 'create', n: (byNumber[0]?.n ?? 0) + 1 };
  if (!read) {
    const finished = byNumber.find(
      ({ meta }) => isOurs(meta, own) && canOpen(meta, own) && meta?.fill.state === 'done',
    );
    if (finished) return { type: 'attach', index: finished };
    return build ? { type: 'serve', read, isIndexing: false, build } : create;
  }
  const { name, meta } = read;
  if (!meta) return { type: 'refuse', reason: `the index ${name} behind the read alias was not made by this product` };
  if (meta.version > own.version) return { type: 'serve', read, isIndexing: false, build: undefined };
  if (meta.version === own.version && !isOurs(meta, own)) {
    const reason = `the index ${name} has version ${meta.version} as this release does, but another definition (${meta.hash}, not ${own.hash}): raise INDEX_VERSION or delete the index`;
    return { type: 'refuse', reason };
  }
  if (!read.isWritable || readers.length > 1) return { type: 'attach', index: read };
  const isToReplace = meta.version < own.version || (meta.hash !== own.hash && own.mayReplace);
  if (isToReplace && !build) return create;
  return { type: 'serve', read, isIndexing: true, build };
}

/** Indexes that nobody needs but as a way back: all that neither answer nor are filled, unless a newer release made them. */
export function pickRetired(indexes: IndexFacts[], step: Step, own: Own): IndexFacts[] {
  if (step.type !== 'serve' || !step.read) return [];
  const { read, build } = step;
  return indexes.filter(
    ({ name, meta }) => name !== read.name && name !== build?.name && meta !== undefined && meta.version <= own.version,
  );
}

function isOurs(meta: IndexMeta | undefined, own: Own): boolean {
  return meta?.version === own.version && (meta.hash === own.hash || meta.hash === own.otherHash);
}

/** Whether the engine has what the index was analysed with. */
function canOpen(meta: IndexMeta | undefined, { isDictionaryMissing }: Pick<Own, 'isDictionaryMissing'>): boolean {
  return !isDictionaryMissing || meta?.dictionary === undefined;
}

/** Whether an index that was replaced is a way back. Kept for a dictionary that is not wanted, it would bar its removal. */
export function isWayBack(meta: IndexMeta | undefined, { dictionary }: Pick<Own, 'dictionary'>): boolean {
  return meta?.dictionary === undefined || meta.dictionary === dictionary;
}

/** A copy goes on only while the stream can still deliver what came after its beginning. */
function isResumable({ meta, isWritable }: IndexFacts, own: Own): boolean {
  const { from } = meta?.fill ?? {};
  return (
    isOurs(meta, own) &&
    canOpen(meta, own) &&
    isWritable &&
    meta?.fill.state === 'filling' &&
    meta.stream === own.stream.createdAt &&
    from !== undefined &&
    from <= own.stream.lastSequence + 1
  );
}
