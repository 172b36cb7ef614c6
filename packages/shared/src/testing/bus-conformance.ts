import { afterAll, afterEach, beforeAll, beforeEach, describe } from 'vitest';
import { describeCalls } from './bus-conformance-calls.ts';
import { describeDelivery, describePublishing, describeSharing } from './bus-conformance-changes.ts';
import { describePoison, describeRestarts } from './bus-conformance-faults.ts';
import { describeCallLimits } from './bus-conformance-limits.ts';
import { type BusSession, type BusUnderTest, openBusSession } from './bus-session.ts';

/**
 * What every bus promises to the services that stand on it, whatever it is made of: changes in order and at least
 * once, calls with deadlines, errors and limits. Run against the real thing; what one client does inside is tested
 * beside it.
 */
export function describeBusConformance({ open }: { open(): Promise<BusUnderTest> }): void {
  describe('a bus', () => {
    let opened: BusSession | undefined;
    const session = () => {
      if (!opened) throw new Error('The bus did not open.');
      return opened;
    };
    beforeAll(async () => {
      opened = await openBusSession(await open());
    });
    beforeEach(() => session().begin());
    afterEach(() => session().rest());
    afterAll(() => opened?.close());

    describePublishing(session);
    describeDelivery(session);
    describeSharing(session);
    describePoison(session);
    describeRestarts(session);
    describeCalls(session);
    describeCallLimits(session);
  });
}
