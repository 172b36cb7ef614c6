import { load, type Stretch, type Target } from './load.ts';

export type Plan = { rounds: number; seconds: number; warmUpSeconds: number };

/** `ratio`: ours over theirs in requests per second, the median of the rounds with the least and the most. */
export type Pair = {
  what: string;
  against: string;
  ratio: { median: number; min: number; max: number };
  ours: Stretch;
  theirs: Stretch;
};

type Options = { what: string; ours: Target; theirs: Target; connections: number; plan: Plan };

/**
 * Measures two targets in turns, A B then B A, after both are warm: what the machine does meanwhile falls on both. The
 * stretches shown are those of the median round.
 */
export async function measurePair({ what, ours, theirs, connections, plan }: Options): Promise<Pair> {
  for (const target of [ours, theirs]) await load(target, { connections, seconds: plan.warmUpSeconds });
  const rounds: { ratio: number; ours: Stretch; theirs: Stretch }[] = [];
  for (let round = 0; round < plan.rounds; round += 1) {
    const order = round % 2 === 0 ? [ours, theirs] : [theirs, ours];
    const taken = new Map<Target, Stretch>();
    for (const target of order) taken.set(target, await load(target, { connections, seconds: plan.seconds }));
    const [a, b] = [taken.get(ours), taken.get(theirs)];
    if (a && b) rounds.push({ ratio: a.perSecond / b.perSecond, ours: a, theirs: b });
  }
  rounds.sort((a, b) => a.ratio - b.ratio);
  const middle = rounds[Math.floor(rounds.length / 2)];
  if (!middle) throw new Error('No round was measured.');
  return {
    what,
    against: theirs.name,
    ratio: { median: round2(middle.ratio), min: round2(rounds[0]?.ratio ?? 0), max: round2(rounds.at(-1)?.ratio ?? 0) },
    ours: middle.ours,
    theirs: middle.theirs,
  };
}

export function round2(value: number): number {
  return Math.round(value * 100) / 100;
}
