/**
 * How many letters are to be changed, put in, left out or swapped with their neighbour until one word is the other
 * (optimal string alignment). Counts code points. Above `most` it stops and answers `most + 1`.
 */
export function editDistance(one: string, other: string, most: number): number {
  const a = Array.from(one);
  const b = Array.from(other);
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, place) => place);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const isSame = a[i - 1] === b[j - 1];
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const steps = [at(last, j) + 1, at(row, j - 1) + 1, at(last, j - 1) + (isSame ? 0 : 1)];
      row[j] = Math.min(...steps, isSwap ? at(before, j - 2) + 1 : Number.POSITIVE_INFINITY);
    }
    if (Math.min(...row) > most) return most + 1;
    [before, last] = [last, row];
  }
  return Math.min(at(last, b.length), most + 1);
}

const at = (row: number[], place: number): number => row[place] ?? Number.POSITIVE_INFINITY;
