import type { IndexDocument } from '../projections/index-document.ts';
import { judgeFault, judgeItem, type Verdict } from './bulk-verdict.ts';
import { type BulkOperation, type Engine, EngineFault } from './client.ts';

const DOCUMENTS_MAX = 500;
const BYTES_MAX = 5_000_000;
/** How much a bulk grows again after one that the engine took. */
const GROWTH = 1.25;

export type BulkWriter = {
  /** One verdict per document, in the same order; never throws for what the engine answers. */
  write(alias: string, documents: IndexDocument[]): Promise<Verdict[]>;
};

/**
 * Writes documents in bulks, each under its own version. Our own mapper, since the client's helper drops what fails.
 * The size of a bulk halves when the engine is out of breath and grows again; what was not sent then is transient.
 */
export function createBulkWriter(engine: Pick<Engine, 'bulk'>): BulkWriter {
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
      if (judged.some(({ type }) => type === 'transient')) {
        documentsMax = Math.max(1, Math.floor(documentsMax / 2));
        break;
      }
      documentsMax = Math.min(DOCUMENTS_MAX, Math.ceil(documentsMax * GROWTH));
    }
    const unsent = operations.length - verdicts.length;
    return [
      ...verdicts,
      ...Array.from({ length: unsent }, (): Verdict => ({ type: 'transient', reason: 'not sent yet' })),
    ];
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
