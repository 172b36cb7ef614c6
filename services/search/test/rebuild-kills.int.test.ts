import { eventually } from '@ortoo/shared/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LONG_AGO, openRebuildRig, type RebuildRig } from './rebuild-rig.ts';
import { company, idOf } from './states.ts';

let rig: RebuildRig;
beforeEach(async () => {
  rig = await openRebuildRig();
});
afterEach(() => rig.close());

test('a process that is killed in the middle of a copy is taken over where it was', async () => {
  for (let n = 11; n <= 19; n += 1)
    rig.neighbours.store('company', idOf('company', n), { changedAt: LONG_AGO, state: company({ en: `Stored ${n}` }) });
  const held = `company:${idOf('company', 16)}`;
  const release = rig.holdExports((place) => place === held);
  rig.neighbours.onCensusDelay(500);
  const child = rig.startProcess();
  await eventually(async () => rig.exports.includes(held), { timeoutMs: 30_000 });
  await eventually(async () => ((await rig.metaOf(1)).fill.place?.after ?? '') >= idOf('company', 4));
  child.kill('SIGKILL');
  rig.neighbours.onCensusDelay(0);
  rig.exports.splice(0);
  release();
  await (await rig.start()).becomesReady();
  expect(rig.exports).not.toContain('company:');
  expect(rig.exports).toContain('article:');
  expect(await rig.kindsNow()).toEqual({ company: 18, article: 1, category: 1 });
  expect(await rig.physicalIndexes()).toEqual([rig.indexOf(1)]);
});

test('a process that is killed while it compares leaves the old index answering, and the next one finishes', async () => {
  const held = Promise.withResolvers<void>();
  let summaries = 0;
  await (await rig.start()).becomesReady();
  await rig.stopReplicas();
  const child = rig.startProcess();
  await eventually(async () => (await rig.ask('state')).name === rig.indexOf(1), { timeoutMs: 30_000 });
  rig.neighbours.onCensus(async (question) => {
    if (question !== 'summary') return;
    summaries += 1;
    await held.promise;
  });
  await rig.ask('start');
  await eventually(async () => summaries > 0);
  child.kill('SIGKILL');
  expect(await rig.readIndexes()).toEqual([rig.indexOf(1)]);
  held.resolve();
  const running = await rig.start();
  await running.becomesReady();
  await eventually(() => rig.isDone(2), { timeoutMs: 30_000 });
  expect(await rig.readIndexes()).toEqual([rig.indexOf(2)]);
  await eventually(async () => (await rig.kindsNow()).company === 9);
});

test('an index whose filler was killed after the alias moved is written down as done, and nothing is copied again', async () => {
  await (await rig.start()).becomesReady();
  await eventually(() => rig.isDone(1));
  const _meta = await rig.metaOf(1);
  await rig.stopReplicas();
  await rig.elastic('PUT', `/${rig.indexOf(1)}/_mapping`, {
    _meta: { ..._meta, fill: { ..._meta.fill, state: 'filling' } },
  });
  rig.holdExports(() => false);
  await (await rig.start()).becomesReady();
  await eventually(() => rig.isDone(1));
  expect(rig.exports.filter((place) => !place.startsWith('category'))).toEqual([]);
});
