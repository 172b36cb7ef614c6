import type { RpcName } from '@ortoo/shared/contracts';
import { AppError, shiftInstant, systemClock, toInstant, typeIds } from '@ortoo/shared/kernel';
import { connectMongo, type Mongo } from '@ortoo/shared/outbox';
import { eventually, testContext } from '@ortoo/shared/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openNews, type Shown, type TestNews } from './support/news.ts';

let news: TestNews;
let mongo: Mongo;
beforeAll(async () => {
  news = await openNews();
  const { mongoUrl: url, names, log } = news.space;
  mongo = await connectMongo({ url, database: names.database('news'), log });
});
afterAll(async () => {
  await mongo?.close();
  await news?.close();
});

type Dated = Shown & { occurrence?: { start: string; end: string } };
let made = 0;
const anEvent = (overrides: object = {}) => {
  made += 1;
  return {
    eventKind: 'training',
    name: { en: `Blasting course ${made}` },
    start: { local: '2030-01-07T10:00' },
    end: { local: '2030-01-07T12:00' },
    status: 'published',
    ...overrides,
  };
};
const create = async (overrides: object = {}) => {
  const request = { id: typeIds.next('event'), input: anEvent(overrides) };
  return (await news.write('rpc.news.event.create', request)).body;
};
const patch = async ({ id, v }: Shown, body: object) =>
  (await news.write('rpc.news.event.change', { id, v, mode: 'merge', body })).body;
const list = (filter: object, more: object = {}) =>
  news.read<Dated[]>('rpc.news.event.list', { filter, limit: 100, view: 'public', ...more });
const datesOf = async ({ id }: Shown, range: object, more: object = {}) =>
  (await list({ ids: [id], ...range }, more)).body.map(({ occurrence }) => occurrence?.start);
const company = async (status: string) => {
  const input = { displayName: { en: `Organiser ${made}` }, categories: { primary: 'other' }, status };
  return (await news.write('rpc.catalog.company.create' as RpcName, { id: typeIds.next('company'), input })).body;
};
const year = { from: '2030-01-01', to: '2031-01-01' };

