import type { Bus } from '@ortoo/shared/bus';
import { Change, createParser, type SearchKind } from '@ortoo/shared/contracts';
import { AppError, type Clock, type Logger, newRequestId, newTraceparent, serviceContext } from '@ortoo/shared/kernel';
import { Type } from 'typebox';
import type { ChangeData } from './projections/index-document.ts';

/** Documents in one page of an export. */
const PAGE_SIZE = 200;
const DEADLINE_MS = 10_000;

const exportOf = {
  category: 'rpc.catalog.category.export',
  company: 'rpc.catalog.company.export',
  article: 'rpc.news.article.export',
} as const satisfies Record<SearchKind, string>;

const { changes: _changes, ...members } = Change.properties.data.properties;
const parsePage = createParser(Type.Array(Type.Object(members)), 'export.invalid');

type ExportPage = { items: ChangeData[]; next: string | undefined };

/** The services that own what search keeps a projection of. */
export type Owners = {
  /** One page of everything that an owner has of a kind, tombstones included, in the order of ids. */
  exportPage(kind: SearchKind, after: string | undefined): Promise<ExportPage>;
  /** The current state of some documents; one that is not there is left out. */
  fetch(kind: SearchKind, ids: string[]): Promise<ChangeData[]>;
};

/** Asks the owners over the bus. Every call throws the owner's AppError, or UNAVAILABLE when nobody answers. */
export function createOwners({ bus, log, clock }: { bus: Pick<Bus, 'callBytes'>; log: Logger; clock: Clock }): Owners {
  async function ask(
    kind: SearchKind,
    request: { after?: string; limit: number; ids?: string[] },
  ): Promise<ExportPage> {
    const deadlineMs = clock.nowMs() + DEADLINE_MS;
    const ctx = serviceContext({
      log,
      service: 'search',
      requestId: newRequestId(),
      traceparent: newTraceparent(),
      deadlineMs,
    });
    const { body, meta } = await bus.callBytes(ctx, exportOf[kind], request);
    return { items: readPage(kind, body), next: meta.next };
  }

  return {
    exportPage: (kind, after) => ask(kind, { limit: PAGE_SIZE, ...(after === undefined ? {} : { after }) }),
    fetch: async (kind, ids) => (await ask(kind, { limit: ids.length, ids })).items,
  };
}

function readPage(kind: SearchKind, body: Uint8Array): ChangeData[] {
  try {
    return parsePage(JSON.parse(new TextDecoder().decode(body))).map((item) => ({ ...item, changes: [] }));
  } catch (error) {
    throw AppError.unavailable('export.invalid', `What ${exportOf[kind]} answered is not a page of documents.`, {
      cause: error,
    });
  }
}
