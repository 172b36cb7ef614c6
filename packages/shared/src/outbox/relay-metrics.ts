import type { Metrics } from '../kernel/index.ts';

export type RelayMetrics = {
  published(ageMs: number): void;
  failed(): void;
  measured(state: { pending: number; oldestMs: number }): void;
};

export function createRelayMetrics(metrics: Metrics): RelayMetrics {
  const pending = metrics.gauge('ortoo_outbox_pending', 'Documents whose changes wait to be published.');
  const oldest = metrics.gauge('ortoo_outbox_oldest_seconds', 'How long the oldest of them has waited.');
  const published = metrics.counter('ortoo_outbox_published_total', 'Messages acknowledged by the stream and cleared.');
  const failed = metrics.counter('ortoo_outbox_failed_total', 'Attempts to publish that failed and are repeated.');
  const age = metrics.histogram(
    'ortoo_outbox_age_seconds',
    'From the oldest change in a message to its acknowledgement.',
  );
  return {
    published(ageMs) {
      published.inc();
      age.observe(ageMs / 1000);
    },
    failed: () => failed.inc(),
    measured(state) {
      pending.set(state.pending);
      oldest.set(state.oldestMs / 1000);
    },
  };
}
