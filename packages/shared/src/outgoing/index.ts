export { isBlock } from './address.ts';
export { createOutgoing, type Outgoing, type OutgoingAnswer, type OutgoingRequest } from './outgoing.ts';
export { findTargetFault } from './target.ts';
