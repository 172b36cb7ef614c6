import { eventually } from '@ortoo/shared/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { INDEX_VERSION, indexDefinition } from '../src/index/definition.ts';
import { LONG_AGO, openRebuildRig, type RebuildRig } from './rebuild-rig.ts';
import { idsFor, search } from './running-search.ts';
import { company, idOf } from './states.ts';

let rig: RebuildRig;
beforeEach(async () => {
  rig = await openRebuildRig();
});
afterEach(() => rig.close());

test('while a new index is filled the old one answers and takes every change, and so does the new one', async () => {
  const running = await rig.start();
  await running.becomesReady();
  const release = rig.holdExports((place) => place === `company:${idOf('company', 4)}`);
  const { name } = await rig.ask('start');
  expect(name).toBe(rig.indexOf(2));
  await eventually(async () => rig.exports.includes(`company:${idOf('company', 4)}`));

  const [copied, waiting, added] = [idOf('company', 1), idOf('company', 9), idOf('company', 20)];
  await rig.neighbours.publish('company', copied, { v: 2, state: company({ en: 'Copied before' }) });
  await rig.neighbours.publish('company', waiting, { v: 2, live: false });
  await rig.neighbours.publish('company', added, { state: company({ en: 'Added meanwhile' }) });
  const during = await search(rig.neighbours, 'meanwhile', { waitFor: [`${copied}:2`, `${waiting}:2`, `${added}:1`] });
  expect(during).toMatchObject({ consistent: true, items: [{ id: added }] });
  expect(await idsFor(rig.neighbours, 'copied before')).toEqual([copied]);
  expect(await rig.readIndexes()).toEqual([rig.indexOf(1)]);
  expect((await running.readiness()).status).toBe(200);
  await eventually(async () => (await rig.elastic('GET', `/${rig.indexOf(2)}/_doc/${added}`)).found === true);

  release();
  await eventually(() => rig.isDone(2));
  expect(await rig.readIndexes()).toEqual([rig.indexOf(2)]);
  await eventually(async () => (await search(rig.neighbours, undefined)).kinds.company === 9);
  expect(await idsFor(rig.neighbours, 'copied before')).toEqual([copied]);
  expect(await idsFor(rig.neighbours, 'meanwhile')).toEqual([added]);
});

test('an index is refreshed each second once it answers, and not while it is filled', async () => {
  const refreshOf = async (n: number) => {
    const found = await rig.elastic('GET', `/${rig.indexOf(n)}/_settings/index.refresh_interval?flat_settings=true`);
    return (found[rig.indexOf(n)] as { settings: Record<string, string> }).settings['index.refresh_interval'];
  };
  await (await rig.start()).becomesReady();
  const release = rig.holdExports((place) => place === `company:${idOf('company', 4)}`);
  await rig.ask('start');
  await eventually(async () => rig.exports.includes(`company:${idOf('company', 4)}`));
  expect([await refreshOf(1), await refreshOf(2)]).toEqual(['1s', '-1']);
  release();
  await eventually(() => rig.isDone(2));
  expect(await refreshOf(2)).toBe('1s');
});

test('during rebuilds under writes the read alias stands on exactly one index, and what a reader sees never goes back', async () => {
  const running = await rig.start();
  await running.becomesReady();
  const id = idOf('company', 30);
  let isOver = false;
  let written = 0;
  const writing = (async () => {
    while (!isOver) {
      written += 1;
      await rig.neighbours.publish('company', id, { v: written, state: company({ en: `Counting ${written}` }) });
    }
  })();
  const seen: number[] = [];
  const aliases = new Set<number>();
  const watching = (async () => {
    while (!isOver) {
      aliases.add((await rig.readIndexes()).length);
      const { items } = await search(rig.neighbours, id, { lang: 'en' });
      if (items[0]) seen.push(Number(items[0].display.name.split(' ')[1]));
    }
  })();
  for (const n of [2, 3]) {
    await rig.ask('start');
    await eventually(() => rig.isDone(n), { timeoutMs: 30_000 });
  }
  isOver = true;
  await Promise.all([writing, watching]);
  expect([...aliases]).toEqual([1]);
  expect(seen.length).toBeGreaterThan(10);
  expect(seen).toEqual(seen.toSorted((a, b) => a - b));
  expect((await search(rig.neighbours, id, { lang: 'en', waitFor: [`${id}:${written}`] })).items[0]?.display.name).toBe(
    `Counting ${written}`,
  );
});

