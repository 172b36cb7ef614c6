import type { MatchReply, SavedQuery } from '@ortoo/shared/contracts';
import { testContext } from '@ortoo/shared/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { preselect } from '../src/query/match-preselection.ts';
import type { Neighbours } from './neighbours.ts';
import { createRandom, type Fact, families, randomFilters, randomSeer, storeRandomPortal } from './random-portal.ts';
import { openSearch, search } from './running-search.ts';
import { company } from './states.ts';

let neighbours: Neighbours;
let close: (() => Promise<void>) | undefined;
let facts: Fact[];

const SEED = 20261125;
const ALERTS = 240;
/** What a call takes. */
const MATCH_ALERTS_MAX = 200;
const MATCH_CHANGES_MAX = 50;

beforeAll(async () => {
  ({ neighbours, close } = await openSearch((stocked) => {
    facts = storeRandomPortal(stocked, { seed: SEED, count: 300 });
  }));
});

afterAll(() => close?.());

type Alert = { id: string; query: SavedQuery };
const match = (alerts: Alert[], changes: string[]): Promise<MatchReply> =>
  neighbours.bus.call(testContext(), 'rpc.search.match', { alerts, changes });
const alertFor = (q: string, more: Partial<SavedQuery> = {}): Alert => ({
  id: q,
  query: { q, view: 'public', ...more },
});

/** Everything that the first pass of a search finds. */
async function findAll(query: SavedQuery): Promise<Set<string>> {
  const found = new Set<string>();
  let after: Awaited<ReturnType<typeof search>>['next'] = null;
  do {
    const page = await search(neighbours, undefined, {
      ...query,
      sort: 'newest',
      limit: 100,
      ...(after ? { after } : {}),
    });
    for (const { id } of page.items) found.add(id);
    after = page.next;
  } while (after);
  return found;
}

/** By searches alone: what is found for the whole query and for each of its words. */
async function bruteForce({ id, query }: Alert, ids: string[]): Promise<string[]> {
  const words = query.q?.split(' ') ?? [];
  const asked = words.length > 1 ? [query.q, ...words] : [query.q];
  const found = await Promise.all(asked.map((q) => findAll({ ...query, ...(q === undefined ? {} : { q }) })));
  return ids.filter((one) => found.every((hits) => hits.has(one))).map((one) => `${id} ${one}`);
}

const typed = ['говь', 'govi', 'алтан', 'altan', 'steel', 'bridge', 'нүүрс', 'cement', 'цемент', 'барилгын', '12'];

function randomAlert(random: ReturnType<typeof createRandom>, n: number): Alert {
  const q = random.pick([random.some(typed, 3), random.some(typed, 2), []]).join(' ');
  const filters = random.next() < 0.5 ? randomFilters(random) : {};
  const kinds = random.next() < 0.3 ? { kinds: [random.pick(['company', 'offering', 'article'] as const)] } : {};
  return { id: `alert-${n}`, query: { ...(q === '' ? {} : { q }), ...filters, ...kinds, ...randomSeer(random) } };
}

test('240 random saved queries match what searches for all of them and for each of their words find, no more and no less', async () => {
  const random = createRandom(SEED);
  const alerts = Array.from({ length: ALERTS }, (_, n) => randomAlert(random, n));
  const changed = facts.filter((_, place) => place % 6 === 0).slice(0, MATCH_CHANGES_MAX);
  const ids = changed.map(({ id }) => id);
  const expected = new Set<string>();
  for (const alert of alerts) for (const pair of await bruteForce(alert, ids)) expected.add(pair);
  const changes = ids.map((id) => `${id}:1`);
  const halves = [alerts.slice(0, MATCH_ALERTS_MAX), alerts.slice(MATCH_ALERTS_MAX)];
  const replies = await Promise.all(halves.map((half) => match(half, changes)));
  const found = replies.flatMap(({ matches }) =>
    matches.flatMap(({ alert, changes: seen }) => seen.map((token) => `${alert} ${token.replace(/:1$/, '')}`)),
  );
  expect(found.toSorted()).toEqual([...expected].toSorted());
  expect(replies.map(({ consistent, unseen, refused }) => ({ consistent, unseen, refused }))).toEqual(
    replies.map(() => ({ consistent: true, unseen: [], refused: [] })),
  );
  const several = new Set(alerts.filter(({ query }) => query.q?.includes(' ')).map(({ id }) => id));
  expect(found.filter((pair) => several.has(pair.split(' ')[0] ?? '')).length).toBeGreaterThan(30);
  expect(found.length).toBeGreaterThan(ALERTS * 3);

  const lost = alerts.flatMap(({ id, query }) => {
    const category = query.category?.flatMap((code) => families[code] ?? [code]);
    const left = preselect({ ...query, ...(category ? { category } : {}) }, changed.map(documentOf));
    return changed.filter((fact) => !left.some((one) => one.id === fact.id)).map((fact) => `${id} ${fact.id}`);
  });
  expect(lost.length).toBeGreaterThan(ALERTS * 5);
  expect(lost.filter((pair) => expected.has(pair))).toEqual([]);
});

