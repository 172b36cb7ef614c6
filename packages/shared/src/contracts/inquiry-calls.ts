import { type Static, type TProperties, Type } from 'typebox';
import { closed, Text, Version } from './atoms.ts';
import {
  type Call,
  getCall,
  listCall,
  presentation,
  requestKey,
  WRITE_DEADLINE_MS,
  Written,
  writeCall,
} from './calls.ts';
import { InquiryInput, inquiryStates } from './catalog/inquiry.ts';
import { InquiryFilter, inquirySorts } from './lists.ts';

/** What staff may change of an inquiry. */
export const InquiryPatch = Type.Object(
  { state: Type.Optional(Type.Enum([...inquiryStates])) },
  { ...closed, $id: 'InquiryPatch', description: 'A merge patch (RFC 7396) of what staff may change.' },
);

export type InquiryPatch = Static<typeof InquiryPatch>;

/** What staff answers. */
export const InquiryReply = Type.Object(
  { message: Text(10_000) },
  { ...closed, $id: 'InquiryReply', description: 'An answer, kept in the thread; sending it is up to an integration.' },
);

export type InquiryReply = Static<typeof InquiryReply>;

/** A write of staff to one inquiry; a `v`, when given, must be current. `bytes` of the view asked for. */
const staffCall = <P extends TProperties>(members: P) =>
  writeCall({ v: Type.Optional(Version), ...presentation, ...members });

const createInquiry = {
  request: Type.Object({ id: Type.String({ maxLength: 200 }), input: InquiryInput, requestKey }, closed),
  reply: Written,
  deadlineMs: WRITE_DEADLINE_MS,
  isIdempotent: false,
} satisfies Call;
const changeInquiry = staffCall({ body: InquiryPatch });
const replyToInquiry = staffCall(InquiryReply.properties);
const eraseInquiry = staffCall({});

export type CreateInquiry = Static<(typeof createInquiry)['request']>;
export type ChangeInquiry = Static<(typeof changeInquiry)['request']>;
export type ReplyToInquiry = Static<(typeof replyToInquiry)['request']>;
export type EraseInquiry = Static<(typeof eraseInquiry)['request']>;

/** Inquiries are asked for by staff alone; there is no export, since nobody keeps a copy of them. */
export const inquiryCalls = {
  'rpc.catalog.inquiry.create': createInquiry,
  'rpc.catalog.inquiry.get': getCall(),
  'rpc.catalog.inquiry.list': listCall(InquiryFilter, inquirySorts),
  'rpc.catalog.inquiry.change': changeInquiry,
  'rpc.catalog.inquiry.reply': replyToInquiry,
  'rpc.catalog.inquiry.erase': eraseInquiry,
};