test('one of several replicas fills the new index, and asking twice makes one', async () => {
  const replicas = await Promise.all([rig.start(), rig.start(), rig.start()]);
  await Promise.all(replicas.map((running) => running.becomesReady()));
  const release = rig.holdExports((place) => place === 'article:');
  const names = await Promise.all([1, 2, 3].map(() => rig.ask('start')));
  expect(new Set(names.map(({ name }) => name))).toEqual(new Set([rig.indexOf(2)]));
  await eventually(async () => rig.exports.includes('article:'));
  release();
  await eventually(() => rig.isDone(2));
  expect(rig.exports.length).toBe(new Set(rig.exports).size);
  expect(await rig.physicalIndexes()).toEqual([rig.indexOf(1), rig.indexOf(2)]);
});

test('an index of an earlier release, with fewer fields, takes changes until ours is filled', async () => {
  const { settings, mappings } = indexDefinition;
  const { source: _source, legalForm: _legalForm, ...properties } = mappings.properties;
  const { createdAt: stream } = await rig.neighbours.bus.streamInfo();
  const _meta = { version: INDEX_VERSION - 1, hash: 'old', stream, fill: { state: 'done' } };
  await rig.elastic('PUT', `/${rig.indexOf(4)}`, {
    settings,
    mappings: { dynamic: 'strict', properties, _meta },
    aliases: { [rig.space.names.readAlias]: {}, [rig.space.names.writeAlias(rig.indexOf(4))]: {} },
  });
  await rig.neighbours.leave();
  const running = await rig.start();
  await eventually(async () => (await search(rig.neighbours, undefined)).index.version === INDEX_VERSION - 1);
  const id = idOf('company', 40);
  await rig.neighbours.publish('company', id, { state: company({ en: 'Between releases' }, { legalForm: 'llc' }) });
  expect(await search(rig.neighbours, 'between releases', { waitFor: [`${id}:1`] })).toMatchObject({
    consistent: true,
    items: [{ id }],
    index: { version: INDEX_VERSION - 1 },
  });
  expect(await rig.neighbours.bus.deadLetters.count()).toBe(0);
  await rig.neighbours.comeBack();
  await eventually(async () => (await search(rig.neighbours, undefined)).index.version === INDEX_VERSION);
  await running.becomesReady();
  expect(await idsFor(rig.neighbours, 'between releases')).toEqual([id]);
});

test('what the copy did not see is found by comparing with the owners before the alias moves', async () => {
  const running = await rig.start();
  await running.becomesReady();
  const late = idOf('company', 0);
  rig.neighbours.onCensus(async (question, kind) => {
    const isBehindTheCopy = question === 'export' && kind === 'article';
    if (isBehindTheCopy)
      rig.neighbours.store('company', late, { changedAt: LONG_AGO, state: company({ en: 'Unseen' }) });
  });
  await rig.ask('start');
  await eventually(() => rig.isDone(2));
  expect((await rig.elastic('GET', `/${rig.indexOf(2)}/_doc/${late}`)).found).toBe(true);
  await eventually(async () => (await idsFor(rig.neighbours, 'unseen')).length === 1);
});

test('a replaced index and its consumer are kept as a way back and then removed', async () => {
  const keeping = await rig.start();
  await keeping.becomesReady();
  await rig.ask('start');
  await eventually(() => rig.isDone(2));
  await eventually(async () => (await rig.metaOf(1)).retiredAt !== undefined);
  expect(await rig.neighbours.bus.positionOf(rig.space.names.indexDurable(rig.indexOf(1)))).toBeDefined();
  await rig.stopReplicas();
  const removing = await rig.start({ wayBackMs: 10 });
  await removing.becomesReady();
  await eventually(async () => (await rig.physicalIndexes()).length === 1);
  expect(await rig.readIndexes()).toEqual([rig.indexOf(2)]);
  expect(await rig.neighbours.bus.positionOf(rig.space.names.indexDurable(rig.indexOf(1)))).toBeUndefined();
  expect(await rig.kindsNow()).toEqual({ company: 9, article: 1, category: 1 });
});

test('an operator sees how far a rebuild is, and the figures on the port for operators', async () => {
  const running = await rig.start();
  await running.becomesReady();
  const release = rig.holdExports((place) => place === 'article:');
  await rig.ask('start');
  await eventually(async () => /filling with article/.test((await rig.ask('state')).doing ?? ''));
  const figures = await running.metrics();
  expect(figures).toMatch(/ortoo_index_rebuilding\{[^}]*\} 1/);
  for (const name of ['ortoo_index_lag_seconds', 'ortoo_index_pending_changes', 'ortoo_index_bulk_documents_total'])
    expect(figures).toMatch(new RegExp(`^${name}\\{[^}]*\\} \\d`, 'm'));
  release();
  const done = await eventually(() => rig.isDone(2));
  expect(done).toMatchObject({ documents: 12, left: 0, doing: null, tookMs: expect.any(Number) });
});
