/**
 * How many letters are to be changed, put in, left out or swapped with their neighbour until one word is the other
 * (optimal string alignment). Counts code points. Above `most` it stops and answers `most + 1`.
 */
export function editDistance(one: string, other: string, most: number): number {
  const a = codePointsOf(one);
  const b = codePointsOf(other);
  if (Math.abs(a.length - b.length) > most) return most + 1;
  // Three rows that take turns: this runs for many names at once, where a row of its own for each letter costs most of the time.
  let before = new Uint16Array(b.length + 1);
  let last = Uint16Array.from({ length: b.length + 1 }, (_, place) => place);
  let row = new Uint16Array(b.length + 1);
  for (let i = 1; i <= a.length; i += 1) {
    row[0] = i;
    let least = i;
    for (let j = 1; j <= b.length; j += 1) {
      const isSame = a[i - 1] === b[j - 1];
      let steps = Math.min(at(last, j) + 1, at(row, j - 1) + 1, at(last, j - 1) + (isSame ? 0 : 1));
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (isSwap) steps = Math.min(steps, at(before, j - 2) + 1);
      row[j] = steps;
      if (steps < least) least = steps;
    }
    if (least > most) return most + 1;
    [before, last, row] = [last, row, before];
  }
  return Math.min(at(last, b.length), most + 1);
}

const codePointsOf = (word: string) => Uint32Array.from(Array.from(word, (letter) => letter.codePointAt(0) ?? 0));
const at = (row: Uint16Array, place: number): number => row[place] ?? Number.POSITIVE_INFINITY;
