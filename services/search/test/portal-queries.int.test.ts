import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Neighbours } from './neighbours.ts';
import { type Answered, measure, readQueries, readQuestions, type Wanted } from './query-table.ts';
import { idsFor, openSearch } from './running-search.ts';
import { storeSamples } from './sample-portal.ts';

/** What is reached of each group, minus one query or less: shares with a wanted document among the first 1, 3 and 10. */
const floors: Record<string, [at1: number, at3: number, at10: number]> = {
  'name-mn': [1, 1, 1],
  'name-en': [1, 1, 1],
  'latin-standard': [1, 1, 1],
  'latin-informal': [1, 1, 1],
  'typo-mn': [0.84, 0.92, 0.92],
  'typo-latin': [0.75, 0.83, 0.83],
  swapped: [1, 1, 1],
  'legal-form': [1, 1, 1],
  'look-alike': [1, 1, 1],
  code: [1, 1, 1],
  category: [0.72, 0.94, 0.94],
  place: [0.64, 0.92, 1],
  inflected: [0.87, 0.87, 0.87],
  'mixed-script': [0.9, 0.9, 0.9],
  abbreviation: [0.69, 0.92, 0.92],
  'product-mn': [1, 1, 1],
  'product-en': [0.93, 1, 1],
  'product-latin': [0.93, 0.93, 0.93],
  article: [0.87, 0.93, 0.93],
  event: [0.81, 0.93, 1],
  prefix: [0.88, 0.88, 0.88],
};

let neighbours: Neighbours;
let close: (() => Promise<void>) | undefined;
let answers: Answered[];

beforeAll(async () => {
  ({ neighbours, close } = await openSearch(storeSamples));
  answers = await askEach(readQueries());
});

afterAll(() => close?.());

async function askEach(asked: Wanted[], kinds?: ['category']): Promise<Answered[]> {
  const answered: Answered[] = [];
  for (const wanted of asked)
    answered.push({ wanted, found: await idsFor(neighbours, wanted.q, { limit: 10, ...(kinds ? { kinds } : {}) }) });
  return answered;
}

/** For the message of an assert: what was not among the first three. */
const missedBy = (answered: Answered[]) =>
  answered
    .filter(({ wanted, found }) => !wanted.ids.some((id) => found.slice(0, 3).includes(id)))
    .map(({ wanted, found }) => `${wanted.q}: ${found.slice(0, 3).join(', ')}`)
    .join('\n');

describe('what is in the portal is found however it is asked for', () => {
  test.each(Object.entries(floors))('%s', (group, [at1, at3, at10]) => {
    const own = answers.filter(({ wanted }) => wanted.group === group);
    const reached = measure(own);
    expect(reached.at1, missedBy(own)).toBeGreaterThanOrEqual(at1);
    expect(reached.at3, missedBy(own)).toBeGreaterThanOrEqual(at3);
    expect(reached.at10, missedBy(own)).toBeGreaterThanOrEqual(at10);
  });

  test('there are at least 120 queries, and no group without a floor', () => {
    expect(answers.length).toBeGreaterThanOrEqual(120);
    expect(new Set(answers.map(({ wanted }) => wanted.group))).toEqual(new Set(Object.keys(floors)));
  });

  test('what was never tuned on is found about as well as the rest', () => {
    const held = answers.filter(({ wanted }) => wanted.isHeldBack);
    const reached = measure(held);
    expect(held.length).toBeGreaterThan(answers.length / 4);
    expect(reached.at1).toBeGreaterThanOrEqual(0.88);
    expect(reached.at3).toBeGreaterThanOrEqual(0.94);
    expect(reached.at10).toBeGreaterThanOrEqual(0.94);
  });
});

describe('the category that a question means is among the first three', () => {
  test.each([
    ['the questions that were tuned on', false, 0.97],
    ['the questions that were held back', true, 0.94],
  ])('%s', async (_name, isHeldBack, floor) => {
    const asked = readQuestions().filter((question) => question.isHeldBack === isHeldBack);
    const answered = await askEach(asked, ['category']);
    expect(asked.length).toBeGreaterThanOrEqual(50);
    expect(measure(answered).at3, isHeldBack ? '' : missedBy(answered)).toBeGreaterThanOrEqual(floor);
  });
});