function documentOf({ id, kind, isVisible, values }: Fact) {
  const { category: categories = [], language = [] } = values;
  return { id, v: 1, kind, live: true, visible: isVisible, categories, language };
}

test('an alert asks for all of its words, in any spelling and of any field, but not for words that say nothing', async () => {
  const id = 'company_01h455vb4pex5vsknk99999901';
  const state = company({ mn: 'Говь Цемент' }, { summary: { en: 'Bank of the south' }, registrationNumber: '5123456' });
  await neighbours.publish('company', id, { state });
  const fires = ['говь цемент', 'govi tsement', 'govi south', 'говь', 'bank of the south', 'говь ХХК', '5123456'];
  const silent = ['говь нүүрс', 'цемент bridge', 'нүүрс'];
  const { matches, consistent } = await match(
    [...fires, ...silent].map((q) => alertFor(q)),
    [`${id}:1`],
  );
  expect(consistent).toBe(true);
  expect(matches).toEqual(fires.map((alert) => ({ alert, changes: [`${id}:1`] })));
});

test('an alert for a category by its name fires for what is in it without having the words', async () => {
  const id = 'company_01h455vb4pex5vsknk99999902';
  const state = company({ mn: 'Тод' }, { categories: { primary: 'coal' } });
  await neighbours.publish('company', id, { state });
  const { matches } = await match([alertFor('kind coal'), alertFor('kind gold')], [`${id}:1`]);
  expect(matches).toEqual([{ alert: 'kind coal', changes: [`${id}:1`] }]);
});

test('a version that the index does not show yet is named, and a later one that it shows is what was looked at', async () => {
  const id = 'company_01h455vb4pex5vsknk99999903';
  await neighbours.publish('company', id, { state: company({ mn: 'Хүлээсэн' }) });
  const alerts = [alertFor('хүлээсэн')];
  const early = await match(alerts, [`${id}:2`, 'company_01h455vb4pex5vsknk99999904:1']);
  expect(early.unseen).toEqual([`${id}:2`, 'company_01h455vb4pex5vsknk99999904:1']);
  expect(early.consistent).toBe(false);
  await neighbours.publish('company', id, { v: 2, state: company({ mn: 'Хүлээсэн' }) });
  const later = await match(alerts, [`${id}:1`, `${id}:2`]);
  expect(later).toMatchObject({ unseen: [], consistent: true, matches: [{ alert: 'хүлээсэн', changes: [`${id}:2`] }] });
});

test('what is hidden or deleted fires for nobody who may not see it', async () => {
  const id = 'company_01h455vb4pex5vsknk99999905';
  const alerts = [alertFor('нууцхан'), { ...alertFor('нууцхан', { view: 'staff' }), id: 'staff' }];
  await neighbours.publish('company', id, { visible: false, state: company({ mn: 'Нууцхан' }) });
  expect((await match(alerts, [`${id}:1`])).matches).toEqual([{ alert: 'staff', changes: [`${id}:1`] }]);
  await neighbours.publish('company', id, { v: 2, live: false, visible: false });
  expect(await match(alerts, [`${id}:2`])).toMatchObject({ matches: [], unseen: [] });
});

test('a saved query that no search answers any more is named and holds up no other', async () => {
  const { id } = facts.find(({ kind, isVisible }) => kind === 'company' && isVisible)!;
  const alerts = [alertFor('', { category: ['gone'] }), { ...alertFor('', { kinds: ['company'] }), id: 'well' }];
  const reply = await match([{ ...alerts[0]!, id: 'old' }, alerts[1]!], [`${id}:1`]);
  expect(reply.refused).toEqual([{ alert: 'old', reason: 'search.category-unknown' }]);
  expect(reply.matches).toEqual([{ alert: 'well', changes: [`${id}:1`] }]);
});

test('more alerts or changes than a call takes are refused', async () => {
  const many = Array.from({ length: MATCH_ALERTS_MAX + 1 }, (_, n) => ({ ...alertFor('говь'), id: `a${n}` }));
  await expect(match(many, ['x:1'])).rejects.toMatchObject({ code: 'VALIDATION_FAILED' });
  const changes = Array.from({ length: MATCH_CHANGES_MAX + 1 }, (_, n) => `x${n}:1`);
  await expect(match([alertFor('говь')], changes)).rejects.toMatchObject({ code: 'VALIDATION_FAILED' });
});
