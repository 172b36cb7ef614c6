import { expect, test } from 'vitest';
import { AppError, jitterMs, pause } from '../kernel/index.ts';
import type { Body, ResourceClient, Shown } from './resource-client.ts';
import { stepsOf } from './resource-conformance-trail.ts';
import type { Suite } from './resource-under-test.ts';

const WRITERS = 100;
/** Each try that fails was lost to another writer's, so nobody can lose more often than this. */
const TRIES_MAX = 2 * WRITERS;
/** Who lost waits until about all who are left have had their turn, by what a turn takes on this machine. */
const TURN_MS = 10;
const LOSER_PAUSE_MAX_MS = 3_000;
const CONTEST_MS = 120_000;

/** Many writers of one document at the same time: none is lost, none comes twice, none is refused for its number. */
export function describeContest({ resource, owner }: Suite): void {
  const title = `written by ${WRITERS} at once, it counts every version, each with exactly one winner, and turns nobody away`;
  test(title, { timeout: CONTEST_MS }, async () => {
    const made = await owner().fresh();
    const bodies = Array.from({ length: WRITERS }, () => resource.change(owner().next()));
    const outcomes = await Promise.all(bodies.map((body) => writeUntilWon(owner(), made, body)));
    const won = outcomes.filter((v) => v !== undefined);
    const current = await owner().get(made.id);
    const all = Array.from({ length: current.v - made.v }, (_, place) => made.v + 1 + place);
    expect(new Set(won).size).toBe(won.length);
    expect(won.filter((v) => !all.includes(v))).toEqual([]);
    expect(won.length).toBeGreaterThan(WRITERS / 2); // else it was no contest
    expect(all.length).toBeLessThanOrEqual(WRITERS);
    expect(current).toMatchObject(bodies[outcomes.indexOf(current.v)] ?? {});
    const range = { id: made.id, from: made.v + 1, to: current.v };
    expect((await stepsOf(owner(), range)).steps.map(({ v }) => v)).toEqual(all);
    expect((await owner().revisions(made.id, range.from, range.to)).map(({ v }) => v)).toEqual(all);
  });
}

/**
 * Writes as a client does that reads again, a moment later, when another was faster. Answers the version that is its
 * own; undefined where the machine was too busy to answer in time: that write was done once or not at all.
 */
async function writeUntilWon(client: ResourceClient, { id, v: first }: Shown, body: Body): Promise<number | undefined> {
  let v = first;
  let turnMs = TURN_MS;
  for (let tries = 1; tries <= TRIES_MAX; tries += 1) {
    const answer = await client.change({ id, v }, body).catch(codeOf);
    if (answer === 'TIMEOUT') return undefined;
    if (answer !== 'VERSION_MISMATCH') return answer.v;
    const left = WRITERS - (v - first);
    await pause(jitterMs(Math.min(left * turnMs, LOSER_PAUSE_MAX_MS), 0.9));
    const startedMs = performance.now();
    const read = await client.get(id).catch(codeOf);
    if (typeof read !== 'string') v = read.v;
    turnMs = Math.max(TURN_MS, performance.now() - startedMs);
  }
  throw new Error(`A writer lost ${TRIES_MAX} times.`);
}

/** What may befall a writer: another was faster, or the machine too slow. Anything else is thrown. */
function codeOf(error: unknown): 'VERSION_MISMATCH' | 'TIMEOUT' {
  if (error instanceof AppError && (error.code === 'VERSION_MISMATCH' || error.code === 'TIMEOUT')) return error.code;
  throw error;
}
