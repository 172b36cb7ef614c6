import {
  type InquiryInput,
  type InquiryPatch,
  type InquiryState,
  isCurrency,
  type RuleFault,
  requireNoFaults,
  type Stamp,
} from '@ortoo/shared/contracts';
import { AppError, type Instant, shiftInstant } from '@ortoo/shared/kernel';
import { toE164 } from '../companies/company-phones.rules.ts';
import { isSpam } from './inquiry-spam.rules.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** Answers in one thread. */
const ENTRIES_MAX = 50;

type Item = NonNullable<InquiryInput['items']>[number];

/** What a decision about an inquiry needs to know from outside. */
export type InquiryStamp = Stamp & { retentionDays: number };
export type Findings = {
  /** Ids that the public sees, of those that the inquiry names. */
  visible: ReadonlySet<string>;
  spam: InquiryState['spam'];
};

/**
 * The first state of an inquiry, spam when its score says so. Throws VALIDATION_FAILED naming every member that breaks a
 * rule, never with its value.
 */
export function openInquiry(
  input: InquiryInput,
  { visible, spam }: Findings,
  { now, retentionDays }: InquiryStamp,
): InquiryState {
  requireNoFaults([...targetFaults(input, visible), ...phoneFaults(input), ...itemFaults(input, visible)]);
  const { sender, items = [], consent, ...rest } = input;
  return {
    ...rest,
    state: isSpam(spam) ? 'spam' : 'new',
    spam,
    sender: sender.phone ? { ...sender, phone: settlePhone(sender.phone) } : sender,
    ...(items.length > 0 ? { items } : {}),
    consent: { ...consent, at: now },
    thread: [],
    createdAt: now,
    updatedAt: now,
    retainUntil: retainedUntil(now, retentionDays),
  };
}

/** The inquiry in another state; itself when nothing differs. Throws CONFLICT `inquiry.erased`. */
export function changeInquiry(inquiry: InquiryState, { state }: InquiryPatch, stamp: InquiryStamp): InquiryState {
  requireKept(inquiry);
  return state === undefined || state === inquiry.state ? inquiry : touched({ ...inquiry, state }, stamp);
}

/** The inquiry with an answer in its thread. Throws CONFLICT `inquiry.erased` and `inquiry.thread-full`. */
export function answerInquiry(inquiry: InquiryState, message: string, stamp: InquiryStamp): InquiryState {
  requireKept(inquiry);
  const thread = inquiry.thread ?? [];
  if (thread.length >= ENTRIES_MAX)
    throw AppError.conflict('inquiry.thread-full', `The inquiry has ${ENTRIES_MAX} answers, and no more are kept.`);
  const entry = { at: stamp.now, from: 'staff' as const, actor: stamp.actorId, message };
  return touched({ ...inquiry, state: 'answered', thread: [...thread, entry] }, stamp);
}

/** The inquiry without anything personal: what it was about and how it ended stays to be counted. */
export function eraseInquiry(inquiry: InquiryState, now: Instant): InquiryState {
  if (inquiry.erasedAt !== undefined) return inquiry;
  const { inquiryKind, target, locale, state, spam, createdAt } = inquiry;
  return { inquiryKind, target, locale, state, spam, createdAt, updatedAt: now, erasedAt: now };
}

/** The inquiry erased when its time is over, else itself: something may have happened since it was found. */
export function eraseOverdue(inquiry: InquiryState, now: Instant): InquiryState {
  const { retainUntil } = inquiry;
  return retainUntil !== undefined && retainUntil <= now ? eraseInquiry(inquiry, now) : inquiry;
}

/** Everything that an inquiry names and that has to be there. */
export function idsIn({ target, items = [] }: InquiryInput): { target: string; offerings: string[] } {
  return { target: target.id, offerings: [...new Set(items.flatMap(({ offeringId = [] }) => offeringId))] };
}

function touched(inquiry: InquiryState, { now, retentionDays }: InquiryStamp): InquiryState {
  return { ...inquiry, updatedAt: now, retainUntil: retainedUntil(now, retentionDays) };
}

function retainedUntil(now: Instant, days: number): Instant {
  return shiftInstant(now, days * DAY_MS);
}

function requireKept({ erasedAt }: InquiryState): void {
  if (erasedAt !== undefined)
    throw AppError.conflict('inquiry.erased', 'The inquiry was erased; nothing is left to be worked on.');
}

/** `e164` is made from what was typed; what a caller says of it is not believed. */
function settlePhone({ raw, kind }: NonNullable<InquiryInput['sender']['phone']>) {
  const e164 = toE164(raw);
  return { raw, ...(e164 === undefined ? {} : { e164 }), ...(kind === undefined ? {} : { kind }) };
}

function phoneFaults({ sender: { phone } }: InquiryInput): RuleFault[] {
  if (phone === undefined || toE164(phone.raw) !== undefined) return [];
  return [
    {
      pointer: '/sender/phone',
      message: 'is not a phone number',
      expected: 'a phone number',
      reason: 'inquiry.phone-invalid',
    },
  ];
}

function targetFaults({ target }: InquiryInput, visible: ReadonlySet<string>): RuleFault[] {
  if (target.id.startsWith(`${target.kind}_`) && visible.has(target.id)) return [];
  return [
    {
      pointer: '/target/id',
      message: `is no ${target.kind} that the public sees`,
      expected: `the id of a published ${target.kind}`,
      reason: 'inquiry.target-unknown',
    },
  ];
}

function itemFaults({ inquiryKind, items = [] }: InquiryInput, visible: ReadonlySet<string>): RuleFault[] {
  if (inquiryKind === 'rfq' && items.length === 0)
    return [
      { pointer: '/items', message: 'is missing', expected: 'what is asked for', reason: 'inquiry.items-missing' },
    ];
  if (inquiryKind !== 'rfq' && items.length > 0)
    return [
      {
        pointer: '/items',
        message: 'belongs to a request for a quotation only',
        expected: 'no items, or the inquiryKind rfq',
        reason: 'inquiry.items-unexpected',
      },
    ];
  return items.flatMap((item, place) => oneItemFaults(item, { visible, pointer: `/items/${place}` }));
}

type Place = { visible: ReadonlySet<string>; pointer: string };

function oneItemFaults({ offeringId, targetPrice }: Item, { visible, pointer }: Place): RuleFault[] {
  const unknown: RuleFault = {
    pointer: `${pointer}/offeringId`,
    message: 'is no offering that the public sees',
    expected: 'the id of a published offering',
    reason: 'inquiry.offering-unknown',
  };
  const strange: RuleFault = {
    pointer: `${pointer}/targetPrice/currency`,
    message: 'is no currency',
    expected: 'a currency of ISO 4217',
    reason: 'inquiry.currency-unknown',
  };
  return [
    ...(offeringId === undefined || visible.has(offeringId) ? [] : [unknown]),
    ...(targetPrice === undefined || isCurrency(targetPrice.currency) ? [] : [strange]),
  ];
}
