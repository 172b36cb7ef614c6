import { systemClock } from '../kernel/clock.ts';
import type { Context } from '../kernel/context.ts';
import { newRequestId, newTraceparent } from '../kernel/ids.ts';
import { createLogger } from '../kernel/logger.ts';

/** A context with every right and ten seconds; what a test cares about it overrides. */
export function testContext(overrides: Partial<Context> = {}): Context {
  return {
    log: createLogger({ service: 'test', level: 'silent' }),
    requestId: newRequestId(),
    traceparent: newTraceparent(),
    deadlineMs: systemClock.nowMs() + 10_000,
    actor: { type: 'service', id: 'test', scopes: ['admin'] },
    ...overrides,
  };
}
