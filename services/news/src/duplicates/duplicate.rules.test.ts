import type { ArticleState } from '@ortoo/shared/contracts';
import { expect, test } from 'vitest';
import { type DuplicateSight, firstDuplicate, headOfCircle, nextDuplicate, place, printOf } from './duplicate.rules.ts';

const text = Array.from({ length: 60 }, (_, n) => `үг${n}`).join(' ');
const print = printOf({ headline: 'A', plainText: text });
const { fingerprint } = print;
const [own, head, other] = ['article_1', 'article_0', 'article_9'];
const found = (sight: Partial<DuplicateSight> = {}): DuplicateSight => ({
  id: own,
  found: { fingerprint, head },
  ...sight,
});
const next = (state: object, body: object, sight = found()) => nextDuplicate(state, { body, print, sight });

test('an article is known by its headline and text, and by its summary where it has none', () => {
  expect(printOf({ headline: 'A', plainText: '', summary: text })).toEqual(print);
  expect(printOf({ headline: 'A', plainText: text, summary: 'Else.' })).toEqual(print);
  expect(printOf({ headline: 'A', plainText: 'Short.' })).toEqual({});
});

test('a new article is a duplicate of the oldest like it, unless its body says of what', () => {
  expect(firstDuplicate(undefined, print, found()).duplicate).toEqual({ duplicateOf: head });
  expect(firstDuplicate(undefined, print, found({ found: { fingerprint, head: undefined } })).duplicate).toEqual({});
  expect(firstDuplicate(undefined, {}, found()).duplicate).toEqual({});
  expect(firstDuplicate(other, print, found({ named: { id: other } }))).toEqual({
    duplicate: { duplicateOf: other, isDuplicateByHand: true },
    faults: [],
  });
});

test('what was looked up for another text decides nothing', () => {
  const stale = found({ found: { fingerprint: 'else', head } });
  expect(firstDuplicate(undefined, print, stale).duplicate).toEqual({});
  expect(next({ duplicateOf: other, fingerprint: 'before' }, {}, stale).duplicate).toEqual({ duplicateOf: other });
});

test.each([
  ['the same text keeps it', { duplicateOf: other, fingerprint }, {}, { duplicateOf: other }],
  ['a new text decides anew', { duplicateOf: other, fingerprint: 'before' }, {}, { duplicateOf: head }],
  [
    'the value that is there says nothing',
    { duplicateOf: other, fingerprint },
    { duplicateOf: other },
    { duplicateOf: other },
  ],
  ['null is of none, by hand', { duplicateOf: other, fingerprint }, { duplicateOf: null }, { isDuplicateByHand: true }],
  ['of none by hand stays', { isDuplicateByHand: true, fingerprint: 'before' }, {}, { isDuplicateByHand: true }],
  [
    'by hand stays',
    { duplicateOf: other, isDuplicateByHand: true, fingerprint: 'before' },
    {},
    { duplicateOf: other, isDuplicateByHand: true },
  ],
])('in a change, %s', (_what, state, body, expected) => {
  expect(next(state, body)).toEqual({ duplicate: expected, faults: [] });
});

test.each([
  ['what there is not', other, {}, `there is no article ${other}`, 'the id of an article'],
  ['itself', own, { named: { id: own } }, 'is the article itself', 'another article'],
  ['a duplicate', other, { named: { id: other, duplicateOf: head } }, `is a duplicate of ${head} itself`, head],
])('a duplicate of %s is a fault', (...[, duplicateOf, sight, message, expected]) => {
  expect(next({}, { duplicateOf }, found(sight)).faults).toEqual([
    { pointer: '/duplicateOf', message, expected, reason: 'article.duplicate-invalid' },
  ]);
});

test('an article is put in its place only as it was when that was looked up, and then once', () => {
  const stamp = { now: '2026-11-24T10:00:00.000Z', actorId: 'service:news' };
  const state = { headline: 'A', plainText: text, ...print, updatedAt: '2026-11-24T09:00:00.000Z' } as ArticleState;
  const seen = { fingerprint, duplicateOf: undefined, isDuplicateByHand: undefined };
  const placed = place(state, { seen, next: { duplicateOf: head } }, stamp);
  expect(placed).toEqual({ ...state, duplicateOf: head, updatedAt: stamp.now, updatedBy: stamp.actorId });
  expect(place(placed, { seen: { ...seen, duplicateOf: head }, next: { duplicateOf: head } }, stamp)).toBe(placed);
  for (const changed of [{ fingerprint: 'else' }, { duplicateOf: other }, { isDuplicateByHand: true }]) {
    expect(place(state, { seen: { ...seen, ...changed }, next: { duplicateOf: head } }, stamp)).toBe(state);
  }
});

test('an article that was stored before there were fingerprints gets its own, which is no edit', () => {
  const stamp = { now: '2026-11-24T10:00:00.000Z', actorId: 'service:news' };
  const state = { headline: 'A', plainText: text } as ArticleState;
  const seen = { fingerprint, duplicateOf: undefined, isDuplicateByHand: undefined };
  expect(place(state, { seen, next: {} }, stamp)).toEqual({ ...state, ...print });
});

test('of a circle the oldest is the head, of those that hang below it too', () => {
  expect(headOfCircle(['article_5', 'article_2', 'article_7'], 'article_5')).toBe('article_2');
  expect(headOfCircle(['article_1', 'article_5', 'article_7'], 'article_5')).toBe('article_5');
});
