export { removeStreams } from '../bus/remove-streams.ts';
export { buildTestChange } from './build-test-change.ts';
export { describeBusConformance } from './bus-conformance.ts';
export type { BusUnderTest } from './bus-session.ts';
export { eventually } from './eventually.ts';
export { type LinkProxy, openLinkProxy } from './link-proxy.ts';
export { type ListPlans, openListPlans } from './list-plans.ts';
export { type OwnerHand, openOwnerHand, type RawDocument, type RawRevision } from './owner-hand.ts';
export { createReadableLog, type LogLine } from './readable-log.ts';
export { refusal } from './refusal.ts';
export { describeResourceConformance } from './resource-conformance.ts';
export type { ResourceUnderTest } from './resource-under-test.ts';
export { describeScheduleConformance } from './schedule-conformance.ts';
export { killedDuring, spawnService } from './spawn-service.ts';
export { openStreamHand, type StoredMessage, type StreamHand } from './stream-hand.ts';
export { testContext } from './test-context.ts';
export {
  dropNamespace,
  openNamespaceOn,
  openTestNamespace,
  type TestNamespace,
  type TestServers,
} from './test-namespace.ts';
export { createTurnableClock } from './turnable-clock.ts';
