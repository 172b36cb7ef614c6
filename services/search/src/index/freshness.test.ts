import { systemClock } from '@ortoo/shared/kernel';
import { eventually } from '@ortoo/shared/testing';
import { expect, test } from 'vitest';
import { createFreshness } from './freshness.ts';

const INDEX = 'portal-1';

/** How often and when the engine is asked cannot be seen from outside a real one: it is played, nothing else is. */
function playEngine({ versions = new Map<string, number>() }: { versions?: Map<string, number> } = {}) {
  const asked: string[][] = [];
  const begun: { index: string; end: PromiseWithResolvers<void> }[] = [];
  const engine = {
    readVersions: async (_index: string, ids: string[]) => {
      asked.push(ids);
      return new Map(ids.flatMap((id) => (versions.has(id) ? [[id, versions.get(id) ?? 0] as const] : [])));
    },
    refresh: async (index: string) => {
      const end = Promise.withResolvers<void>();
      begun.push({ index, end });
      await end.promise;
    },
  };
  return { asked, begun, freshness: createFreshness({ engine, clock: systemClock }) };
}

/** The refresh with this place in the order, once it has begun. */
const refreshOf = (begun: ReturnType<typeof playEngine>['begun'], place: number, timeoutMs = 3_000) =>
  eventually(() => begun[place], { timeoutMs });

const within = (timeoutMs: number) => ({ timeoutMs, isAsked: () => true });

test('those who wait ask the engine no more often than each 60 ms, however many wait and whatever it answers', async () => {
  const { asked, freshness } = playEngine({ versions: new Map([['company_1', 1]]) });
  const waiters = [2, 2, 3].map((v) => freshness.waitFor(INDEX, [{ id: 'company_1', v }], within(600)));
  expect(await Promise.all(waiters)).toEqual([false, false, false]);
  expect(asked.length).toBeGreaterThanOrEqual(6);
  expect(asked.length).toBeLessThanOrEqual(3 * 11);
});

test('what this process indexes of other documents does not make those who wait ask the engine', async () => {
  const { asked, freshness } = playEngine();
  const waiting = freshness.waitFor(INDEX, [{ id: 'company_1', v: 1 }], within(500));
  let other = 0;
  await eventually(() => {
    other += 1;
    freshness.noteApplied(INDEX, [{ id: `company_other_${other}`, v: 1 }]);
    return other > 15;
  });
  expect(await waiting).toBe(false);
  expect(asked.length).toBeLessThanOrEqual(10);
});

test('what this process indexes is known to those who wait without asking the engine again', async () => {
  const { asked, begun, freshness } = playEngine();
  const waiting = freshness.waitFor(INDEX, [{ id: 'company_1', v: 1 }], within(2_000));
  await eventually(() => asked.length === 1);
  freshness.noteApplied(INDEX, [{ id: 'company_1', v: 1 }]);
  (await refreshOf(begun, 0)).end.resolve();
  expect(await waiting).toBe(true);
  expect(asked.length).toBeLessThanOrEqual(2);
});

test('refreshes of an index run one at a time: what was indexed during one is shown by the next, shared by all', async () => {
  const { begun, freshness } = playEngine();
  const waitFor = (id: string) => {
    freshness.noteApplied(INDEX, [{ id, v: 1 }]);
    return freshness.waitFor(INDEX, [{ id, v: 1 }], within(5_000));
  };
  const first = waitFor('company_1');
  const running = await refreshOf(begun, 0);
  const later = [waitFor('company_2'), waitFor('company_3')];
  await expect(refreshOf(begun, 1, 600)).rejects.toThrow('did not come about');
  running.end.resolve();
  expect(await first).toBe(true);
  (await refreshOf(begun, 1)).end.resolve();
  expect(await Promise.all(later)).toEqual([true, true]);
  expect(begun).toHaveLength(2);
});

test('one who waits for a document of one index is not told of it by the refresh of another', async () => {
  const { begun, freshness } = playEngine();
  const indexes = ['portal-1', 'portal-2'];
  for (const index of indexes) freshness.noteApplied(index, [{ id: 'company_1', v: 1 }]);
  const waiting = indexes.map((index) => freshness.waitFor(index, [{ id: 'company_1', v: 1 }], within(5_000)));
  for (const place of [0, 1]) (await refreshOf(begun, place)).end.resolve();
  expect(await Promise.all(waiting)).toEqual([true, true]);
  expect(begun.map(({ index }) => index).toSorted()).toEqual(indexes);
});

test('a refresh that failed shows nothing, and the next one is tried for those who come later', async () => {
  const { begun, freshness } = playEngine();
  freshness.noteApplied(INDEX, [{ id: 'company_1', v: 1 }]);
  const first = freshness.waitFor(INDEX, [{ id: 'company_1', v: 1 }], within(5_000));
  (await refreshOf(begun, 0)).end.reject(new Error('1 of 1 shards'));
  expect(await first).toBe(false);
  const second = freshness.waitFor(INDEX, [{ id: 'company_1', v: 1 }], within(5_000));
  (await refreshOf(begun, 1)).end.resolve();
  expect(await second).toBe(true);
});

test('whoever waits for an index that is not asked any more is let go at once', async () => {
  const { asked, freshness } = playEngine();
  let isAsked = true;
  const startedMs = performance.now();
  const waiting = freshness.waitFor(INDEX, [{ id: 'company_1', v: 1 }], { timeoutMs: 30_000, isAsked: () => isAsked });
  await eventually(() => asked.length > 0);
  isAsked = false;
  expect(await waiting).toBe(false);
  expect(performance.now() - startedMs).toBeLessThan(20_000);
});
