import { systemClock, toInstant } from '@ortoo/shared/kernel';
import { testContext } from '@ortoo/shared/testing';
import { expect, test } from 'vitest';
import { createSitemapPages, type SitemapPage, type Step } from './sitemap-pages.ts';

const STEP = 100;

/** Documents by their `createdAt` alone, asked for in steps, on a clock that each step and the test turn. */
function rig(count: number, stepMs = 0) {
  let nowMs = 1_000_000;
  let steps = 0;
  const documents = Array.from({ length: count }, (_none, place) => toInstant(place * 1_000));
  const step = (after: string | undefined): Step => {
    const from = after === undefined ? 0 : documents.findIndex((one) => one > after);
    const rest = from < 0 ? [] : documents.slice(from);
    const createdAt = rest.slice(0, STEP);
    return { createdAt, next: rest.length > STEP ? [createdAt.at(-1) ?? ''] : null };
  };
  const pages = createSitemapPages({
    ask: async (_ctx, after) => {
      steps += 1;
      nowMs += stepMs;
      return step(after?.[0] as string | undefined);
    },
    clock: { ...systemClock, nowMs: () => nowMs },
  });
  return {
    documents,
    all: () => pages.all(testContext()),
    steps: () => steps,
    pass: (ms: number) => {
      nowMs += ms;
    },
    inside: ({ after, until }: SitemapPage) =>
      documents.filter((one) => (after === null || one > String(after[0])) && (until === null || one <= until)),
  };
}

test.each([0, 1, 100, 999, 1_000, 1_001, 2_350])(
  '%i documents are divided, each in one page, in order',
  async (count) => {
    const { all, inside, documents } = rig(count);
    const pages = await all();
    expect(pages.flatMap(inside)).toEqual(documents);
    expect(pages).toHaveLength(Math.max(1, Math.ceil(count / 1_000)));
  },
);

test('what is new comes to the last page, which is divided when it is full, and costs no walk through the others', async () => {
  const { all, inside, documents, steps } = rig(2_350);
  const before = await all();
  const walked = steps();
  documents.push(...Array.from({ length: 900 }, (_none, place) => toInstant((5_000 + place) * 1_000)));
  const after = await all();
  expect(after.slice(0, 2)).toEqual(before.slice(0, 2));
  expect(after.map((page) => inside(page).length)).toEqual([1_000, 1_000, 1_000, 250]);
  expect(steps() - walked).toBeLessThanOrEqual(13);
});

test('a question walks for a while only, and the next one goes on', async () => {
  const { all, inside, documents } = rig(5_000, 100);
  const first = await all();
  expect(first.map((page) => inside(page).length)).toEqual([1_000, 1_000, 1_000, 2_000]);
  const second = await all();
  expect(second.map((page) => inside(page).length)).toEqual([1_000, 1_000, 1_000, 1_000, 1_000]);
  expect(second.flatMap(inside)).toEqual(documents);
});

test('those who ask at once share one walk', async () => {
  const { all, steps } = rig(2_350);
  const [one, other] = await Promise.all([all(), all()]);
  expect(one).toEqual(other);
  expect(steps()).toBe(24);
});

test('after an hour pages that have grown are divided anew, and until that is done the old ones hold', async () => {
  const { all, inside, documents, pass } = rig(1_500, 100);
  const old = await all();
  documents.push(...Array.from({ length: 4_000 }, (_none, place) => toInstant(place * 100 + 50)));
  documents.sort();
  expect((await all()).map((page) => inside(page).length)[0]).toBeGreaterThan(4_000);
  pass(3_600_001);
  expect(await all()).toEqual(old);
  await all();
  const anew = await all();
  expect(anew.flatMap(inside)).toEqual(documents);
  expect(Math.max(...anew.map((page) => inside(page).length))).toBe(1_000);
});
