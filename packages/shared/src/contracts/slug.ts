import { AppError } from '../kernel/errors.ts';

/** Room for a number or an id's end after the words. */
const WORDS_LENGTH_MAX = 100;
/** Old slugs that stay reserved for a document; older ones become free. */
export const OLD_SLUGS_MAX = 50;
/** Numbers that are tried on a collision, after which the end of the id tells documents apart. */
const NUMBERS_MAX = 20;

/** Latin letters that Unicode does not take apart into a base letter and marks. */
const foldedLetters: Record<string, string> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
};

/**
 * Words for an address: lower case, joined by dashes. Latin letters lose their marks (`Café` → `cafe`); letters of
 * other scripts stay (`Говь Цемент` → `говь-цемент`). Empty when the text has neither letters nor digits.
 */
export function slugOf(text: string): string {
  const folded = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\p{Script=Latin}\p{M}*/gu, foldLatin)
    .normalize('NFC')
    .replace(/[\p{M}'’ʼ]/gu, '');
  const words = folded.match(/[\p{L}\p{N}]+/gu) ?? [];
  return cutAtWord(words.join('-'));
}

function foldLatin(letter: string): string {
  const plain = letter.normalize('NFD').replace(/\p{M}/gu, '');
  return foldedLetters[plain] ?? plain;
}

function cutAtWord(slug: string): string {
  if (slug.length <= WORDS_LENGTH_MAX) return slug;
  const head = slug.slice(0, WORDS_LENGTH_MAX + 1);
  const end = head.lastIndexOf('-');
  return end > 0
    ? head.slice(0, end)
    : Array.from(slug)
        .slice(0, WORDS_LENGTH_MAX / 2)
        .join('');
}

/** The unique key that reserves a slug, and by which a document is found. Letter case does not count. */
export function slugKey(slug: string): string {
  return `slug:${normalizeSlug(slug)}`;
}

/** A slug that somebody typed, in the form in which it is stored: one of two spellings of a letter, no marks left over. */
export function normalizeSlug(slug: string): string {
  return slug.normalize('NFC').toLowerCase().replace(/\p{M}/gu, '');
}

/** What a document keeps of its slugs. */
export type SlugState = { slug: string; isSlugPinned: boolean; oldSlugs: string[] };

/** What a body says about the slug: nothing, that it shall follow the name again, or which one it shall be. */
export type SlugWish = { type: 'keep' } | { type: 'follow' } | { type: 'pin'; slug: string };

/** The slugs of a new document: `typed` when there is one, which pins it, else `made` from its name. */
export function firstSlugs(typed: string | undefined, made: string): SlugState {
  const isSlugPinned = typed !== undefined;
  return { slug: isSlugPinned ? normalizeSlug(typed) : made, isSlugPinned, oldSlugs: [] };
}

/**
 * The slugs after a change. A slug that was not set by hand follows a rename; one that is left stays reserved, the
 * newest OLD_SLUGS_MAX of them, so that it can redirect.
 */
export function nextSlugs(
  current: SlugState,
  options: { wish: SlugWish; made: string; isRenamed: boolean },
): SlugState {
  const { wish, made, isRenamed } = options;
  if (wish.type === 'pin' && normalizeSlug(wish.slug) !== current.slug)
    return withSlug(current, normalizeSlug(wish.slug), true);
  if (wish.type === 'follow' && (current.isSlugPinned || isRenamed)) return withSlug(current, made, false);
  if (!current.isSlugPinned && isRenamed) return withSlug(current, made, false);
  return { slug: current.slug, isSlugPinned: current.isSlugPinned, oldSlugs: current.oldSlugs };
}

function withSlug({ slug: left, oldSlugs }: SlugState, slug: string, isSlugPinned: boolean): SlugState {
  if (left === slug) return { slug, isSlugPinned, oldSlugs };
  return { slug, isSlugPinned, oldSlugs: [...oldSlugs.filter((old) => old !== slug), left].slice(-OLD_SLUGS_MAX) };
}

/** The unique keys of all slugs of a document, the current one and those that redirect. */
export function slugKeys({ slug, oldSlugs }: SlugState): string[] {
  return [slug, ...oldSlugs].map(slugKey);
}

/**
 * Writes with a free slug: `write` is given what to append to the slug made from the name: nothing, then `-2`, `-3` …,
 * at last the end of the id. A slug that collides although another one was tried was set by hand: then the collision
 * is the answer. Any other error passes.
 */
export async function writeWithFreeSlug<T>(id: string, write: (suffix: string) => Promise<T>): Promise<T> {
  let takenBefore: unknown;
  for (let number = 1; ; number += 1) {
    try {
      return await write(suffixOf(number, id));
    } catch (error) {
      const taken = takenKey(error);
      if (taken === undefined || taken === takenBefore || number > NUMBERS_MAX) throw error;
      takenBefore = taken;
    }
  }
}

function suffixOf(number: number, id: string): string {
  if (number === 1) return '';
  return number <= NUMBERS_MAX ? `-${number}` : `-${id.slice(-8)}`;
}

function takenKey(error: unknown): unknown {
  const isTaken = error instanceof AppError && error.code === 'CONFLICT' && error.reason.endsWith('.slug-taken');
  return isTaken ? error.message : undefined; // its sentence names the slug
}
