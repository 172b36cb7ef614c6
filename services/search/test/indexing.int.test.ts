import { eventually, openTestNamespace, type TestNamespace, testContext } from '@ortoo/shared/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Neighbours, openNeighbours } from './neighbours.ts';
import { idsFor, type RunningSearch, search, startSearch } from './running-search.ts';
import { article, category, company, idOf } from './states.ts';

let space: TestNamespace;
let neighbours: Neighbours;
let running: RunningSearch;
let next = 100;

const newId = () => idOf('company', next++);
const named = (name: string) => ({ state: company({ en: name }) });
const token = (id: string, v: number) => ({ waitFor: [`${id}:${v}`] });

beforeAll(async () => {
  space = await openTestNamespace();
  neighbours = await openNeighbours(space);
  running = await startSearch(space);
  await running.becomesReady();
});

afterAll(async () => {
  await running?.stop();
  await neighbours?.close();
  await space?.dispose();
});

test('what was just written is found by the one who waits for it', async () => {
  for (let n = 0; n < 5; n += 1) {
    const id = newId();
    await neighbours.publish('company', id, named(`Fresh ${id}`));
    const reply = await search(neighbours, `Fresh ${id}`, token(id, 1));
    expect(reply.consistent).toBe(true);
    expect(reply.items[0]?.id).toBe(id);
  }
});

test('a version that never comes is answered with consistent false within the time', async () => {
  const startedMs = performance.now();
  const reply = await search(neighbours, 'anything', token(newId(), 3));
  expect(reply.consistent).toBe(false);
  expect(performance.now() - startedMs).toBeGreaterThan(1_500);
  expect(performance.now() - startedMs).toBeLessThan(3_000);
});

test('duplicates and reordered changes leave the newest version', async () => {
  const id = newId();
  await neighbours.publish('company', id, { v: 3, ...named('Newest Zircon') });
  await search(neighbours, undefined, token(id, 3));
  await neighbours.publish('company', id, { v: 1, ...named('Oldest Zircon') });
  await neighbours.publish('company', id, { v: 2, ...named('Older Zircon') });
  await neighbours.publish('company', id, { v: 3, ...named('Newest Zircon') }, ':r1');
  const last = newId();
  await neighbours.publish('company', last, named('Zirconium'));
  await search(neighbours, undefined, token(last, 1));
  expect((await search(neighbours, 'zircon', { lang: 'en' })).items.map(({ display }) => display.name)).toContain(
    'Newest Zircon',
  );
  expect(await idsFor(neighbours, 'oldest zircon')).toEqual([id]);
  expect((await search(neighbours, 'oldest zircon', { lang: 'en' })).items[0]?.display.name).toBe('Newest Zircon');
});

test('a tombstone takes a document out for everybody, and a late older change does not bring it back', async () => {
  const id = newId();
  await neighbours.publish('company', id, named('Short Lived Beryl'));
  expect((await search(neighbours, 'beryl', token(id, 1))).items).toHaveLength(1);
  await neighbours.publish('company', id, { v: 3, live: false });
  expect((await search(neighbours, 'beryl', { ...token(id, 3), view: 'staff' })).items).toEqual([]);
  await neighbours.publish('company', id, { v: 2, ...named('Short Lived Beryl') });
  const last = newId();
  await neighbours.publish('company', last, named('Afterwards'));
  await search(neighbours, undefined, token(last, 1));
  expect((await search(neighbours, 'beryl', { view: 'staff' })).items).toEqual([]);
});

test('an unpublished company is found by nobody but staff', async () => {
  const id = newId();
  await neighbours.publish('company', id, named('Withdrawn Topaz'));
  expect(await idsFor(neighbours, 'topaz', token(id, 1))).toEqual([id]);
  await neighbours.publish('company', id, { v: 2, visible: false, ...named('Withdrawn Topaz') });
  expect(await idsFor(neighbours, 'topaz', token(id, 2))).toEqual([]);
  expect(await idsFor(neighbours, 'topaz', { view: 'staff' })).toEqual([id]);
});

test('what cannot be indexed is set aside and the changes around it are indexed', async () => {
  const [before, poison, unmappable, after] = [newId(), newId(), newId(), newId()];
  const { lastSequence } = await neighbours.bus.streamInfo();
  await neighbours.publish('company', before, named('Agate Before'));
  await neighbours.publish('company', poison, {
    state: { displayName: { en: 'no categories, so the projection throws' } },
  });
  await neighbours.publish('company', unmappable, {
    state: { ...company({ en: 'Bad Date' }), updatedAt: 'yesterday' },
  });
  await neighbours.publishRaw('company', newId(), '{"type":"mn.ortoo.company.changed.v9"}');
  await neighbours.publishRaw('company', newId(), 'not json');
  await neighbours.publish('company', after, named('Agate After'));
  const reply = await search(neighbours, 'agate', { waitFor: [`${before}:1`, `${after}:1`] });
  expect(reply.consistent).toBe(true);
  expect(reply.items.map(({ id }) => id).toSorted()).toEqual([before, after]);
  const state = await eventually(async () => {
    const found = await neighbours.bus.call(testContext(), 'rpc.search.state', {});
    return found.pendingChanges === 0 && found;
  });
  expect(state.name).toBe(space.names.physicalIndex(1));
  expect((await neighbours.bus.streamInfo()).lastSequence).toBe(lastSequence + 6);
  expect((await running.readiness()).status).toBe(200);
});

test('a good version is indexed although a newer one beside it is poison', async () => {
  const id = newId();
  const publishing = [
    neighbours.publish('company', id, { v: 1, ...named('Good Opal') }),
    neighbours.publish('company', id, { v: 2, state: { nothing: 'useful' } }),
  ];
  await Promise.all(publishing);
  expect(await idsFor(neighbours, 'opal', token(id, 1))).toEqual([id]);
});

test('a state that travels by reference is asked of its owner and indexed', async () => {
  const id = idOf('article', next++);
  await neighbours.publish('article', id, {
    v: 4,
    isStateByReference: true,
    state: article('A very long obsidian report'),
  });
  expect(await idsFor(neighbours, 'obsidian', token(id, 4))).toEqual([id]);
});

test('a renamed category is right at once, in its own hit and for what belongs to it', async () => {
  await neighbours.publish('category', 'travel', { state: category({ mn: 'Аялал', en: 'Travel' }) });
  const id = newId();
  await neighbours.publish('company', id, {
    state: company({ en: 'Blue Sky' }, { categories: { primary: 'travel' } }),
  });
  expect(await idsFor(neighbours, 'wayfaring', { waitFor: [`${id}:1`, 'travel:1'] })).toEqual([]);
  await neighbours.publish('category', 'travel', { v: 2, state: category({ mn: 'Аялал', en: 'Wayfaring' }) });
  expect(await idsFor(neighbours, 'wayfaring', token('travel', 2))).toEqual(['travel', id]);
  expect(await idsFor(neighbours, 'travel')).not.toContain(id);
});

test('what was published while search was stopped is found when it is back', async () => {
  await running.stop();
  const id = newId();
  await neighbours.publish('company', id, named('Patient Jasper'));
  await neighbours.leave(); // a start with a filled index needs no owner
  running = await startSearch(space);
  await running.becomesReady();
  await neighbours.comeBack();
  expect(await idsFor(neighbours, 'jasper', token(id, 1))).toEqual([id]);
});
