import { lightOf, skeletonOf, wordsOf } from '@ortoo/shared/contracts';
import { editDistance } from './edit-distance.ts';

/** Names that may be meant, by nearness in the words typed. */
export type Candidate = { id: string; names: string[] };
export type Near = { id: string; name: string; nearness: number };

/** The least nearness at which a name is added at all, and at which it comes before hits that hold a part of the words. */
const NEARNESS_MIN = 0.6;
export const NEARNESS_SURE = 0.75;
/** What each letter of a name that nothing typed stands for takes away, beside a whole letter for each that differs. */
const UNTYPED_LETTER = 0.2;
/** How much the phonetic key counts beside the letters. */
const KEY_SHARE = 0.4;
/** So many names are looked at, of one document its first and of all: the service does nothing else meanwhile. */
const NAMES_OF_ONE_MAX = 30;
const NAMES_MAX = 1_500;

/** The candidates near to what was typed, the nearest first, each by its nearest name; equals stay in their order. */
export function rankNames(words: string[], candidates: Candidate[]): Near[] {
  const typed = formsOf(words);
  let left = NAMES_MAX;
  const nearest = candidates.flatMap(({ id, names }): Near[] => {
    const looked = names.slice(0, Math.min(NAMES_OF_ONE_MAX, left));
    left -= looked.length;
    const all = looked.map((name) => ({ id, name, nearness: nearness(typed, formsOf(wordsOf(name))) }));
    const [best] = all.toSorted((a, b) => b.nearness - a.nearness);
    return best && best.nearness >= NEARNESS_MIN ? [best] : [];
  });
  return nearest.toSorted((a, b) => b.nearness - a.nearness);
}

/** 1 for the same words in any order, less for each letter that differs, 0 where a number differs: numbers have no typos. */
export const nearnessOf = (typed: string[], name: string[]): number => nearness(formsOf(typed), formsOf(name));

type Forms = { words: string[]; folds: string[]; keys: string[]; numbers: string[]; isCyrillic: boolean };

/** Made once of what was typed, which is held against many names. */
function formsOf(words: string[]): Forms {
  return {
    words,
    folds: words.map(lightOf),
    keys: words.map(skeletonOf),
    numbers: words.filter((word) => /\p{N}/u.test(word)),
    isCyrillic: words.some((word) => /\p{Script=Cyrillic}/u.test(word)),
  };
}

/** In one script the letters themselves tell what the fold forgets: ө from о, one letter from two. */
function nearness(typed: Forms, name: Forms): number {
  if (typed.numbers.some((number) => !name.words.includes(number))) return 0;
  const byFold = nearnessIn(typed.folds, name.folds);
  const isOneScript = typed.isCyrillic === name.isCyrillic;
  const byLetters = isOneScript ? (byFold + nearnessIn(typed.words, name.words)) / 2 : byFold;
  return (1 - KEY_SHARE) * byLetters + KEY_SHARE * nearnessIn(typed.keys, name.keys);
}

function nearnessIn(typed: string[], name: string[]): number {
  const [all, whole] = [typed.join(''), name.join('')];
  if (all === '') return 0;
  const paired = pairedDistance(typed, name);
  const isOnePair = typed.length === 1 && name.length === 1;
  const distance = isOnePair ? paired : Math.min(paired, editDistance(all, whole, Math.floor(paired)));
  return Math.max(0, 1 - distance / all.length);
}

/** Each typed word against the nearest word of the name that no other stands for; a word without one costs its length. */
function pairedDistance(typed: string[], name: string[]): number {
  const pairs = typed
    .flatMap((word, from) =>
      name.map((other, to) => ({ from, to, distance: editDistance(word, other, word.length - 1) })),
    )
    .filter(({ from, distance }) => distance < (typed[from] ?? '').length)
    .toSorted((a, b) => a.distance - b.distance);
  const from = new Set<number>();
  const to = new Set<number>();
  let distance = 0;
  for (const pair of pairs) {
    if (from.has(pair.from) || to.has(pair.to)) continue;
    from.add(pair.from);
    to.add(pair.to);
    distance += pair.distance;
  }
  const unpaired = typed.filter((_, place) => !from.has(place)).join('').length;
  const untyped = name.filter((_, place) => !to.has(place)).join('').length;
  return distance + unpaired + UNTYPED_LETTER * untyped;
}
