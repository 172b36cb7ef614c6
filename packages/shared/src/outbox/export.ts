import type { Change, ExportRequest } from '../contracts/index.ts';
import type { Context } from '../kernel/index.ts';
import { buildChangeData } from './message.ts';
import { READ_PROJECTION, type StoreCore, statementMs } from './store-core.ts';

export type ExportPage = { items: Change['data'][]; next?: string };

/** A page stays under this, so that a reply fits into one message. */
const PAGE_BYTES_MAX = 256 * 1024;
const BATCH = 50;

/**
 * Reads documents by ascending id, tombstones included, from what a majority has. A page ends at `limit`, or before
 * the document that would take it over 256 KB; one that is larger by itself travels alone.
 */
export async function readExportPage<T>(
  core: StoreCore<T>,
  ctx: Context,
  { after, limit, ids }: ExportRequest,
): Promise<ExportPage> {
  const range = { ...(after === undefined ? {} : { $gt: after }), ...(ids ? { $in: ids } : {}) };
  const maxTimeMS = statementMs(ctx, core.clock);
  return await core.guard.read(async () => {
    const cursor = core.documents().find(Object.keys(range).length > 0 ? { _id: range } : {}, {
      projection: READ_PROJECTION,
      sort: { _id: 1 },
      limit: limit + 1,
      batchSize: Math.min(BATCH, limit + 1),
      readConcern: 'majority',
      maxTimeMS,
    });
    const items: Change['data'][] = [];
    let bytes = 2;
    try {
      for await (const document of cursor) {
        const item = buildChangeData(core.kind, document, { bodyNames: core.bodyNames, changes: [] });
        bytes += Buffer.byteLength(JSON.stringify(item)) + 1;
        const last = items.at(-1);
        if (last && (items.length >= limit || bytes > PAGE_BYTES_MAX)) return { items, next: last.id };
        items.push(item);
      }
      return { items };
    } finally {
      await cursor.close();
    }
  });
}
