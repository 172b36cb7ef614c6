import { AppError, type Clock, type Context, remainingMs } from '@ortoo/shared/kernel';
import type { SearchAnswer, SearchBody } from '../index/engine-documents.ts';
import { buildSearch, type Relaxed, type SearchPlan } from './build-query.ts';
import { COMPLETE, WHOLE } from './explain.ts';
import { type Candidate, NEARNESS_SURE, type Near, rankNames } from './relaxed-names.ts';
import { buildNearNames, buildNearTexts, buildNearWords, FEW_HITS, isRelaxable } from './relaxed-query.ts';

/** As many names are added at most. */
const NAMES_MAX = 20;

/** The second look at a thin search takes no longer, and leaves the caller the time to be given the first. */
const SECOND_LOOK_MAX_MS = 1_000;
const REPLY_RESERVE_MS = 500;

type Ask = (body: SearchBody) => Promise<SearchAnswer>;
type Asked = { plan: SearchPlan; answer: SearchAnswer };
type Hit = SearchAnswer['hits'][number];
type SecondPass = { relaxed: Relaxed; didYouMean: string | null };

/**
 * Asks within the time that a second look has of the caller's, all its requests together; what is left over is asked
 * nothing: an engine that is slow already is not given more to do. Throws TIMEOUT.
 */
export function secondLook(
  ctx: Context,
  clock: Clock,
  ask: (inTime: Context, body: SearchBody) => Promise<SearchAnswer>,
): Ask {
  const deadlineMs = Math.min(ctx.deadlineMs - REPLY_RESERVE_MS, clock.nowMs() + SECOND_LOOK_MAX_MS);
  const inTime = { ...ctx, deadlineMs };
  return async (body) => {
    if (remainingMs(inTime, clock) <= 0) throw AppError.timeout('search.too-slow', 'No time is left to look again.');
    return ask(inTime, body);
  };
}

/**
 * What was found, with what may have been meant where few hits hold all that was typed: asked once more as one search,
 * so that pages and counts are of all that is answered. Where that fails or takes too long, the first answer stands.
 */
export async function relax(
  { log }: Pick<Context, 'log'>,
  first: Asked,
  ask: Ask,
): Promise<Asked & { didYouMean: string | null }> {
  try {
    const found = await lookAgain(first.plan, first.answer, ask);
    if (!found) return { ...first, didYouMean: null };
    const plan = { ...first.plan, relaxed: found.relaxed };
    return { plan, answer: await ask(buildSearch(plan)), didYouMean: found.didYouMean };
  } catch (error) {
    log.warn(
      { reason: (error as Error).message },
      'the second look of a search failed; what was found as typed is answered',
    );
    return { ...first, didYouMean: null };
  }
}

/**
 * What may have been meant where few hits hold all that was typed: names that differ in letters and, where none is surely
 * meant and there are few hits of any sort, texts. `ask` asks the engine. Null where nothing is to be looked for, as
 * something is called just so, or nothing new is found.
 */
async function lookAgain(plan: SearchPlan, first: SearchAnswer, ask: Ask): Promise<SecondPass | null> {
  const complete = first.hits.filter(({ matched }) => matched.includes(COMPLETE));
  const isWhole = first.hits.some(({ matched }) => matched.includes(WHOLE));
  if (!isRelaxable(plan) || isWhole || complete.length >= FEW_HITS) return null;
  const isThin = first.hits.length < FEW_HITS;
  return chooseHits({
    complete: idsOf(complete),
    partly: isThin ? idsOf(first.hits.filter((hit) => !complete.includes(hit))) : null,
    ...(await findNear(plan, ask, isThin)),
  });
}

/** Names whose every word is nearly as typed are found quickly. Where none is surely meant, those most like it, and texts. */
async function findNear(plan: SearchPlan, ask: Ask, withTexts: boolean): Promise<Pick<Found, 'near' | 'texts'>> {
  const rank = (answer: SearchAnswer) => rankNames(plan.query.words, candidatesOf(answer));
  const byWords = rank(await ask(buildNearWords(plan)));
  if (byWords.some(({ nearness }) => nearness >= NEARNESS_SURE)) return { near: byWords, texts: [] };
  const [names, texts] = await Promise.all([
    ask(buildNearNames(plan)),
    withTexts ? ask(buildNearTexts(plan)) : Promise.resolve(null),
  ]);
  return { near: rank(names), texts: idsOf(texts?.hits ?? []) };
}

/** `partly`: what holds a part of what was typed, null where that is much. `near`: names, the nearest first. */
type Found = { complete: string[]; partly: string[] | null; near: Near[]; texts: string[] };

/** Pure: which of what was found is added, and where; null for nothing. Each id has one place. */
export function chooseHits({ complete, partly, near: all, texts }: Found): SecondPass | null {
  const near = all
    .filter(({ id, nearness }) => !complete.includes(id) && (partly || nearness >= NEARNESS_SURE))
    .slice(0, NAMES_MAX);
  const taken = new Set(complete);
  const take = (ids: string[]) => ids.filter((id) => !taken.has(id) && taken.add(id));
  const relaxed = {
    complete,
    sure: take(near.filter(({ nearness }) => nearness >= NEARNESS_SURE).map(({ id }) => id)),
    partly: take(partly ?? []),
    unsure: take(near.map(({ id }) => id)),
    texts: take(texts),
  };
  if (relaxed.sure.length + relaxed.unsure.length + relaxed.texts.length === 0) return null;
  return { relaxed, didYouMean: complete.length > 0 ? null : (near[0]?.name ?? null) };
}

const idsOf = (hits: Hit[]) => hits.map(({ id }) => id);

function candidatesOf({ hits }: SearchAnswer): Candidate[] {
  return hits.map(({ id, source }) => ({ id, names: (source as { name_all?: string[] }).name_all ?? [] }));
}
