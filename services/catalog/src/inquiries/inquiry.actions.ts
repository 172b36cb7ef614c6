import type {
  ChangeInquiry,
  CreateInquiry,
  EraseInquiry,
  GetRequest,
  InquiryFilter,
  InquiryState,
  ListRequest,
  ReplyToInquiry,
} from '@ortoo/shared/contracts';
import { AppError, type Clock, type Context } from '@ortoo/shared/kernel';
import { actorName } from '@ortoo/shared/outbox';
import { answerInquiry, changeInquiry, eraseInquiry, type InquiryStamp, idsIn, openInquiry } from './inquiry.rules.ts';
import type { InquiryStore } from './inquiry.store.ts';
import type { InquiryArrivals } from './inquiry-arrivals.store.ts';
import { judgeSpam } from './inquiry-spam.rules.ts';
import type { InquiryTargets } from './inquiry-targets.client.ts';

type InquiryDeps = {
  inquiries: InquiryStore;
  arrivals: InquiryArrivals;
  targets: InquiryTargets;
  clock: Clock;
  /** How long personal data is kept after the last that happened. */
  retentionDays: number;
};
export type InquiryActions = ReturnType<typeof createInquiryActions>;

/** What can be done with inquiries: anybody sends one, staff works on it, and it is erased in the end. */
export function createInquiryActions({ inquiries, arrivals, targets, clock, retentionDays }: InquiryDeps) {
  const stampOf = (ctx: Context): InquiryStamp => ({ now: clock.now(), actorId: actorName(ctx), retentionDays });

  /** A refusal shows the state that the inquiry is in, and nothing else of it. */
  const write = (
    ctx: Context,
    { id, v, requestKey }: EraseInquiry,
    { type, decide }: { type: string; decide(inquiry: InquiryState): InquiryState },
  ) => inquiries.change(ctx, { id, v, type, decide, requestKey, compared: ['state'] });

  return {
    /** Throws VALIDATION_FAILED naming every fault, and what `VersionedStore.create` throws. */
    create: async (ctx: Context, { id, input, requestKey }: CreateInquiry) => {
      const named = idsIn(input);
      const [target, offerings] = await Promise.all([
        targets.visible(ctx, input.target.kind, [named.target]),
        targets.visible(ctx, 'offering', named.offerings),
      ]);
      const visible = new Set([...target, ...offerings]);
      const open = (repeats: Parameters<typeof judgeSpam>[1]) =>
        openInquiry(input, { visible, spam: judgeSpam(input, repeats) }, stampOf(ctx));
      open({ email: 0, address: 0 }); // what is refused leaves no trace
      const address = ctx.actor.type === 'anonymous' ? ctx.actor.id : undefined;
      const repeats = await arrivals.note({ id, email: input.sender.email, address });
      const { v } = await inquiries.create(ctx, { id, state: open(repeats), requestKey });
      return { id, v };
    },

    /** Throws NOT_FOUND, and always to the public. */
    get: async (ctx: Context, { ref, view }: GetRequest) => {
      const found = view === 'staff' ? await inquiries.find(ctx, ref) : undefined;
      if (!found) throw AppError.notFound('inquiry.not-found', `There is no inquiry ${ref}.`);
      return found;
    },

    list: (ctx: Context, request: ListRequest<InquiryFilter>) => inquiries.list(ctx, request),

    /** Throws CONFLICT `inquiry.erased`, and what `VersionedStore.change` throws. */
    change: (ctx: Context, request: ChangeInquiry) =>
      write(ctx, request, { type: 'updated', decide: (it) => changeInquiry(it, request.body, stampOf(ctx)) }),

    /** Throws CONFLICT `inquiry.erased` and `inquiry.thread-full`, and what `VersionedStore.change` throws. */
    reply: (ctx: Context, request: ReplyToInquiry) =>
      write(ctx, request, { type: 'answered', decide: (it) => answerInquiry(it, request.message, stampOf(ctx)) }),

    /** Removes everything personal; of what is erased already nothing. Throws what `VersionedStore.change` throws. */
    erase: (ctx: Context, request: EraseInquiry) =>
      write(ctx, request, { type: 'erased', decide: (it) => eraseInquiry(it, clock.now()) }),
  };
}
