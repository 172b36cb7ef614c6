import type { StreamState } from '../bus/index.ts';
import type { Instant } from '../kernel/index.ts';

/** What changed before `at` is in the stream, at `sequence` or before it. */
export type Mark = { sequence: number; at: Instant };

/** How a stream was found to have lost what it acknowledged. */
export type StreamFault =
  /** It is another one than before. */
  | { type: 'another-stream' }
  /** It ends before what it had acknowledged. */
  | { type: 'gone-back'; sequence: number }
  /** It gave a new message a place that it had given before. */
  | { type: 'overtaken'; sequence: number };

/** Compares the stream with what is known of it; undefined when all is well, or when nothing is known yet. */
export function findFault(
  known: { createdAt?: Instant; highest: number },
  { createdAt, lastSequence }: StreamState,
): StreamFault | undefined {
  if (known.createdAt === undefined) return undefined;
  if (known.createdAt !== createdAt) return { type: 'another-stream' };
  return lastSequence < known.highest ? { type: 'gone-back', sequence: lastSequence } : undefined;
}

/**
 * The last moment that is surely still in the stream; the beginning of time where no mark is old enough. Of another
 * stream than before the last mark tells: what was acknowledged before it was there for all who listen to take.
 */
export function momentBefore(fault: StreamFault, marks: Mark[]): Instant {
  const EVER = '1970-01-01T00:00:00.000Z';
  if (fault.type === 'another-stream') return marks.at(-1)?.at ?? EVER;
  const reach = fault.type === 'overtaken' ? fault.sequence - 1 : fault.sequence;
  return marks.findLast(({ sequence }) => sequence <= reach)?.at ?? EVER;
}
