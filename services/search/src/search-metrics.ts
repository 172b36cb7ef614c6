import type { ConsumerState } from '@ortoo/shared/bus';
import type { ReconcileResult } from '@ortoo/shared/contracts';
import type { Metrics } from '@ortoo/shared/kernel';

const findings = ['missing', 'stale', 'extra', 'ahead', 'left'] as const;

/** The figures of search, on its port for operators. */
export type SearchMetrics = ReturnType<typeof createSearchMetrics>;

export function createSearchMetrics(metrics: Metrics) {
  const lag = metrics.gauge('ortoo_index_lag_seconds', 'Age of the oldest change that the index does not hold.');
  const pending = metrics.gauge('ortoo_index_pending_changes', 'Changes that the index does not hold yet.');
  const bulks = metrics.counter('ortoo_index_bulks_total', 'Bulks sent to the engine.');
  const documents = metrics.counter('ortoo_index_bulk_documents_total', 'Documents in the bulks sent.');
  const limit = metrics.gauge(
    'ortoo_index_bulk_limit',
    'Documents that a bulk may hold; lower while the engine is busy.',
  );
  const building = metrics.gauge('ortoo_index_rebuilding', '1 while this replica fills a new index.');
  const copied = metrics.gauge('ortoo_index_rebuild_documents', 'Documents that the index being filled was given.');
  const found = metrics.gauge('ortoo_reconcile_findings', 'What the last comparison of this replica found.', [
    'finding',
  ]);
  const repaired = metrics.counter('ortoo_reconcile_repaired_total', 'Documents that comparisons have mended.');
  const compared = metrics.gauge('ortoo_reconcile_compared', 'Versions that the last comparison laid side by side.');
  const at = metrics.gauge('ortoo_reconcile_last_seconds', 'When the last comparison ended, since the epoch.');
  return {
    following: ({ pending: open, lagMs }: ConsumerState) => {
      lag.set(lagMs / 1000);
      pending.set(open);
    },
    bulk: (size: number, limitNow: number) => {
      bulks.inc();
      documents.inc(size);
      limit.set(limitNow);
    },
    rebuilding: (taken: number | null) => {
      building.set(taken === null ? 0 : 1);
      if (taken !== null) copied.set(taken);
    },
    reconciled: (result: ReconcileResult) => {
      if (result.error !== undefined) return;
      for (const finding of findings) found.set({ finding }, result[finding]);
      repaired.inc(result.repaired);
      compared.set(result.compared);
      at.set(Date.parse(result.at) / 1000);
    },
  };
}
