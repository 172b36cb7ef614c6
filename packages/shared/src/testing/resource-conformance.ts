import { afterAll, beforeAll, describe } from 'vitest';
import type { Kind, Service } from '../contracts/index.ts';
import { type Body, openResourceClient, type ResourceClient } from './resource-client.ts';
import { describeKeys, describeLife, describeRefusals } from './resource-conformance-life.ts';
import { describeReads, describeVisibility } from './resource-conformance-reads.ts';
import { describeRepeats } from './resource-conformance-repeats.ts';
import { describeTrail } from './resource-conformance-trail.ts';
import type { TestNamespace } from './test-namespace.ts';

/** One kind of document, as far as its suite has to know it. */
export type ResourceUnderTest = {
  /** Starts its owner, and what that needs, in a namespace of their own. */
  open(): Promise<{ space: TestNamespace; close(): Promise<void> }>;
  service: Service;
  kind: Kind;
  /** A valid body of a draft that shares nothing unique with that of another `n`. Absent: callers cannot make this kind. */
  input?: (n: number) => Body;
  /** Ids of documents that are there from the start, where callers cannot make them; at least 8. */
  existing?: readonly string[];
  /** A merge patch that differs with every `n` and changes exactly `fields` (beside `updatedAt`). */
  change: (n: number) => Body;
  fields: readonly string[];
  /** Members that make a valid body wrong at `pointer`. */
  invalid: { members: Body; pointer: string };
  /** Members that only one document may have, and the reason of the conflict when a second wants them. */
  uniqueKeys?: readonly { what: string; members: (n: number) => Body; reason: string }[];
};

/** What the parts of the suite are given; `owner` answers once the suite has begun. */
export type Suite = { resource: ResourceUnderTest; owner: () => ResourceClient };

/**
 * What every kind of document promises over the bus, against its real owner. A kind without `input` is held to what it
 * has: reads, changes, their trail. Who may call is settled before, by the gateway.
 */
export function describeResourceConformance(resource: ResourceUnderTest): void {
  describe(`the kind ${resource.kind}`, () => {
    let running: Awaited<ReturnType<ResourceUnderTest['open']>> | undefined;
    let client: ResourceClient | undefined;
    beforeAll(async () => {
      running = await resource.open();
      client = await openResourceClient(resource, running.space);
    });
    afterAll(async () => {
      await client?.close();
      await running?.close();
    });
    const owner = () => {
      if (!client) throw new Error('The owner did not start.');
      return client;
    };

    const suite: Suite = { resource, owner };
    describeReads(suite);
    describeRefusals(suite);
    describeRepeats(suite);
    describeTrail(suite);
    if (!resource.input) return;
    describeLife(suite);
    describeKeys(suite);
    describeVisibility(suite);
  });
}
