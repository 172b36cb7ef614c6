import { expect, test } from 'vitest';
import { describeRebuild } from './rebuild.ts';
import { describeReconcile } from './reconcile.ts';

const at = '2026-11-24T05:00:00.000Z';
const none = { missing: 0, stale: 0, extra: 0, ahead: 0, repaired: 0, left: 0, compared: 0 };

test('a comparison without findings says so, one with findings names each', () => {
  const result = { ...none, at, startedAt: at, mode: 'cheap' as const, tookMs: 1234 };
  expect(describeReconcile(result)).toBe('The index holds what its owners have (cheap, 1.2 s)');
  expect(describeReconcile({ ...result, missing: 2, stale: 1, repaired: 2, left: 1 })).toBe(
    'Found 2 missing, 1 stale, 0 extra, 0 ahead: 2 mended, 1 cannot be indexed (cheap, 1.2 s)',
  );
});

test('a rebuild names the index, its documents and what was left out', () => {
  const state = { name: 'portal-2', state: 'done' as const, doing: null, documents: 9, left: 0, startedAt: at };
  expect(describeRebuild({ ...state, tookMs: 2500 })).toBe('portal-2 answers: 9 documents in 2.5 s');
  expect(describeRebuild({ ...state, left: 1, tookMs: null })).toBe(
    'portal-2 answers: 9 documents, 1 could not be indexed',
  );
});
