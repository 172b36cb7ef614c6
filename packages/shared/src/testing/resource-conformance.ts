import { afterAll, beforeAll, describe } from 'vitest';
import { openResourceClient, type ResourceClient } from './resource-client.ts';
import { describeContest } from './resource-conformance-contest.ts';
import { describeKeys, describeLife, describeRefusals } from './resource-conformance-life.ts';
import { describeReads, describeVisibility } from './resource-conformance-reads.ts';
import { describeRepeats } from './resource-conformance-repeats.ts';
import { describeRevisions } from './resource-conformance-revisions.ts';
import { describeTrail } from './resource-conformance-trail.ts';
import type { ResourceUnderTest, Suite } from './resource-under-test.ts';

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
    describeRevisions(suite);
    describeContest(suite);
    if (!resource.input) return;
    describeLife(suite);
    describeKeys(suite);
    describeVisibility(suite);
  });
}
