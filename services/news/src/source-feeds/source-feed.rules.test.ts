import { describe, expect, test } from 'vitest';
import { addFeed, changeFeed, type Judging, type KeptFeed, settleFetch, viewFeed } from './source-feed.rules.ts';

const now = '2026-11-24T00:00:00.000Z';
const later = '2026-11-24T01:00:00.000Z';
const judging: Judging = {
  knownCategories: new Set(['road']),
  targetFault: (url) => (url.includes('127.0.0.1') ? '127.0.0.1 is no public address' : undefined),
};
const feed = (more: Partial<KeptFeed> = {}): KeptFeed => ({
  ...addFeed('feed_01h455vb4pex5vsknk084sn02q', { url: 'https://post.example/rss' }, now, judging),
  ...more,
});
const done = { fetched: 1, created: 1, duplicates: 0, rejected: 0, notModified: false };
const failed = { ...done, created: 0, error: { code: 'TIMEOUT', reason: 'outgoing.timeout', message: 'late' } };

test('a new feed is due at once; a paused one is not', () => {
  expect(feed()).toMatchObject({ v: 1, state: 'active', intervalMinutes: 60, nextFetchAt: now });
  expect(addFeed('x', { url: 'https://post.example', state: 'paused' }, now, judging)).not.toHaveProperty(
    'nextFetchAt',
  );
});

test.each([
  [{ url: 'http://127.0.0.1/rss' }, '/url', '127.0.0.1 is no public address'],
  [{ url: 'https://' }, '/url', 'is not a web address'],
  [{ url: 'https://a.example', category: 'nothing' }, '/category', 'there is no category nothing'],
])('%j is refused at its place', (input, pointer, message) => {
  const refused = { code: 'VALIDATION_FAILED', details: { errors: [expect.objectContaining({ pointer, message })] } };
  expect(() => addFeed('x', input, now, judging)).toThrow(expect.objectContaining(refused));
});

describe('a change', () => {
  test('that changes nothing makes no version', () => {
    const before = feed({ name: 'Post' });
    expect(changeFeed(before, { name: 'Post', intervalMinutes: 60 }, later, judging)).toBe(before);
  });

  test('to another address forgets what was known of the old one, and is due at once', () => {
    const before = feed({
      seen: ['a'],
      validators: { etag: '"1"' },
      failures: 3,
      nextFetchAt: '2026-11-25T00:00:00.000Z',
    });
    expect(changeFeed(before, { url: 'https://post.example/atom' }, later, judging)).toMatchObject({
      v: 2,
      seen: [],
      validators: {},
      failures: 0,
      nextFetchAt: later,
    });
  });

  test('null takes a member away', () => {
    const after = changeFeed(feed({ name: 'Post', category: 'road' }), { name: null, category: null }, later, judging);
    expect(after).not.toHaveProperty('name');
    expect(after).not.toHaveProperty('category');
  });

  test('pausing ends the plan, going on makes it due, another interval moves the next beat', () => {
    const paused = changeFeed(feed(), { state: 'paused' }, later, judging);
    expect(paused).not.toHaveProperty('nextFetchAt');
    expect(changeFeed(paused, { state: 'active' }, later, judging).nextFetchAt).toBe(later);
    const read = feed({ lastFetch: { at: now, ...done } });
    expect(changeFeed(read, { intervalMinutes: 180 }, later, judging).nextFetchAt).toBe('2026-11-24T03:00:00.000Z');
    expect(changeFeed(read, { intervalMinutes: 15 }, later, judging).nextFetchAt).toBe(later);
  });
});

describe('after a fetch', () => {
  test('the next one is due an interval later, and errors before it stay readable', () => {
    const before = feed({ failures: 2, lastErrors: [{ at: now, ...failed.error }] });
    const after = settleFetch(before, { outcome: done, validators: { etag: '"2"' }, seen: ['b'] }, later);
    expect(after).toMatchObject({
      failures: 0,
      nextFetchAt: '2026-11-24T02:00:00.000Z',
      lastFetch: { at: later, created: 1 },
      validators: { etag: '"2"' },
      seen: ['b'],
      lastErrors: [{ reason: 'outgoing.timeout' }],
    });
  });

  test('failures are asked less and less often, at least daily, and keep what was known', () => {
    const waits = [0, 1, 2, 3, 4, 5, 10, 100].map((failures) => {
      const { nextFetchAt, seen } = settleFetch(feed({ failures, seen: ['a'] }), { outcome: failed }, now);
      expect(seen).toEqual(['a']);
      return (Date.parse(nextFetchAt ?? '') - Date.parse(now)) / 3_600_000;
    });
    expect(waits).toEqual([1, 2, 4, 8, 16, 24, 24, 24]);
  });

  test('a feed with a longer interval than a day keeps it', () => {
    const weekly = feed({ intervalMinutes: 7 * 24 * 60, failures: 3 });
    expect(settleFetch(weekly, { outcome: failed }, now).nextFetchAt).toBe('2026-12-01T00:00:00.000Z');
  });

  test('the time that the server asked for is kept, up to a day', () => {
    const asked = (retryAfterMs: number) => settleFetch(feed(), { outcome: failed, retryAfterMs }, now).nextFetchAt;
    expect(asked(3 * 3_600_000)).toBe('2026-11-24T03:00:00.000Z');
    expect(asked(1_000)).toBe('2026-11-24T01:00:00.000Z');
    expect(asked(10 ** 12)).toBe('2026-11-25T00:00:00.000Z');
  });

  test('what is gone is not asked again, what is not finished goes on in a minute', () => {
    const gone = settleFetch(feed(), { outcome: failed, isGone: true }, now);
    expect(gone.state).toBe('gone');
    expect(gone).not.toHaveProperty('nextFetchAt');
    expect(settleFetch(feed(), { outcome: done, isPartial: true }, now).nextFetchAt).toBe('2026-11-24T00:01:00.000Z');
  });

  test('only the newest errors are kept', () => {
    let now10 = feed();
    for (let hour = 10; hour < 23; hour += 1)
      now10 = { ...now10, ...settleFetch(now10, { outcome: failed }, `2026-11-24T${hour}:00:00.000Z`) };
    expect(now10.lastErrors).toHaveLength(10);
    expect(now10.lastErrors[0]?.at).toBe('2026-11-24T22:00:00.000Z');
  });
});

test('what only the next fetch needs is not shown', () => {
  const shown = viewFeed(feed({ seen: ['a'], validators: { etag: 'x' } }));
  for (const name of ['seen', 'validators', 'failures']) expect(shown).not.toHaveProperty(name);
  expect(viewFeed(feed())).toMatchObject({ kind: 'feed', v: 1 });
});
