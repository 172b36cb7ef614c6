import { createTurnableClock, openTestNamespace, type TestNamespace, testContext } from '@ortoo/shared/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createEngine, type Engine } from '../src/index/engine.ts';
import { createSearchActions } from '../src/query/search.actions.ts';
import { type Neighbours, openNeighbours } from './neighbours.ts';
import { type RunningSearch, startSearch } from './running-search.ts';
import { company, idOf } from './states.ts';

let space: TestNamespace;
let neighbours: Neighbours;
let running: RunningSearch;
let engine: Engine;

const cement = idOf('company', 1);
const request = { q: 'Хөтөлцемнет шохой', limit: 20, lang: 'mn', view: 'public' } as const;

/** More than one letter of a word's sound is wrong. */
const far = { ...request, q: 'Хтлцемнет шохой' } as const;

beforeAll(async () => {
  space = await openTestNamespace();
  neighbours = await openNeighbours(space);
  neighbours.store('company', cement, { state: company({ mn: 'Хөтөлцемент шохой' }) });
  running = await startSearch(space);
  await running.becomesReady();
  engine = createEngine({ url: space.elasticsearchUrl });
});

afterAll(async () => {
  await engine?.close();
  await running?.stop();
  await neighbours?.close();
  await space?.dispose();
});

type Ask = Engine['search'];

/** Search on the real index, whose engine is asked through `ask`; `asked` counts what it is asked. */
function searchThrough(
  ask: (place: number, ...given: Parameters<Ask>) => ReturnType<Ask>,
  clock = createTurnableClock(),
) {
  const index = { name: space.names.physicalIndex(1), version: 1 };
  const timeouts: number[] = [];
  const actions = createSearchActions({
    engine: {
      ...engine,
      search: (target, body, timeoutMs) => {
        timeouts.push(timeoutMs);
        return ask(timeouts.length, target, body, timeoutMs);
      },
    },
    worker: { current: () => index, wake: () => undefined },
    followers: { state: () => ({ pending: 0, lagMs: 0, stalledMs: 0 }) },
    freshness: { waitFor: async () => true },
    words: {
      find: () => [],
      expand: (codes) => codes,
      families: () => new Map(),
      nameOf: () => undefined,
      waitFor: async () => true,
    },
    clock,
  });
  return { actions, timeouts };
}

const asTyped = { items: [{ id: cement }], total: { value: 1 }, relaxed: null, didYouMean: null };

test('the second look is given to whom the engine answers', async () => {
  const { actions, timeouts } = searchThrough((_place, ...given) => engine.search(...given));
  const found = await actions.query(testContext(), request);
  expect(found).toMatchObject({ ...asTyped, relaxed: { reason: 'few-hits' }, didYouMean: 'Хөтөлцемент шохой' });
  expect(timeouts).toHaveLength(3);
  expect(Math.max(...timeouts.slice(1))).toBeLessThanOrEqual(1_000);
});

test('where no name has each word nearly as typed, names most like it are asked for, and texts beside them', async () => {
  const { actions, timeouts } = searchThrough((_place, ...given) => engine.search(...given));
  const found = await actions.query(testContext(), far);
  expect(found).toMatchObject({ ...asTyped, relaxed: { reason: 'few-hits' }, didYouMean: 'Хөтөлцемент шохой' });
  expect(timeouts).toHaveLength(5);
});

test.each(['Хөтөлцемент шохой', 'шохой Хөтөлцемент', 'Khötöltsement shokhoi', 'Хөтөлцемент шохой ХХК'])(
  'there is no second look at %s, since a company is called so',
  async (q) => {
    const { actions, timeouts } = searchThrough((_place, ...given) => engine.search(...given));
    const found = await actions.query(testContext(), { ...request, q });
    expect({ first: found.items[0]?.id, relaxed: found.relaxed }).toEqual({ first: cement, relaxed: null });
    expect(timeouts).toHaveLength(1);
  },
);

test.each([
  ['names by their words', 2, 2],
  ['names', 3, 4],
  ['texts', 4, 4],
  ['what was chosen', 5, 5],
])(
  'where the engine refuses to look for %s, what was found as typed is answered, and nothing is asked again',
  async (_what, broken, most) => {
    const { actions, timeouts } = searchThrough((place, target, body, timeoutMs) =>
      engine.search(target, place === broken ? { query: { no_such_query: {} } as never } : body, timeoutMs),
    );
    expect(await actions.query(testContext(), far)).toMatchObject(asTyped);
    expect(timeouts.length).toBeLessThanOrEqual(most);
  },
);

test('where the engine needs all the time of the second look, it is asked no more, and the first answer stands', async () => {
  const clock = createTurnableClock();
  const { actions, timeouts } = searchThrough(async (place, ...given) => {
    const answer = await engine.search(...given);
    if (place > 1) clock.turn(1_001);
    return answer;
  }, clock);
  expect(await actions.query(testContext(), request)).toMatchObject(asTyped);
  expect(timeouts).toHaveLength(2);
});

test('a part of an answer is none', async () => {
  const { actions } = searchThrough(async (place, ...given) => {
    return { ...(await engine.search(...given)), isTimedOut: place === 3 };
  });
  expect(await actions.query(testContext(), request)).toMatchObject(asTyped);
});

test('a caller whose time is nearly over gets what was found as typed, without a second look', async () => {
  const clock = createTurnableClock();
  const { actions, timeouts } = searchThrough(async (_place, ...given) => {
    const answer = await engine.search(...given);
    clock.turn(9_600);
    return answer;
  }, clock);
  expect(await actions.query(testContext(), request)).toMatchObject(asTyped);
  expect(timeouts).toHaveLength(1);
});
