import { expect, it } from 'vitest';
import { createWakeQueue } from './relay-queue.ts';

const source = {
  kind: 'company' as const,
  collection: 'companies',
  bodyNames: [],
  isPersonal: false,
  isIdReusable: false,
};
const wake = (id: string) => ({ source, id });
const idsOf = (wakes: { id: string }[]) => wakes.map(({ id }) => id);

it('a document waits once, however often it is woken, in the order of the first wake', () => {
  const queue = createWakeQueue({ max: 10 });
  for (const id of ['a', 'b', 'a', 'c', 'b']) queue.add(wake(id));
  expect(idsOf(queue.take(10))).toEqual(['a', 'b', 'c']);
  expect(queue.waiting()).toBe(0);
});

it('a document is never in work twice at once: woken meanwhile, it waits again when the work ends', () => {
  const queue = createWakeQueue({ max: 10 });
  queue.add(wake('a'));
  const [first] = queue.take(1);
  queue.add(wake('a'));
  expect(queue.take(10)).toEqual([]);
  expect(queue.inWork()).toBe(1);
  expect(first && queue.finish(first)).toBe(true);
  expect(idsOf(queue.take(10))).toEqual(['a']);
});

it('holds no more than its bound and says so', () => {
  const queue = createWakeQueue({ max: 2 });
  expect(['a', 'b', 'c', 'a'].map((id) => queue.add(wake(id)))).toEqual([true, true, false, true]);
  expect(queue.waiting()).toBe(2);
});
