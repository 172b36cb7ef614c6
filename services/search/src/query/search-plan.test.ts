import type { SearchRequest } from '@ortoo/shared/contracts';
import { expect, test } from 'vitest';
import { INDEX_VERSION } from '../index/definition.ts';
import { planSearch } from './search-plan.ts';

const words = { find: () => [], expand: (codes: string[]) => codes, families: () => new Map<string, string[]>() };
const request = { limit: 20, lang: 'mn', view: 'public' } as const;
const planOf = (more: Partial<SearchRequest>) =>
  planSearch({ ...request, ...more }, words, { index: 'one', version: INDEX_VERSION, nowMs: 9_000 });

test('starts count from now on, and from the moment of the first page on in those that follow', () => {
  const after = { index: 'one', sort: [10_000, 0, 'event_1'], nowMs: 5_000 };
  const [first, next] = [planOf({ sort: 'start' }), planOf({ sort: 'start', after })];
  expect([first.nowMs, next.nowMs]).toEqual([9_000, 5_000]);
  expect(next.sort[0]?.clause).toMatchObject({ _script: { order: 'asc', script: { params: { now: 5_000 } } } });
});

test('no other order depends on the time, so that its cursors hold none', () => {
  expect(planOf({ sort: 'name' })).not.toHaveProperty('nowMs');
});
