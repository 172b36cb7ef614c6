import { expect, test } from 'vitest';
import { createSeededRandom } from './random.ts';

const draw = (count: number, ...words: number[]) => {
  const random = createSeededRandom(...words);
  return Array.from({ length: count }, () => random.next());
};

test('the same words give the same draws, other words others, the halves of a large seed both counting', () => {
  expect(draw(50, 7, 3)).toEqual(draw(50, 7, 3));
  const firsts = [[7, 3], [3, 7], [7, 4], [7], [7, 3, 0], [2 ** 32 + 7, 3], [2 ** 52 + 7, 3]].map((words) =>
    draw(4, ...words).join(),
  );
  expect(new Set(firsts).size).toBe(firsts.length);
});

test('draws are even between 0 and 1, also the first ones of neighbouring seeds', () => {
  const bins = (values: number[]) => {
    expect(values.every((value) => value >= 0 && value < 1)).toBe(true);
    const counts = Array.from({ length: 10 }, () => 0);
    for (const value of values) counts[Math.floor(value * 10)]! += 1;
    return counts;
  };
  for (const counts of [bins(draw(20_000, 1)), bins(Array.from({ length: 20_000 }, (_, seed) => draw(1, seed)[0]!))]) {
    for (const count of counts) expect(count).toSatisfy((n: number) => n > 1800 && n < 2200);
  }
});

test('a normal draw has mean 0 and deviation 1', () => {
  const random = createSeededRandom(5);
  const values = Array.from({ length: 20_000 }, () => random.normal());
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  expect(mean).toBeCloseTo(0, 1);
  expect(Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length)).toBeCloseTo(1, 1);
});
