import { expect, test } from 'vitest';
import { decideStep, type IndexFacts, isWayBack, pickRetired } from './next-step.ts';

const own = {
  version: 2,
  hash: 'own',
  otherHash: 'other',
  mayReplace: false,
  dictionary: undefined,
  isDictionaryMissing: false,
  stream: { createdAt: 's', lastSequence: 40 },
};
const meta = { version: 2, hash: 'own', stream: 's', fill: { state: 'done' as const } };
const filling = { ...meta, fill: { state: 'filling' as const, from: 31 } };
const index = (n: number, overrides: Partial<IndexFacts> = {}): IndexFacts => ({
  name: `portal-${n}`,
  n,
  meta,
  isRead: false,
  isWritable: true,
  ...overrides,
});
const reading = index(1, { isRead: true });
const older = index(1, { isRead: true, meta: { ...meta, version: 1, hash: 'x' } });
const otherAnalysis = index(1, { isRead: true, meta: { ...meta, hash: 'other', dictionary: 'mn_MN' } });
const served = { type: 'serve', isIndexing: true };

test.each([
  ['nothing is there', [], { type: 'create', n: 1 }],
  ['our index answers', [reading], { ...served, read: { n: 1 }, build: undefined }],
  ['it answers but was not marked as done', [index(1, { isRead: true, meta: filling })], { ...served, read: { n: 1 } }],
  ['it answers and a new one was asked for', [reading, index(2, { meta: filling })], { ...served, build: { n: 2 } }],
  [
    'a fill was left before the index that answers',
    [index(2, { isRead: true }), index(1, { meta: filling })],
    { ...served, build: undefined },
  ],
  [
    'a newer release has taken over',
    [index(3, { isRead: true, meta: { ...meta, version: 3, hash: 'x' } })],
    { type: 'serve', isIndexing: false, read: { n: 3 } },
  ],
  [
    'another definition has our version',
    [index(1, { isRead: true, meta: { ...meta, hash: 'x' } })],
    { type: 'refuse' },
  ],
  [
    'the other analysis of our version answers, and another replica wants it',
    [otherAnalysis],
    { ...served, read: { n: 1 }, build: undefined },
  ],
  [
    'the other analysis of our version is being filled',
    [older, index(2, { meta: { ...filling, hash: 'other' } })],
    { ...served, read: { n: 1 }, build: { n: 2 } },
  ],
  ['somebody else made what answers', [index(1, { isRead: true, meta: undefined })], { type: 'refuse' }],
  ['an older index answers', [older], { type: 'create', n: 2 }],
  [
    'an older one answers and ours is being filled',
    [older, index(2, { meta: filling })],
    { ...served, read: { n: 1 }, build: { n: 2 } },
  ],
  [
    'an older one was put back before our finished one, which may have missed changes',
    [older, index(2)],
    { type: 'create', n: 3 },
  ],
  ['ours is being filled', [index(1, { meta: filling })], { type: 'serve', read: undefined, build: { n: 1 } }],
  ['ours lost its write alias', [index(1, { isRead: true, isWritable: false })], { type: 'attach', index: { n: 1 } }],
  ['ours lost its read alias', [index(1)], { type: 'attach', index: { n: 1 } }],
  ['two share the read alias', [reading, index(2, { isRead: true })], { type: 'attach', index: { n: 2 } }],
  ['a fill of another definition was left', [index(5, { meta: { ...filling, hash: 'x' } })], { type: 'create', n: 6 }],
  ['a fill began on another stream', [index(5, { meta: { ...filling, stream: 'x' } })], { type: 'create', n: 6 }],
  [
    'the stream went back behind the beginning of a fill',
    [index(5, { meta: { ...filling, fill: { state: 'filling' as const, from: 90 } } })],
    { type: 'create', n: 6 },
  ],
])('when %s', (_title, indexes, expected) => {
  expect(decideStep(indexes, own)).toMatchObject(expected);
});

test.each([
  ['the other analysis answers and is to be replaced', { mayReplace: true }, [otherAnalysis], { type: 'create', n: 2 }],
  [
    'the one that replaces it is being filled',
    { mayReplace: true },
    [otherAnalysis, index(2, { meta: filling })],
    { ...served, read: { n: 1 }, build: { n: 2 } },
  ],
  [
    'ours answers, and what is not ours may be replaced',
    { mayReplace: true },
    [reading],
    { ...served, build: undefined },
  ],
  [
    'the fill of one that cannot be opened was left',
    { isDictionaryMissing: true },
    [index(1, { meta: { ...filling, hash: 'other', dictionary: 'mn_MN' } })],
    { type: 'create', n: 2 },
  ],
  [
    'a finished one that cannot be opened lost its read alias',
    { isDictionaryMissing: true },
    [{ ...otherAnalysis, isRead: false }],
    { type: 'create', n: 2 },
  ],
])('of two analyses, when %s', (_title, change, indexes, expected) => {
  expect(decideStep(indexes, { ...own, ...change })).toMatchObject(expected);
});

test('what neither answers nor is filled is retired, unless a newer release made it', () => {
  const newer = index(5, { meta: { ...filling, version: 3 } });
  const foreign = index(6, { meta: undefined });
  const all = [
    index(1),
    index(2, { isRead: true }),
    index(3, { meta: filling }),
    index(4, { meta: { ...filling, hash: 'x' } }),
    newer,
    foreign,
  ];
  expect(pickRetired(all, decideStep(all, own), own).map(({ n }) => n)).toEqual([1, 4]);
  expect(pickRetired([index(1)], { type: 'create', n: 2 }, own)).toEqual([]);
});

test.each([
  ['has no dictionary', undefined, undefined, true],
  ['has the one that is wanted', 'mn_MN', 'mn_MN', true],
  ['has one that is not wanted', 'mn_MN', undefined, false],
])('a replaced index that %s is a way back or is not', (_title, dictionary, wanted, expected) => {
  expect(isWayBack({ ...meta, ...(dictionary ? { dictionary } : {}) }, { dictionary: wanted })).toBe(expected);
});
