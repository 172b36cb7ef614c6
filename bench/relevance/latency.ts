import { type Times, timed, timesOf } from '../scale/times.ts';
import { round2 } from '../speed/pair.ts';
import type { EvalSet } from './eval-set.ts';
import type { Question } from './product-search.ts';
import { questionOf } from './score.ts';

/** `ratio`: p95 of a search over p95 of the bare match. */
export type Latency = { search: Times; match: Times; ratio: number };
type Ask = (question: Question) => Promise<unknown>;

/** One question after another, warm, the search and the bare match in turns, every second pair the other way round. */
export async function measureLatency(
  search: Ask,
  match: Ask,
  set: Pick<EvalSet, 'queries' | 'kind'>,
): Promise<Latency> {
  const questions = set.queries.map(({ q }) => ({ ...questionOf(set, q), limit: 10 }));
  for (const question of questions) {
    await search(question);
    await match(question);
  }
  const searchMs: number[] = [];
  const matchMs: number[] = [];
  for (const [place, question] of questions.entries()) {
    const first = place % 2 === 0 ? ([search, searchMs] as const) : ([match, matchMs] as const);
    const second = place % 2 === 0 ? ([match, matchMs] as const) : ([search, searchMs] as const);
    for (const [ask, taken] of [first, second]) taken.push(await timed(() => ask(question)));
  }
  const [ours, bare] = [timesOf(searchMs), timesOf(matchMs)];
  return { search: ours, match: bare, ratio: round2(ours.p95Ms / bare.p95Ms) };
}
