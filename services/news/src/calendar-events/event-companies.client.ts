import { type Bus, decodeJson } from '@ortoo/shared/bus';
import { createParser, type GetManyRequest, IdOf, Status } from '@ortoo/shared/contracts';
import type { Context } from '@ortoo/shared/kernel';
import { Type } from 'typebox';
import { type CompaniesSeen, type FoundCompany, seenOf } from './event-companies.rules.ts';

/** Companies that one call asks about. */
const BATCH = 100;
/** A copy of a copy of a copy … is followed that far, as the catalog does. */
const HOPS_MAX = 32;

const parseCompanies = createParser(
  Type.Array(Type.Object({ id: IdOf('company'), status: Status, mergedInto: Type.Optional(IdOf('company')) })),
  'companies.reply-invalid',
);

/** Tells which of some companies there are, which of them the public sees, and where copies were merged into. */
export type EventCompanies = { seen(ctx: Context, ids: string[]): Promise<CompaniesSeen> };

/** Asks the catalog. Throws UNAVAILABLE while it is away; who names no company does not need it. */
export function createEventCompanies(bus: Pick<Bus, 'callBytes'>): EventCompanies {
  async function ask(ctx: Context, ids: string[]): Promise<FoundCompany[]> {
    const request = { ids, view: 'staff', lang: 'en', fields: ['id', 'status', 'mergedInto'] } satisfies GetManyRequest;
    const { body } = await bus.callBytes(ctx, 'rpc.catalog.company.getMany', request);
    return parseCompanies(decodeJson(body));
  }

  async function askAll(ctx: Context, ids: string[]): Promise<FoundCompany[]> {
    const batches = Array.from({ length: Math.ceil(ids.length / BATCH) }, (_, place) =>
      ids.slice(place * BATCH, (place + 1) * BATCH),
    );
    return (await Promise.all(batches.map((batch) => ask(ctx, batch)))).flat();
  }

  return {
    seen: async (ctx, ids) => {
      const found: FoundCompany[] = [];
      const asked = new Set<string>();
      let wanted = [...new Set(ids)];
      for (let hops = 0; hops <= HOPS_MAX && wanted.length > 0; hops += 1) {
        const companies = await askAll(ctx, wanted);
        for (const id of wanted) asked.add(id);
        found.push(...companies);
        const heirs = companies.flatMap(({ mergedInto }) => mergedInto ?? []);
        wanted = [...new Set(heirs)].filter((id) => !asked.has(id));
      }
      return seenOf(found);
    },
  };
}
