import { expect, test } from 'vitest';
import type { Asked } from './eval-set.ts';
import { measureLatency } from './latency.ts';

test('each is warmed up, then both are asked in turns, every second pair the other way round', async () => {
  const asked: string[] = [];
  const ask = (who: string) => async (question: { q: string }) => asked.push(`${who} ${question.q}`);
  const queries = ['a', 'b'].map((q): Asked => ({ q, half: 'test', form: 'exact', judged: new Map() }));
  const { search, match } = await measureLatency(ask('search'), ask('match'), { queries, kind: 'company' });
  expect(asked).toEqual([
    ...['search a', 'match a', 'search b', 'match b'],
    ...['search a', 'match a', 'match b', 'search b'],
  ]);
  expect([search.requests, match.requests]).toEqual([2, 2]);
});
