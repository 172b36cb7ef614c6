export { removeStreams } from '../bus/remove-streams.ts';
export { buildTestChange } from './build-test-change.ts';
export { eventually } from './eventually.ts';
export { type LinkProxy, openLinkProxy } from './link-proxy.ts';
export { refusal } from './refusal.ts';
export { testContext } from './test-context.ts';
export { openTestNamespace, type TestNamespace, type TestServers } from './test-namespace.ts';
