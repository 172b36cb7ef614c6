import { type Bus, connectBus } from '@ortoo/shared/bus';
import type { ImportRow, ImportState } from '@ortoo/shared/contracts';
import { systemClock, typeIds } from '@ortoo/shared/kernel';
import {
  eventually,
  killedDuring,
  openOwnerHand,
  type RawDocument,
  spawnService,
  testContext,
} from '@ortoo/shared/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openNewsPlace } from './support/news.ts';

const EVENTS = 270;
/** A batch of 100 is noted, the second is written and not noted. */
const FAILPOINT = 'import.rows-written=kill@2';
const WRITTEN = 200;

let place: Awaited<ReturnType<typeof openNewsPlace>>;
let bus: Bus;
beforeAll(async () => {
  place = await openNewsPlace();
  const { natsUrl: url, names, log } = place.space;
  bus = await connectBus({ url, names, service: 'gateway', log });
});
afterAll(async () => {
  await bus?.close();
  await place?.close();
});

const calendarOf = (name: string) =>
  [
    'BEGIN:VCALENDAR',
    ...Array.from({ length: EVENTS }, (_, n) =>
      ['BEGIN:VEVENT', `UID:${n}@kill.example`, `SUMMARY:${name} ${n}`, 'DTSTART:20271007T100000', 'END:VEVENT'].join(
        '\n',
      ),
    ),
    'END:VCALENDAR\n',
  ].join('\n');

async function upload(text: string): Promise<string> {
  async function* pieces() {
    for (let from = 0; from < text.length; from += 1_000) yield Buffer.from(text.slice(from, from + 1_000));
  }
  return (await bus.uploads.put(typeIds.next('upload'), pieces(), { bytesMax: 1_000_000 })).name;
}

const get = (id: string): Promise<ImportState> => bus.call(testContext(), 'rpc.news.import.get', { id });
const finished = (id: string) =>
  eventually(async () => {
    const job = await get(id);
    return job.state === 'running' ? undefined : job;
  });
const page = async (id: string, after: number): Promise<ImportRow[]> =>
  (await bus.call(testContext(), 'rpc.news.import.report', { id, after, limit: 200 })).items;
const report = async (id: string) => [...(await page(id, 0)), ...(await page(id, 200))];

/** News as a process of its own, which kills itself in the middle of the import. */
async function importUntilKilled(name: string): Promise<{ id: string; signal: NodeJS.Signals | null }> {
  const child = spawnService(new URL('../src/main.ts', import.meta.url), place.space, FAILPOINT);
  const { done, signal } = await killedDuring(child, async () => {
    const request = {
      id: typeIds.next('import'),
      kind: 'event' as const,
      mode: 'upsert' as const,
      dryRun: false,
      mediaType: 'text/calendar',
      upload: await upload(calendarOf(name)),
    };
    await eventually(() => bus.call(testContext(), 'rpc.news.import.create', request), { everyMs: 100 });
    return request;
  });
  return { id: done.id, signal };
}

test('goes on after a kill where it was, and no row is done twice', async () => {
  const hand = await openOwnerHand(place.space);
  const stored = async () => (await hand.documents('news', 'events')) as unknown as (RawDocument & { uid: string })[];
  const first = await importUntilKilled('Expo');
  expect(first.signal).toBe('SIGKILL');
  expect((await stored()).length).toBe(WRITTEN);

  const news = await place.start(systemClock);
  const job = await finished(first.id);
  expect(job).toMatchObject({ state: 'done', progress: 1, counts: { read: EVENTS, created: EVENTS, unchanged: 0 } });
  const events = await stored();
  expect(new Set(events.map(({ uid }) => uid)).size).toBe(EVENTS);
  expect([events.length, events.every(({ v }) => v === 1)]).toEqual([EVENTS, true]);
  const rows = await report(first.id);
  expect(rows.map(({ row }) => row)).toEqual(Array.from({ length: EVENTS }, (_, n) => n + 1));
  expect(new Set(rows.map(({ id }) => id))).toEqual(new Set(events.map(({ _id }) => _id)));
  await news.stop();

  const second = await importUntilKilled('Fair');
  expect(second.signal).toBe('SIGKILL');
  const again = await place.start(systemClock);
  expect((await finished(second.id)).counts).toMatchObject({ read: EVENTS, created: 0, updated: EVENTS });
  expect((await stored()).every(({ v }) => v === 2)).toBe(true);
  await bus.call(testContext(), 'rpc.news.import.undo', { id: second.id });
  expect(await finished(second.id)).toMatchObject({ state: 'undone', counts: { undone: EVENTS, kept: 0 } });
  await again.stop();
  await hand.close();
}, 120_000);
