import type { Random } from '@ortoo/shared/kernel';
import { createShares } from './shares.ts';

/** The two families of Mongolian vowels; и goes with either. */
type Harmony = { first: string[]; later: Record<string, string[]> };

/** What may follow a first vowel: after о and ө comes the same rounding, after у and ү the unrounded one. */
const back: Harmony = {
  first: ['а', 'а', 'а', 'о', 'о', 'у', 'у', 'аа', 'уу', 'ай', 'ой'],
  later: { а: ['а', 'а', 'аа', 'уу', 'ай', 'и'], о: ['о', 'о', 'оо', 'ой', 'и'], у: ['а', 'а', 'уу', 'ай', 'и'] },
};
const front: Harmony = {
  first: ['э', 'э', 'э', 'ө', 'ө', 'ү', 'ү', 'ээ', 'үү', 'өө', 'үй'],
  later: { э: ['э', 'э', 'ээ', 'үү', 'и'], ө: ['ө', 'ө', 'өө', 'и'], ү: ['э', 'э', 'үү', 'и'] },
};

const harmony = createShares([
  [back, 58],
  [front, 42],
]);
const syllableCount = createShares([
  [2, 62],
  [3, 33],
  [4, 5],
]);
/** No native word begins with р, п, к or ф. */
const onset = createShares(weigh('б12 д10 г8 х12 т9 с8 ш4 ж5 з5 ц5 ч4 м9 н7 л1 5'));
const middle = createShares(weigh('л9 р12 г11 д8 т6 с6 м5 н7 х7 в6 ж3 з3 ц3 ч3 ш3'));
/** A last syllable is mostly closed; two consonants only where a sonorant leads. */
const coda = createShares(weigh('н14 л9 р12 г10 д6 т5 с6 м4 в3 ш3 х4 рд2 лд2 нд2 лт2 рт2 нх2 рс1 16'));
/** An inner syllable is mostly open. */
const innerCoda = createShares(weigh('н6 л7 р7 г4 м4 х2 70'));

/** Rows of letters with their weights; a bare number is the weight of nothing. */
function weigh(text: string): [string, number][] {
  return text.split(' ').map((row) => {
    const letters = row.replace(/\d+$/, '');
    return [letters, Number(row.slice(letters.length))];
  });
}

/** A made-up word that sounds Mongolian, in lower case: 2 to 4 syllables in vowel harmony. */
export function inventWord(random: Random): string {
  const { first, later } = harmony(random);
  const count = syllableCount(random);
  let vowel = random.pick(first);
  const family = vowel.charAt(0);
  let word = onset(random) + vowel;
  for (let place = 1; place < count; place += 1) {
    vowel = random.pick(later[family] ?? []);
    word += innerCoda(random) + middle(random) + vowel;
  }
  return word + coda(random);
}
