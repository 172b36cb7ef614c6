/** More edits than this make a suggestion a guess. */
const DISTANCE_MAX = 3;

/** The known name nearest to a mistyped one by edit distance, or undefined when none is near. */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  const sought = name.toLowerCase();
  let best: string | undefined;
  let least = Math.min(DISTANCE_MAX, Math.floor(name.length / 2)) + 1;
  for (const candidate of known) {
    if (Math.abs(candidate.length - sought.length) >= least) continue; // a name may be as long as a body
    const distance = editDistance(sought, candidate.toLowerCase());
    if (distance < least) {
      least = distance;
      best = candidate;
    }
  }
  return best;
}

/** Optimal string alignment distance: insertions, deletions, substitutions and swaps of neighbours. */
export function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const isSame = a[row - 1] === b[column - 1];
      const isSwap = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      const step = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (isSame ? 0 : 1),
      );
      current.push(isSwap ? Math.min(step, (beforeLast[column - 2] ?? 0) + 1) : step);
    }
    beforeLast = last;
    last = current;
  }
  return last[b.length] ?? 0;
}
