import { expect, test } from 'vitest';
import { decideStep, type IndexFacts } from './next-step.ts';

const own = { version: 2, hash: 'own' };
const meta = { version: 2, hash: 'own', stream: 's', fill: { state: 'done' as const, beat: 0 } };
const filling = { ...meta, fill: { state: 'filling' as const, beat: 3 } };
const index = (n: number, overrides: Partial<IndexFacts> = {}): IndexFacts => ({
  name: `portal-${n}`,
  n,
  meta,
  isRead: false,
  isWritable: true,
  ...overrides,
});

test.each([
  ['nothing is there', [], { type: 'create', n: 1 }],
  ['our index answers', [index(1, { isRead: true })], { type: 'serve', isIndexing: true }],
  [
    'it answers but was not marked as done',
    [index(1, { isRead: true, meta: filling })],
    { type: 'serve', isIndexing: true },
  ],
  [
    'a newer release has taken over',
    [index(3, { isRead: true, meta: { ...meta, version: 3, hash: 'x' } })],
    { type: 'serve', isIndexing: false },
  ],
  [
    'another definition has our version',
    [index(1, { isRead: true, meta: { ...meta, hash: 'x' } })],
    { type: 'refuse' },
  ],
  ['somebody else made what answers', [index(1, { isRead: true, meta: undefined })], { type: 'refuse' }],
  ['an older index answers', [index(1, { isRead: true, meta: { ...meta, version: 1 } })], { type: 'create', n: 2 }],
  [
    'an older one answers and ours is being filled',
    [index(1, { isRead: true, meta: { ...meta, version: 1 } }), index(2, { meta: filling })],
    { type: 'join', index: { n: 2 } },
  ],
  ['ours is being filled', [index(1, { meta: filling })], { type: 'join', index: { n: 1 } }],
  ['ours lost its write alias', [index(1, { isRead: true, isWritable: false })], { type: 'attach', index: { n: 1 } }],
  ['ours lost its read alias', [index(1)], { type: 'attach', index: { n: 1 } }],
  ['a fill of another definition was left', [index(5, { meta: { ...filling, hash: 'x' } })], { type: 'create', n: 6 }],
])('when %s', (_title, indexes, expected) => {
  expect(decideStep(indexes, own)).toMatchObject(expected);
});
