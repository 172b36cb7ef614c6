import { expect, it } from 'vitest';
import { buildRestart } from './consumer-supervisor.ts';

const createdAt = '2026-11-24T05:00:00.000Z';
const known = { createdAt, next: { type: 'sequence', sequence: 8 } } as const;
const all = { type: 'all' };

it('a durable that is gone is made again behind what was done', () => {
  expect(buildRestart(known, { createdAt, lastSequence: 20 })).toEqual(known.next);
  expect(buildRestart(known, { createdAt, lastSequence: 7 })).toEqual(known.next);
});

it('a durable begins anew on another stream, on one that lost its end, and where nothing is known of the stream', () => {
  expect(buildRestart(known, { createdAt: '2026-11-24T06:00:00.000Z', lastSequence: 20 })).toEqual(all);
  expect(buildRestart(known, { createdAt, lastSequence: 6 })).toEqual(all);
  expect(buildRestart(known, undefined)).toEqual(all);
});
