import { type Bus, decodeJson } from '@ortoo/shared/bus';
import {
  Change,
  createParser,
  type DaySum,
  type SearchKind,
  type Service,
  VERSIONS_MAX,
  type VersionRow,
} from '@ortoo/shared/contracts';
import { AppError, type Clock, type Context, type Logger, serviceContext } from '@ortoo/shared/kernel';
import { Type } from 'typebox';
import type { ChangeData } from './projections/index-document.ts';

/** Documents in one page of an export at most; owners end a page before it has 256 KB. */
const PAGE_SIZE = 500;
const DEADLINE_MS = 10_000;

const nounOf = {
  category: 'rpc.catalog.category',
  company: 'rpc.catalog.company',
  offering: 'rpc.catalog.offering',
  article: 'rpc.news.article',
  event: 'rpc.news.event',
} as const satisfies Record<SearchKind, string>;

/** The service that publishes the changes of each kind. */
export const ownerOf = {
  category: 'catalog',
  company: 'catalog',
  offering: 'catalog',
  article: 'news',
  event: 'news',
} as const satisfies Record<SearchKind, Service>;

const { changes: _changes, ...members } = Change.properties.data.properties;
const parsePage = createParser(Type.Array(Type.Object(members)), 'export.invalid');

type ExportPage = { items: ChangeData[]; next: string | undefined };

/** The services that own what search keeps a projection of. */
export type Owners = {
  /** One page of everything that an owner has of a kind, tombstones included, in the order of ids. */
  exportPage(kind: SearchKind, after: string | undefined): Promise<ExportPage>;
  /** The current state of some documents; one that is not there is left out. */
  fetch(kind: SearchKind, ids: string[]): Promise<ChangeData[]>;
  /** Counts and sums of `check` by day of change, tombstones included. */
  summary(kind: SearchKind): Promise<DaySum[]>;
  /** Every version that an owner has of a kind, in the order of ids; only of `days` when they are given. */
  walkVersions(kind: SearchKind, days?: string[]): AsyncGenerator<VersionRow>;
};

/** Asks the owners over the bus. Every call throws the owner's AppError, or UNAVAILABLE when nobody answers. */
export function createOwners({
  bus,
  log,
  clock,
}: {
  bus: Pick<Bus, 'call' | 'callBytes'>;
  log: Logger;
  clock: Clock;
}): Owners {
  const context = (): Context => serviceContext({ log, service: 'search', clock, forMs: DEADLINE_MS });

  async function ask(
    kind: SearchKind,
    request: { after?: string | undefined; limit: number; ids?: string[] },
  ): Promise<ExportPage> {
    const { after, ...rest } = request;
    const name = `${nounOf[kind]}.export` as const;
    const { body, meta } = await bus.callBytes(context(), name, { ...rest, ...(after === undefined ? {} : { after }) });
    return { items: readPage(name, body), next: meta.next };
  }

  return {
    exportPage: (kind, after) => ask(kind, { limit: PAGE_SIZE, after }),

    fetch: async (kind, ids) => {
      const items: ChangeData[] = [];
      let after: string | undefined;
      do {
        const page = await ask(kind, { limit: ids.length, ids, after }); // large states make several pages
        items.push(...page.items);
        after = page.next;
      } while (after !== undefined);
      return items;
    },

    summary: async (kind) => {
      const days: DaySum[] = [];
      let after: string | undefined;
      do {
        const page = await bus.call(context(), `${nounOf[kind]}.summary`, after === undefined ? {} : { after });
        days.push(...page.days);
        after = page.next;
      } while (after !== undefined);
      return days;
    },

    async *walkVersions(kind, days) {
      let after: string | undefined;
      do {
        const request = { limit: VERSIONS_MAX, ...(days ? { days } : {}), ...(after === undefined ? {} : { after }) };
        const page = await bus.call(context(), `${nounOf[kind]}.versions`, request);
        yield* page.items;
        after = page.next;
      } while (after !== undefined);
    },
  };
}

function readPage(name: string, body: Uint8Array): ChangeData[] {
  try {
    return parsePage(decodeJson(body)).map((item) => ({ ...item, changes: [] }));
  } catch (error) {
    throw AppError.unavailable('export.invalid', `What ${name} answered is not a page of documents.`, { cause: error });
  }
}

/** Whether the same question may be answered later: the owner was away, slow or broken, and did not refuse it. */
export function isWorthAsking(error: unknown): boolean {
  return ['UNAVAILABLE', 'TIMEOUT', 'INTERNAL'].includes(AppError.from(error).code);
}
