/** What a physical index says of itself, in its mapping's `_meta`. */
export type IndexMeta = {
  version: number;
  hash: string;
  /** When the stream was made that the index has followed; another instant means another stream. */
  stream: string;
  /** `beat` rises while somebody fills; a fill without a beat has been abandoned. */
  fill: { state: 'filling' | 'done'; beat: number };
};

export type IndexFacts = { name: string; n: number; meta: IndexMeta | undefined; isRead: boolean; isWritable: boolean };

export type Step =
  /** Answer from the index; follow the changes unless a newer release does that. */
  | { type: 'serve'; index: IndexFacts; isIndexing: boolean }
  /** A finished index of ours lost an alias: give it back. */
  | { type: 'attach'; index: IndexFacts }
  /** Somebody fills an index of ours, or did until it died. */
  | { type: 'join'; index: IndexFacts }
  | { type: 'create'; n: number }
  | { type: 'refuse'; reason: string };

/**
 * What to do about the indexes that are there. `own` is the version and hash of this release's definition. Pure: every
 * replica that sees the same indexes decides the same.
 */
export function decideStep(indexes: IndexFacts[], own: { version: number; hash: string }): Step {
  const byNumber = indexes.toSorted((a, b) => b.n - a.n);
  const read = byNumber.find(({ isRead }) => isRead);
  const verdict = read && judgeRead(read, own);
  if (verdict) return verdict;
  const ours = byNumber.filter(({ meta }) => meta?.version === own.version && meta.hash === own.hash);
  const finished = ours.find(({ meta }) => meta?.fill.state === 'done');
  if (finished) return { type: 'attach', index: finished };
  const unfinished = ours.find(({ isWritable }) => isWritable);
  if (unfinished) return { type: 'join', index: unfinished };
  return { type: 'create', n: (byNumber[0]?.n ?? 0) + 1 };
}

/** Undefined when the index behind the read alias is older than this release: a new one is needed. */
function judgeRead(read: IndexFacts, own: { version: number; hash: string }): Step | undefined {
  const { name, meta } = read;
  if (!meta) return { type: 'refuse', reason: `the index ${name} behind the read alias was not made by this product` };
  if (meta.version > own.version) return { type: 'serve', index: read, isIndexing: false };
  if (meta.version < own.version) return undefined;
  if (meta.hash !== own.hash) {
    const reason = `the index ${name} has version ${meta.version} as this release does, but another definition (${meta.hash}, not ${own.hash}): raise INDEX_VERSION or delete the index`;
    return { type: 'refuse', reason };
  }
  return read.isWritable ? { type: 'serve', index: read, isIndexing: true } : { type: 'attach', index: read };
}
