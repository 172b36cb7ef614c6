import type { Metrics } from '../kernel/metrics.ts';

/** The figures of this room; without a registry they are not kept. */
export type BusMetrics = {
  served(call: string, code: string, durationMs: number): void;
  called(call: string, code: string, durationMs: number): void;
  published(outcome: 'stored' | 'duplicate' | 'failed'): void;
  consumed(durable: string, outcome: string): void;
  /** Seconds since progress while something is pending, and how much is pending. */
  consumer(durable: string, state: { pending: number; stalledMs: number; lagMs: number }): void;
};

/** Registers the figures once per connection. */
export function createBusMetrics(metrics: Metrics | undefined): BusMetrics {
  if (!metrics) return { served: skip, called: skip, published: skip, consumed: skip, consumer: skip };
  const served = metrics.histogram('ortoo_rpc_served_seconds', 'Calls answered.', ['call', 'code']);
  const called = metrics.histogram('ortoo_rpc_called_seconds', 'Calls made to other services.', ['call', 'code']);
  const published = metrics.counter('ortoo_bus_published_total', 'Messages published to a stream.', ['outcome']);
  const consumed = metrics.counter('ortoo_bus_consumed_total', 'Deliveries answered.', ['durable', 'outcome']);
  const pending = metrics.gauge('ortoo_consumer_pending', 'Changes not yet done.', ['durable']);
  const stalled = metrics.gauge('ortoo_consumer_stalled_seconds', 'Since progress, while pending.', ['durable']);
  const lag = metrics.gauge('ortoo_consumer_lag_seconds', 'Age of the oldest change not done.', ['durable']);
  return {
    served: (call, code, durationMs) => served.observe({ call, code }, durationMs / 1000),
    called: (call, code, durationMs) => called.observe({ call, code }, durationMs / 1000),
    published: (outcome) => published.inc({ outcome }),
    consumed: (durable, outcome) => consumed.inc({ durable, outcome }),
    consumer: (durable, state) => {
      pending.set({ durable }, state.pending);
      stalled.set({ durable }, state.stalledMs / 1000);
      lag.set({ durable }, state.lagMs / 1000);
    },
  };
}

function skip(): void {}