describe('a list of dates', () => {
  test('has an item for each date in the range, half-open, and one that has begun and not ended', async () => {
    const series = await create({ rrule: 'FREQ=WEEKLY;COUNT=4' });
    const [first, second, third, fourth] = [7, 14, 21, 28].map((day) => toInstant(Date.UTC(2030, 0, day, 2)));
    expect(await datesOf(series, year)).toEqual([first, second, third, fourth]);
    expect(await datesOf(series, { from: second, to: fourth })).toEqual([second, third]);
    expect(await datesOf(series, { from: '2030-01-14T03:00:00Z', to: third })).toEqual([second]);
    expect(await datesOf(series, { from: '2030-01-14T04:00:00Z', to: third })).toEqual([]);
    const [item] = (await list({ ids: [series.id], ...year })).body;
    expect(item).toMatchObject({ id: series.id, v: 1, occurrence: { start: first, end: '2030-01-07T04:00:00.000Z' } });
    const [event, ...others] = (await list({ ids: [series.id] })).body;
    expect([event?.id, event?.occurrence, others]).toEqual([series.id, undefined, []]);
  });

  test('is paged over dates of all events in their order, and back to front', async () => {
    const daily = await create({ rrule: 'FREQ=DAILY;COUNT=9', start: { local: '2031-03-01T10:00' }, end: undefined });
    const other = await create({ rrule: 'FREQ=DAILY;COUNT=9', start: { local: '2031-03-01T11:00' }, end: undefined });
    for (const sort of [['start'], ['-start']]) {
      const seen: string[] = [];
      let after: unknown;
      do {
        const filter = { ids: [daily.id, other.id], from: '2031-03-01', to: '2031-06-01' };
        const { body, meta } = await list(filter, { limit: 4, sort, isTotalWanted: true, ...(after ? { after } : {}) });
        expect(meta.total).toBe('18');
        seen.push(...body.flatMap(({ occurrence }) => occurrence?.start ?? []));
        after = meta.next && JSON.parse(meta.next);
      } while (after);
      expect(seen).toHaveLength(18);
      expect(new Set(seen).size).toBe(18);
      expect(seen).toEqual(sort[0] === 'start' ? seen.toSorted() : seen.toSorted().reverse());
    }
  });

  test('follows every change at once: moved, left out, cancelled, unpublished, deleted', async () => {
    const series = await create({ rrule: 'FREQ=WEEKLY;COUNT=2' });
    const moved = await patch(series, { start: { local: '2030-02-04T10:00' }, end: { local: '2030-02-04T12:00' } });
    expect(moved).toMatchObject({ sequence: 1, previousStart: { local: '2030-01-07T10:00' } });
    expect(await datesOf(series, year)).toEqual(['2030-02-04T02:00:00.000Z', '2030-02-11T02:00:00.000Z']);
    const cut = await patch(moved, { exdate: ['2030-02-11T10:00'] });
    expect(await datesOf(series, year)).toEqual(['2030-02-04T02:00:00.000Z']);
    const cancelled = await patch(cut, { eventStatus: 'cancelled' });
    expect(await datesOf(series, { ...year, eventStatus: ['scheduled'] })).toEqual([]);
    expect(await datesOf(series, { ...year, eventStatus: ['cancelled'] })).toHaveLength(1);
    await news.write('rpc.news.event.move', { id: series.id, move: 'unpublish' });
    expect(await datesOf(series, year)).toEqual([]);
    expect(await datesOf(series, year, { view: 'staff' })).toHaveLength(1);
    await news.bus.call(testContext(), 'rpc.news.event.remove', { id: series.id, v: cancelled.v + 1 });
    expect(await datesOf(series, year, { view: 'staff' })).toEqual([]);
  });

  test('has the days of all-day events, from their first midnight in Ulaanbaatar to the end of their last', async () => {
    const days = await create({ start: undefined, end: undefined, allDay: { from: '2030-03-01', to: '2030-03-03' } });
    const seen = async (from: string, to: string) => (await list({ ids: [days.id], from, to })).body;
    const [item] = await seen('2030-03-03', '2030-03-04');
    expect(item?.occurrence).toEqual({ start: '2030-03-01', end: '2030-03-03' });
    expect(await seen('2030-03-04', '2030-03-05')).toEqual([]);
    expect(await seen('2030-02-01', '2030-03-01')).toEqual([]);
    expect(await seen('2030-02-28T16:00:00Z', '2030-02-28T16:00:01Z')).toHaveLength(1);
  });

  test('has one that goes on until its last day, as long as a date may last', async () => {
    const days = await create({ start: undefined, end: undefined, allDay: { from: '2032-01-01', to: '2032-12-31' } });
    expect(await datesOf(days, { from: '2032-12-31', to: '2034-01-01' })).toEqual(['2032-01-01']);
    expect(await datesOf(days, { from: '2033-01-01', to: '2034-01-01' })).toEqual([]);
  });

  test('is filtered as events are', async () => {
    const named = { categories: ['mining-services'], venue: { address: { country: 'MN', region: 'MN-064' } } };
    const series = await create({
      ...named,
      rrule: 'FREQ=DAILY;COUNT=2',
      externalIds: [{ system: 'fair', value: '1' }],
    });
    const mine = { ids: [series.id] };
    for (const filter of [
      { category: ['mining-services'] },
      { region: ['MN-064'] },
      { eventKind: ['training'] },
      { externalId: ['fair:1'] },
    ]) {
      expect((await list({ ...mine, ...year, ...filter })).body).toHaveLength(2);
      expect((await list({ ...mine, ...filter })).body).toHaveLength(1);
    }
    for (const filter of [{ category: ['travel'] }, { region: ['MN-1'] }, { eventKind: ['expo'] }]) {
      expect((await list({ ...mine, ...year, ...filter })).body).toEqual([]);
      expect((await list({ ...mine, ...filter })).body).toEqual([]);
    }
  });

  test.each([
    ['an order that dates have not', { from: '2030-01-01' }, { sort: ['createdAt'] }, '/sort'],
    ['an end before its beginning', { from: '2030-01-01', to: '2029-01-01' }, {}, '/to'],
    ['a cursor of another list', { from: '2030-01-01' }, { after: ['x'] }, '/cursor'],
  ])('refuses %s', async (_what, filter, more, pointer) => {
    const error = await list(filter, more).then(() => undefined, AppError.from);
    expect([error?.code, error?.details?.errors?.[0]?.pointer]).toEqual(['VALIDATION_FAILED', pointer]);
  });
});

describe('the companies of an event', () => {
  test('must exist, and are shown to the public as far as it sees them, now and later', async () => {
    const [organiser, exhibitor] = [await company('published'), await company('draft')];
    const event = await create({ organiser: { companyId: organiser.id }, exhibitors: [{ companyId: exhibitor.id }] });
    const shown = async () => (await list({ ids: [event.id] })).body[0] as Record<string, unknown>;
    const found = async ({ id }: Shown, range = {}) => (await list({ companyId: [id], ...range })).body.length;
    expect(await shown()).toMatchObject({ organiser: { companyId: organiser.id } });
    expect(await shown()).not.toHaveProperty('exhibitors');
    expect([await found(organiser), await found(organiser, year), await found(exhibitor)]).toEqual([1, 1, 0]);

    await news.write('rpc.catalog.company.move' as RpcName, { id: exhibitor.id, move: 'publish' });
    await news.write('rpc.catalog.company.move' as RpcName, { id: organiser.id, move: 'archive' });
    await eventually(async () => (await found(exhibitor, year)) === 1 && (await found(organiser, year)) === 0);
    expect(await shown()).toMatchObject({ exhibitors: [{ companyId: exhibitor.id }] });
    expect(await shown()).not.toHaveProperty('organiser');
    const staff = (await list({ companyId: [organiser.id] }, { view: 'staff' })).body;
    expect(staff.map(({ id }) => id)).toEqual([event.id]);

    const nobody = { organiser: { companyId: typeIds.next('company') } };
    const error = await create(nobody).then(() => undefined, AppError.from);
    expect(error?.details?.errors?.map(({ pointer }) => pointer)).toEqual(['/organiser/companyId']);
  });
});

