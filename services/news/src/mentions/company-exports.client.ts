import { type Bus, decodeJson } from '@ortoo/shared/bus';
import { Change, createParser, type ExportRequest } from '@ortoo/shared/contracts';
import { AppError, type Clock, type Logger, serviceContext } from '@ortoo/shared/kernel';
import { Type } from 'typebox';
import type { KeptCompany } from './company-names.store.ts';
import { keptCompany } from './kept-company.rules.ts';

const PAGE_SIZE = 200;
const DEADLINE_MS = 10_000;

const { changes: _changes, ...members } = Change.properties.data.properties;
const parsePage = createParser(Type.Array(Type.Object(members)), 'export.invalid');

type CompanyPage = { companies: KeptCompany[]; next: string | undefined };

/** What the catalog has of companies, deleted ones included. */
export type CompanyExports = {
  page(after: string | undefined): Promise<CompanyPage>;
  /** Some of them as they are now; one that is not there is left out. */
  fetch(ids: string[]): Promise<KeptCompany[]>;
};

/** Asks the catalog over the bus. Throws its AppError, or UNAVAILABLE when it is away or answers no page. */
export function createCompanyExports({
  bus,
  log,
  clock,
}: {
  bus: Pick<Bus, 'callBytes'>;
  log: Logger;
  clock: Clock;
}): CompanyExports {
  async function ask(request: ExportRequest): Promise<CompanyPage> {
    const ctx = serviceContext({ log, service: 'news', clock, forMs: DEADLINE_MS });
    const { body, meta } = await bus.callBytes(ctx, 'rpc.catalog.company.export', request);
    return { companies: readPage(body).flatMap((item) => keptCompany(item) ?? []), next: meta.next };
  }

  return {
    page: (after) => ask({ limit: PAGE_SIZE, ...(after === undefined ? {} : { after }) }),
    fetch: async (ids) => {
      const found: KeptCompany[] = [];
      let after: string | undefined;
      do {
        const page = await ask({ limit: ids.length, ids, ...(after === undefined ? {} : { after }) });
        found.push(...page.companies);
        after = page.next;
      } while (after !== undefined);
      return found;
    },
  };
}

function readPage(body: Uint8Array) {
  try {
    return parsePage(decodeJson(body));
  } catch (error) {
    throw AppError.unavailable('export.invalid', 'What the catalog answered is not a page of companies.', {
      cause: error,
    });
  }
}
