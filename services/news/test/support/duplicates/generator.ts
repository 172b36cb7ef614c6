import type { LocaleTag } from '@ortoo/shared/contracts';
import { type Lexicon, lexicons } from './lexicon.ts';

/** A stream of numbers in [0, 1) that is the same for the same seed (Mulberry32). */
export type Draw = () => number;

export function createDraw(seed: number): Draw {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const below = (draw: Draw, bound: number) => Math.floor(draw() * bound);
const oneOf = <T>(draw: Draw, list: readonly T[]): T => list[below(draw, list.length)] as T;
/** The first of a list are drawn much more often, as words are (Zipf). */
const often = <T>(draw: Draw, list: readonly T[]): T => list[Math.floor(draw() ** 2 * list.length)] as T;

/** An article as its words, punctuation among them; `headline` is how many of them are the headline. */
export type Made = { language: LocaleTag; words: string[]; headline: number };

type Wanted = { language: LocaleTag; topic: number; length: number };

/**
 * A different article each time: sentences of one topic's few words, every fourth of them one that agencies share, and
 * at the end what its source puts under each article (where there is room for it).
 */
export function makeArticle(draw: Draw, { language, topic, length }: Wanted): Made {
  const lexicon = lexicons[language];
  const terms = lexicon.topics[topic % lexicon.topics.length] as string[];
  const headline = sentence(draw, lexicon, terms).slice(0, 8);
  const footer = oneOf(draw, lexicon.footers).split(' ');
  const room = length - headline.length - (length >= 150 ? footer.length : 0);
  const body: string[] = [];
  while (body.length < room) {
    const next = draw() < 0.25 ? oneOf(draw, lexicon.agency).split(' ') : sentence(draw, lexicon, terms);
    body.push(...next, lexicon.stop);
  }
  const words = [...headline, ...body.slice(0, room), ...(length >= 150 ? footer : [])];
  return { language, words: words.map((word) => word.replaceAll('_', ' ')), headline: headline.length };
}

function sentence(draw: Draw, lexicon: Lexicon, terms: string[]): string[] {
  const { qualities, verbs, links, people, places } = lexicon;
  const words: string[] = [];
  const noun = () => {
    if (draw() < 0.4) words.push(oneOf(draw, qualities));
    words.push(often(draw, terms));
  };
  if (draw() < 0.2) words.push(oneOf(draw, people));
  noun();
  words.push(often(draw, verbs));
  const more = 1 + below(draw, 4);
  for (let place = 0; place < more; place += 1) {
    words.push(often(draw, links));
    if (draw() < 0.2) words.push(oneOf(draw, places));
    else noun();
    if (draw() < 0.2) words.push(String(below(draw, 900) + 10));
  }
  return words;
}

type Editing = 'replaced' | 'deleted' | 'inserted' | 'mixed';

/** A copy with `share` of its words changed, and some capitals and punctuation moved, which are no words. */
export function editCopy(
  draw: Draw,
  { language, words, headline }: Made,
  { share, editing }: { share: number; editing: Editing },
): Made {
  const lexicon = lexicons[language];
  const isWord = (word: string) => word !== lexicon.stop;
  const places = words.flatMap((word, place) => (isWord(word) ? [place] : []));
  const chosen = new Set<number>();
  const count = Math.floor(places.length * share);
  while (chosen.size < count) chosen.add(oneOf(draw, places));
  const fresh = () =>
    oneOf(draw, [...lexicon.topics.flat(), ...lexicon.verbs, ...lexicon.qualities]).replaceAll('_', ' ');
  const edited = words.flatMap((word, place) => {
    if (!chosen.has(place)) return isWord(word) ? [recase(draw, word)] : draw() < 0.2 ? [] : [word];
    const way = editing === 'mixed' ? oneOf(draw, ['replaced', 'deleted', 'inserted'] as const) : editing;
    if (way === 'deleted') return [];
    return way === 'replaced' ? [fresh()] : [word, fresh()];
  });
  return { language, words: edited, headline };
}

const recase = (draw: Draw, word: string) =>
  draw() < 0.03 ? word.toUpperCase() : draw() < 0.03 ? `${word},` : draw() < 0.01 ? `“${word}”` : word;

/** The text as it would be stored: the headline on a line of its own. */
export function textOf({ language, words, headline }: Made): string {
  const { space } = lexicons[language];
  return `${words.slice(0, headline).join(space)}\n${words.slice(headline).join(space)}`;
}
