import type { IndexDocument } from '../projections/index-document.ts';
import { judgeFault, judgeItem, type Verdict } from './bulk-verdict.ts';
import { EngineFault } from './client.ts';
import type { Engine } from './engine.ts';
import type { BulkOperation } from './engine-documents.ts';

/** Documents in one bulk. */
export const DOCUMENTS_MAX = 500;
const BYTES_MAX = 5_000_000;
/** How much a bulk grows again after one that the engine took. */
const GROWTH = 1.25;

export type BulkWriter = {
  /** One verdict per document, in the same order; never throws for what the engine answers. */
  write(alias: string, documents: IndexDocument[]): Promise<Verdict[]>;
};

/** Told how many documents a bulk had, and how many the next may have. */
export type OnBulk = (documents: number, limit: number) => void;

/**
 * Writes documents in bulks, each under its own version. Our own mapper, since the client's helper drops what fails.
 * The size of a bulk halves when the engine is out of breath and grows again. Nothing more is sent then, nor when the
 * index is gone or refuses everything: what was not sent shares the verdict.
 */
export function createBulkWriter(engine: Pick<Engine, 'bulk'>, onBulk?: OnBulk): BulkWriter {
  let documentsMax = DOCUMENTS_MAX;

  async function write(alias: string, documents: IndexDocument[]): Promise<Verdict[]> {
    const verdicts: Verdict[] = [];
    const operations = documents.map((document) => ({
      id: document.id,
      v: document.v,
      json: JSON.stringify(document),
    }));
    while (verdicts.length < operations.length) {
      const slice = takeSlice(operations.slice(verdicts.length), documentsMax);
      const judged = await send(alias, slice);
      verdicts.push(...judged);
      const stop = judged.find(({ type }) => type === 'lost' || type === 'refused');
      const busy = judged.find(({ type }) => type === 'transient');
      if (busy) documentsMax = Math.max(1, Math.floor(documentsMax / 2));
      else if (!stop) documentsMax = Math.min(DOCUMENTS_MAX, Math.ceil(documentsMax * GROWTH));
      onBulk?.(slice.length, documentsMax);
      const last = stop ?? busy;
      if (last) return [...verdicts, ...Array<Verdict>(operations.length - verdicts.length).fill(last)];
    }
    return verdicts;
  }

  async function send(alias: string, slice: BulkOperation[]): Promise<Verdict[]> {
    try {
      const items = await engine.bulk(alias, slice);
      return slice.map((_, place) => judgeItem(items[place] ?? { status: 503 }));
    } catch (error) {
      if (!(error instanceof EngineFault)) throw error;
      const verdict = judgeFault(error);
      if (verdict.type !== 'too-large')
        return slice.map(() => (verdict.type === 'poison' ? toTransient(verdict.reason) : verdict));
      if (slice.length === 1) return [{ type: 'poison', reason: verdict.reason }];
      const half = Math.ceil(slice.length / 2);
      return [...(await send(alias, slice.slice(0, half))), ...(await send(alias, slice.slice(half)))];
    }
  }

  return { write };
}

/** A bulk that is refused as a whole says nothing of its documents: none of them is poison for it. */
function toTransient(reason: string): Verdict {
  return { type: 'transient', reason };
}

/** As many operations as fit into one bulk, at least one. */
function takeSlice(operations: BulkOperation[], documentsMax: number): BulkOperation[] {
  let bytes = 0;
  const end = operations.findIndex(({ json }, place) => {
    bytes += Buffer.byteLength(json);
    return place > 0 && (place >= documentsMax || bytes > BYTES_MAX);
  });
  return end === -1 ? operations : operations.slice(0, end);
}
