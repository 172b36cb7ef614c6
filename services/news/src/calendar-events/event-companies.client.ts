import { type Bus, decodeJson } from '@ortoo/shared/bus';
import { createParser, type GetManyRequest, IdOf, Status } from '@ortoo/shared/contracts';
import type { Context } from '@ortoo/shared/kernel';
import { Type } from 'typebox';
import type { CompaniesSeen } from './event-companies.rules.ts';

/** Companies that one call asks about. */
const BATCH = 100;

const parseCompanies = createParser(
  Type.Array(Type.Object({ id: IdOf('company'), status: Status })),
  'companies.reply-invalid',
);

/** Tells which of some companies there are, and which of them the public sees. */
export type EventCompanies = { seen(ctx: Context, ids: string[]): Promise<CompaniesSeen> };

/** Asks the catalog. Throws UNAVAILABLE while it is away; who names no company does not need it. */
export function createEventCompanies(bus: Pick<Bus, 'callBytes'>): EventCompanies {
  async function ask(ctx: Context, ids: string[]) {
    const request = { ids, view: 'staff', lang: 'en', fields: ['id', 'status'] } satisfies GetManyRequest;
    const { body } = await bus.callBytes(ctx, 'rpc.catalog.company.getMany', request);
    return parseCompanies(decodeJson(body));
  }

  return {
    seen: async (ctx, ids) => {
      const batches = Array.from({ length: Math.ceil(ids.length / BATCH) }, (_, place) =>
        ids.slice(place * BATCH, (place + 1) * BATCH),
      );
      const found = (await Promise.all(batches.map((batch) => ask(ctx, batch)))).flat();
      const shown = found.filter(({ status }) => status === 'published');
      return { known: new Set(found.map(({ id }) => id)), shown: new Set(shown.map(({ id }) => id)) };
    },
  };
}
