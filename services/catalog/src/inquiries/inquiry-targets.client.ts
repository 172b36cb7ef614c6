import { type Bus, decodeJson } from '@ortoo/shared/bus';
import type { GetManyRequest, InquiryInput } from '@ortoo/shared/contracts';
import type { Context } from '@ortoo/shared/kernel';
import type { CompanyStore } from '../companies/company.store.ts';
import type { OfferingStore } from '../offerings/offering.store.ts';

type TargetKind = InquiryInput['target']['kind'];
type Look = (ctx: Context, ids: string[]) => Promise<string[]>;

/** Tells which of some ids, at most 100, the public sees. */
export type InquiryTargets = { visible(ctx: Context, kind: TargetKind, ids: string[]): Promise<string[]> };

/**
 * Looks up what an inquiry is about: the catalog's own documents here, articles and events where they are owned.
 * Throws UNAVAILABLE while their owner is away.
 */
export function createInquiryTargets({
  companies,
  offerings,
  bus,
}: {
  companies: CompanyStore;
  offerings: OfferingStore;
  bus: Pick<Bus, 'callBytes'>;
}): InquiryTargets {
  async function visibleAtNews(ctx: Context, kind: 'article' | 'event', ids: string[]): Promise<string[]> {
    const request = { ids, view: 'public', lang: 'en', fields: ['id'] } satisfies GetManyRequest;
    const { body } = await bus.callBytes(ctx, `rpc.news.${kind}.getMany`, request);
    return (decodeJson(body) as { id: string }[]).map(({ id }) => id);
  }
  const lookUps: Record<TargetKind, Look> = {
    company: async (ctx, ids) => visibleIn(await companies.getMany(ctx, ids)),
    offering: async (ctx, ids) => visibleIn(await offerings.getMany(ctx, ids)),
    article: (ctx, ids) => visibleAtNews(ctx, 'article', ids),
    event: (ctx, ids) => visibleAtNews(ctx, 'event', ids),
  };
  return { visible: async (ctx, kind, ids) => (ids.length > 0 ? await lookUps[kind](ctx, ids) : []) };
}

function visibleIn(found: { id: string; visible: boolean }[]): string[] {
  return found.flatMap(({ id, visible }) => (visible ? id : []));
}
