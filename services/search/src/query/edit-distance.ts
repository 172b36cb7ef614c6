/**
 * How many letters are to be changed, put in, left out or swapped with their neighbour until one word is the other
 * (optimal string alignment). Counts code points. Above `most` it stops and answers `most + 1`.
 */
export function editDistance(one: string, other: string, most: number): number {
  const a = codePointsOf(one);
  const b = codePointsOf(other);
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let [before, last, row] = rowsFor(b.length + 1);
  for (let j = 0; j <= b.length; j += 1) last[j] = j;
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

type Rows = [Uint16Array, Uint16Array, Uint16Array];
const rowsOf = (length: number): Rows => [new Uint16Array(length), new Uint16Array(length), new Uint16Array(length)];
let kept = rowsOf(64);

/** Three rows that take turns, the same for every pair: this runs for thousands of pairs at once, which leave no garbage. */
function rowsFor(length: number): Rows {
  if (length > kept[0].length) kept = rowsOf(length);
  return kept;
}

function codePointsOf(word: string): number[] {
  const points: number[] = [];
  for (let place = 0; place < word.length; place += 1) {
    const point = word.codePointAt(place) ?? 0;
    if (point > 0xffff) place += 1;
    points.push(point);
  }
  return points;
}

const at = (row: Uint16Array, place: number): number => row[place] ?? Number.POSITIVE_INFINITY;
