import type { Random } from '@ortoo/shared/kernel';

/** Draws from rows by their weights; the table is made once. */
export function createShares<T>(rows: readonly (readonly [item: T, weight: number])[]): (random: Random) => T {
  const total = rows.reduce((sum, [, weight]) => sum + weight, 0);
  return (random) => {
    let left = random.next() * total;
    for (const [item, weight] of rows) {
      left -= weight;
      if (left < 0) return item;
    }
    return rows[rows.length - 1]?.[0] as T;
  };
}

/** Draws the n-th of a list with a weight of 1/n. Source: Zipf's law. */
export function createZipf<T>(ranked: readonly T[]): (random: Random) => T {
  return createShares(ranked.map((item, rank) => [item, 1 / (rank + 1)] as const));
}
