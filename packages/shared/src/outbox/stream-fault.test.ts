import { describe, expect, test } from 'vitest';
import { findFault, momentBefore } from './stream-fault.ts';

const createdAt = '2026-11-24T05:00:00.000Z';
const stream = { createdAt, firstSequence: 1, lastSequence: 100 };

describe('a fault of the stream is found', () => {
  test('when it is another one than before', () => {
    expect(findFault({ createdAt: '2026-11-01T00:00:00.000Z', highest: 10 }, stream)).toEqual({
      type: 'another-stream',
    });
  });

  test('when it ends before what it had acknowledged', () => {
    expect(findFault({ createdAt, highest: 101 }, stream)).toEqual({ type: 'gone-back', sequence: 100 });
  });

  test('and none when it has grown, or nothing is known of it', () => {
    expect(findFault({ createdAt, highest: 100 }, stream)).toBeUndefined();
    expect(findFault({ highest: 500 }, stream)).toBeUndefined();
  });
});

describe('the last good moment', () => {
  const marks = [
    { sequence: 50, at: '2026-11-24T05:01:00.000Z' },
    { sequence: 80, at: '2026-11-24T05:02:00.000Z' },
    { sequence: 120, at: '2026-11-24T05:03:00.000Z' },
  ];

  test('of a stream that has gone back is that of the newest mark which it still reaches', () => {
    expect(momentBefore({ type: 'gone-back', sequence: 80 }, marks)).toBe('2026-11-24T05:02:00.000Z');
  });

  test('of one that gave a place twice lies before that place', () => {
    expect(momentBefore({ type: 'overtaken', sequence: 80 }, marks)).toBe('2026-11-24T05:01:00.000Z');
  });

  test('of another stream is that of the last mark', () => {
    expect(momentBefore({ type: 'another-stream' }, marks)).toBe('2026-11-24T05:03:00.000Z');
  });

  test('is the beginning of time when no mark is old enough', () => {
    expect(momentBefore({ type: 'gone-back', sequence: 3 }, marks)).toBe('1970-01-01T00:00:00.000Z');
  });
});
