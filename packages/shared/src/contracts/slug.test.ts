import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AppError } from '../kernel/errors.ts';
import { Slug, TypedSlug } from './atoms.ts';
import { createParser } from './parse.ts';
import { firstSlugs, nextSlugs, normalizeSlug, OLD_SLUGS_MAX, slugKeys, slugOf, writeWithFreeSlug } from './slug.ts';

const parseSlug = createParser(Slug);
const parseTyped = createParser(TypedSlug);

test.each([
  ['Gobi Cement', 'gobi-cement'],
  ['Говь Цемент', 'говь-цемент'],
  ['Ёлка & Йод', 'ёлка-йод'],
  ['Café Ñandú – Straße №5', 'cafe-nandu-strasse-no5'],
  ['몽골 시멘트', '몽골-시멘트'],
  ['蒙古 水泥', '蒙古-水泥'],
  ["Men's  Wear!", 'mens-wear'],
  ['ＡＢＣ', 'abc'],
  ['***', ''],
])('%s becomes %s', (text, slug) => {
  expect(slugOf(text)).toBe(slug);
});

test('any text gives a valid slug or none, and a slug gives itself', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
      const slug = slugOf(text);
      if (slug !== '') parseSlug(slug);
      expect(slugOf(slug)).toBe(slug);
      expect(slug.length).toBeLessThanOrEqual(110);
    }),
    { numRuns: 500 },
  );
});

test.each([
  ['İstanbul', 'istanbul'],
  ['байгаль', 'байгаль'],
  ['байгаль'.normalize('NFD'), 'байгаль'],
  ['Cafe\u0301', 'café'],
])('%s as it may be typed is stored as %s, which may be typed again', (typed, stored) => {
  expect(firstSlugs(parseTyped(typed), 'made').slug).toBe(stored);
  expect(parseSlug(stored)).toBe(stored);
});

test('any slug that may be typed is stored as a slug', () => {
  const word = fc.stringMatching(/^[\p{L}\p{N}]\p{M}?$/u);
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 20 }), (words) => {
      const stored = normalizeSlug(parseTyped(words.join('-')));
      expect(parseSlug(stored)).toBe(stored);
      expect(normalizeSlug(stored)).toBe(stored);
    }),
  );
});

test('a slug follows a rename until it is set by hand, and the old ones stay reserved', () => {
  const first = firstSlugs(undefined, 'a');
  const renamed = nextSlugs(first, { wish: { type: 'keep' }, made: 'b', isRenamed: true });
  expect(renamed).toEqual({ slug: 'b', isSlugPinned: false, oldSlugs: ['a'] });
  const pinned = nextSlugs(renamed, { wish: { type: 'pin', slug: 'Mine' }, made: 'b', isRenamed: false });
  expect(pinned).toEqual({ slug: 'mine', isSlugPinned: true, oldSlugs: ['a', 'b'] });
  expect(nextSlugs(pinned, { wish: { type: 'keep' }, made: 'c', isRenamed: true }).slug).toBe('mine');
  const followed = nextSlugs(pinned, { wish: { type: 'follow' }, made: 'a', isRenamed: false });
  expect(followed).toEqual({ slug: 'a', isSlugPinned: false, oldSlugs: ['b', 'mine'] });
  expect(slugKeys(followed)).toEqual(['slug:a', 'slug:b', 'slug:mine']);
});

test('the current slug in a body does not pin it', () => {
  const first = firstSlugs(undefined, 'a');
  expect(nextSlugs(first, { wish: { type: 'pin', slug: 'a' }, made: 'b', isRenamed: true })).toMatchObject({
    slug: 'b',
    isSlugPinned: false,
  });
});

test('old slugs are bounded, the newest are kept', () => {
  let slugs = firstSlugs(undefined, 's0');
  for (let n = 1; n <= OLD_SLUGS_MAX + 5; n += 1)
    slugs = nextSlugs(slugs, { wish: { type: 'keep' }, made: `s${n}`, isRenamed: true });
  expect(slugs.oldSlugs).toHaveLength(OLD_SLUGS_MAX);
  expect(slugs.oldSlugs.at(-1)).toBe(`s${OLD_SLUGS_MAX + 4}`);
});

const edit = fc.record({
  wish: fc.oneof(
    fc.constant({ type: 'keep' as const }),
    fc.constant({ type: 'follow' as const }),
    fc.constantFrom('a', 'b', 'c', 'd').map((slug) => ({ type: 'pin' as const, slug })),
  ),
  made: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
  isRenamed: fc.boolean(),
});

test('through any edits every slug that was left redirects, no slug is held twice, and a pinned one stays', () => {
  fc.assert(
    fc.property(fc.array(edit, { maxLength: 40 }), (edits) => {
      let slugs = firstSlugs(undefined, 'first');
      const had = new Set([slugs.slug]);
      for (const one of edits) {
        const next = nextSlugs(slugs, one);
        const isKept = slugs.isSlugPinned && one.wish.type === 'keep';
        expect(isKept ? next : slugs).toEqual(slugs);
        const pinned = one.wish.type === 'pin' ? one.wish.slug : next.slug;
        expect([next.slug, slugs.slug]).toContain(pinned);
        slugs = next;
        had.add(slugs.slug);
        expect(new Set(slugKeys(slugs)).size).toBe(slugKeys(slugs).length);
        expect(new Set([slugs.slug, ...slugs.oldSlugs])).toEqual(had);
      }
    }),
  );
});

const taken = (slug: string) => AppError.conflict('company.slug-taken', `The slug ${slug} is taken.`);

test('a collision is passed by with the next number, at last with the end of the id', async () => {
  const tried: string[] = [];
  const write = (free: string) => async (suffix: string) => {
    tried.push(suffix);
    if (suffix !== free) throw taken(`a${suffix}`);
    return suffix;
  };
  expect(await writeWithFreeSlug('company_0123456789abcdef', write('-3'))).toBe('-3');
  expect(await writeWithFreeSlug('company_0123456789abcdef', write('-89abcdef'))).toBe('-89abcdef');
  await expect(writeWithFreeSlug('company_0123456789abcdef', write('none'))).rejects.toMatchObject({
    reason: 'company.slug-taken',
  });
});

test('a collision of a slug set by hand is the answer', async () => {
  const write = async () => Promise.reject(taken('mine'));
  await expect(writeWithFreeSlug('x', write)).rejects.toMatchObject({
    code: 'CONFLICT',
    message: 'The slug mine is taken.',
  });
});
