import type { Span } from '@ortoo/shared/contracts';

type Placed = { text: string; span: Span };

/**
 * Where words of an old text stand in the new one; undefined where they no longer do. What lies before or behind the
 * part that was changed keeps its place; inside it, the words nearest to where they were are taken.
 */
export function anchorSpan({ text, span }: Placed, before: string, after: string): Span | undefined {
  const [start, end] = span;
  const shared = Math.min(before.length, after.length);
  let head = 0;
  while (head < shared && before[head] === after[head]) head += 1;
  if (end < head || (end === head && !isInWord(after, end))) return span;
  let tail = 0;
  while (tail < shared - head && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
  const shift = after.length - before.length;
  if (start >= before.length - tail && !isInWord(after, start + shift)) return [start + shift, end + shift];
  const from = Math.max(0, head - text.length);
  return nearest(after.slice(from, after.length - tail + text.length), text, { start: start - from, from });
}

function nearest(part: string, words: string, { start, from }: { start: number; from: number }): Span | undefined {
  let best: number | undefined; // endings may follow a name, but not in Latin letters
  for (let at = part.indexOf(words); at >= 0; at = part.indexOf(words, at + 1)) {
    const isWhole = !isInWord(part, at) && !/^\p{Script=Latin}/u.test(part.slice(at + words.length));
    if (isWhole && (best === undefined || Math.abs(at - start) < Math.abs(best - start))) best = at;
  }
  return best === undefined ? undefined : [best + from, best + from + words.length];
}

/** Whether letters stand on both sides of a place; those of Han stand by themselves. */
function isInWord(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - 1), at);
  return (
    /[\p{L}\p{N}]/u.test(before) && /[\p{L}\p{N}]/u.test(text.slice(at, at + 1)) && !/\p{Script=Han}/u.test(before)
  );
}