describe('the events of a company that is merged into another', () => {
  const merge = ({ id }: Shown, into: Shown) =>
    news.write('rpc.catalog.company.merge' as RpcName, { id, into: into.id });
  const ofCompany = async ({ id }: Shown) => (await list({ companyId: [id] })).body;
  const isOf = (company: Shown, event: Shown) =>
    eventually(async () => expect((await ofCompany(company)).map(({ id }) => id)).toContain(event.id));

  test('are those of the one that stays, of whoever organises and exhibits, drafts too, and through chains', async () => {
    const [copy, middle, heir] = [await company('published'), await company('published'), await company('published')];
    const organised = await create({ organiser: { companyId: copy.id } });
    const both = [{ companyId: copy.id }, { companyId: heir.id }];
    const exhibited = await create({ exhibitors: both });
    const draft = await create({ organiser: { companyId: copy.id }, status: 'draft' });

    await merge(copy, middle);
    await isOf(middle, organised);
    await merge(middle, heir);
    await isOf(heir, organised);
    const get = async ({ id }: Shown) => (await news.read('rpc.news.event.get', { ref: id })).body;
    const right = { exhibitors: [{ companyId: heir.id }], sequence: 0 };
    await eventually(async () => expect(await get(exhibited)).toMatchObject(right));
    await eventually(async () => expect(await get(draft)).toMatchObject({ organiser: { companyId: heir.id } }));
    for (const gone of [copy, middle])
      expect((await list({ companyId: [gone.id] }, { view: 'staff' })).body).toEqual([]);

    const later = await create({ organiser: { companyId: copy.id } });
    expect(later).toMatchObject({ organiser: { companyId: heir.id } });
    expect(later.v).toBe(1);
  });

  test('go along once, however often the merge is told and by how many replicas', async () => {
    const [copy, heir] = [await company('published'), await company('published')];
    const event = await create({ organiser: { companyId: copy.id } });
    const replica = await news.startReplica();
    await merge(copy, heir);
    await isOf(heir, event);
    const before = (await news.read('rpc.news.event.get', { ref: event.id })).body;
    const since = shiftInstant(systemClock.now(), -3_600_000);
    await news.bus.call(testContext(), 'rpc.catalog.outbox.rearm', { since });
    await merge(copy, heir);
    const marker = await create({ organiser: { companyId: copy.id } });
    await isOf(heir, marker);
    expect((await news.read('rpc.news.event.get', { ref: event.id })).body).toEqual(before);
    await replica.stop();
  });
});

describe('what a crash left', () => {
  const rows = () => mongo.connection.collection('event_dates');
  const heads = () => mongo.connection.collection<{ _id: string; doneV?: number }>('event_date_heads');

  test('dates that are behind their event are made by whoever finds them', async () => {
    const series = await patch(await create({ rrule: 'FREQ=WEEKLY;COUNT=3' }), { summary: { en: 'In short' } });
    const before = await datesOf(series, year);
    await rows().updateMany({ eventId: series.id }, { $set: { v: 1, 'occurrence.start': 'stale' } });
    expect(await datesOf(series, year)).toEqual(before);
    expect(before).toHaveLength(3);
  });

  test('dates that were never made are made when the change is followed', async () => {
    const series = await create({ rrule: 'FREQ=WEEKLY;COUNT=3' });
    await eventually(async () => (await heads().findOne({ _id: series.id }))?.doneV === 1);
    await rows().deleteMany({ eventId: series.id });
    await heads().deleteMany({ _id: series.id });
    expect(await datesOf(series, year)).toEqual([]);
    await news.bus.call(testContext(), 'rpc.news.outbox.rearm', { since: '2020-01-01T00:00:00.000Z' });
    await eventually(async () => (await datesOf(series, year)).length === 3);
  });
});

test('the window of a series that does not end moves with the clock, without a change that calendars see', async () => {
  const series = await create({ rrule: 'FREQ=MONTHLY' });
  const range = { from: '2031-06-01', to: '2036-01-01' };
  const before = (await datesOf(series, range)).length;
  const AHEAD_MS = 200 * 86_400_000;
  await news.startReplica({
    now: () => shiftInstant(systemClock.now(), AHEAD_MS),
    nowMs: () => systemClock.nowMs() + AHEAD_MS,
  });
  await eventually(async () => (await datesOf(series, range)).length > before);
  const { body } = await news.read('rpc.news.event.get', { ref: series.id });
  expect(body).toMatchObject({ sequence: 0, updatedAt: series.updatedAt });
  expect(body.v).toBeGreaterThan(1);
});
