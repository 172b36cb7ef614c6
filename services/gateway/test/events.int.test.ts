import { eventually } from '@ortoo/shared/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aCompany, anEvent, type Shown } from './support/caller.ts';
import { openPortal, type Portal } from './support/portal.ts';

let portal: Portal;
beforeAll(async () => {
  portal = await openPortal({ PUBLIC_URL: 'https://api.example.mn' });
});
afterAll(() => portal?.close());

const create = (overrides: object = {}) =>
  portal.write('POST', '/v1/events', { body: anEvent({ status: 'published', ...overrides }) });
const patch = ({ id, v }: Shown, body: object) =>
  portal.write('PATCH', `/v1/events/${id}`, { headers: { 'if-match': `"${v}"` }, body });
type Item = { id: string; occurrence?: { start: string; end: string }; [member: string]: unknown };
const list = async (url: string): Promise<Item[]> => (await portal.ask('GET', url)).json().items;

test("a calendar client's view of a recurring event that is rescheduled", async () => {
  const made = await create({
    start: { local: '2027-10-04T10:00' },
    end: { local: '2027-10-04T12:00' },
    rrule: 'FREQ=WEEKLY;COUNT=4',
  });
  expect(made).toMatchObject({ sequence: 0, uid: `${made.id}@ortoo`, eventStatus: 'scheduled' });
  const october = `/v1/events?ids=${made.id}&from=2027-10-01&to=2027-11-01`;
  const starts = async () => (await list(october)).map(({ occurrence }) => occurrence?.start);
  expect(await starts()).toEqual([4, 11, 18, 25].map((day) => `2027-10-${String(day).padStart(2, '0')}T02:00:00.000Z`));

  const moved = await patch(made, {
    start: { local: '2027-10-05T14:00' },
    end: { local: '2027-10-05T16:00' },
    eventStatus: 'rescheduled',
  });
  expect(moved).toMatchObject({
    sequence: 1,
    uid: made.uid,
    eventStatus: 'rescheduled',
    previousStart: { local: '2027-10-04T10:00', tzid: 'Asia/Ulaanbaatar' },
  });
  expect((await starts())[0]).toBe('2027-10-05T06:00:00.000Z');
  const cut = await patch(moved, { exdate: ['2027-10-12T14:00'] });
  expect([cut.sequence, await starts()]).toEqual([
    2,
    ['2027-10-05T06:00:00.000Z', '2027-10-19T06:00:00.000Z', '2027-10-26T06:00:00.000Z'],
  ]);
  const told = await patch(cut, { summary: { en: 'Bring a helmet.' } });
  expect(told).toMatchObject({ sequence: 2, previousStart: moved.previousStart });
  const cancelled = await patch(told, { eventStatus: 'cancelled' });
  expect([cancelled.sequence, (await list(october)).map((item) => item.eventStatus)]).toEqual([
    3,
    ['cancelled', 'cancelled', 'cancelled'],
  ]);
});

describe('a list of dates', () => {
  test('is paged by cursors over dates, and refuses what is no range', async () => {
    const { id } = await create({ rrule: 'FREQ=DAILY;COUNT=7', categories: ['insurance'] });
    const seen: (string | undefined)[] = [];
    let url: string | null = '/v1/events?category=insurance&from=2027-10-01&to=2028-01-01&limit=3&total=true';
    while (url) {
      const answer: { items: Item[]; page: { next: string | null }; total: number } = (
        await portal.ask('GET', url)
      ).json();
      expect(answer.total).toBe(7);
      seen.push(...answer.items.map((item) => (item.id === id ? item.occurrence?.start : item.id)));
      url = answer.page.next;
    }
    expect(seen).toHaveLength(7);
    expect(new Set(seen).size).toBe(7);
    for (const [query, pointer] of [
      ['from=2027-02-30', '/from'],
      ['from=2027-10-02&to=2027-10-01', '/to'],
      ['from=soon', '/from'],
      ['from=2027-10-01&sort=createdAt', '/sort'],
      ['fron=2027-10-01', '/fron'],
    ]) {
      const answer = await portal.ask('GET', `/v1/events?${query}`);
      expect([answer.statusCode, answer.json().errors?.[0]?.pointer]).toEqual([400, pointer]);
    }
  });

  test('of a company has what it organises and what it shows at, without those that are hidden', async () => {
    const company = await portal.write('POST', '/v1/companies', { body: aCompany({ status: 'published' }) });
    const own = await create({ organiser: { companyId: company.id } });
    const fair = await create({ exhibitors: [{ companyId: company.id }], rrule: 'FREQ=WEEKLY;COUNT=2' });
    const draft = await create({ organiser: { companyId: company.id }, status: 'draft' });
    await create();
    const url = `/v1/companies/${company.slug}/events`;
    expect((await list(url)).map(({ id }) => id).toSorted()).toEqual([own.id, fair.id].toSorted());
    expect((await list(`${url}?from=2027-10-01&to=2028-01-01`)).map(({ id }) => id)).toHaveLength(3);
    const all = (await portal.ask('GET', url, { key: portal.adminKey })).json().items.map(({ id }: Item) => id);
    expect(all).toContain(draft.id);
    const [included] = await list(`/v1/events?ids=${own.id}&include=company`);
    expect(included).toMatchObject({ included: { company: { id: company.id } } });
  });
});

test('events are found by search: by name, kind, region and the range that a date of theirs is in', async () => {
  const event = await create({
    name: { en: 'Quagga symposium' },
    eventKind: 'forum',
    rrule: 'FREQ=MONTHLY;COUNT=3',
    venue: { address: { country: 'MN', region: 'MN-071' } },
    categories: ['labor-safety'],
  });
  const token = `${event.id}:${event.v}`;
  const find = async (query: string) => {
    const answer = (await portal.ask('GET', `/v1/search?${query}&waitFor=${token}`)).json();
    return (answer.items as Item[]).map(({ id }) => id);
  };
  for (const query of [
    'q=quagga',
    'q=quagga&kinds=event',
    'eventKind=forum&region=MN-071',
    'q=quagga&from=2027-11-01&to=2027-12-01',
    'q=quagga&from=2027-12-01',
    'q=quagga&to=2027-10-08',
  ])
    expect(await find(query), query).toEqual([event.id]);
  for (const query of [
    'q=quagga&kinds=company',
    'q=quagga&eventKind=expo',
    'q=quagga&from=2028-01-01',
    'q=quagga&to=2027-10-07',
  ])
    expect(await find(query), query).not.toContain(event.id);
  const { facets } = (await portal.ask('GET', '/v1/search?q=quagga&facets=eventKind&lang=en')).json();
  expect(facets.eventKind).toEqual([{ value: 'forum', label: 'Forum', count: 1 }]);
  await eventually(async () => {
    const { counts } = (await portal.ask('GET', '/v1/categories/labor-safety')).json();
    return counts.events === 1;
  });
});

test.each([
  [{ start: undefined }, '/start', 'event.time-missing'],
  [{ start: { local: '2027-03-14T02:30', tzid: 'America/New_York' } }, '/start/local', 'event.time-skipped'],
  [{ start: { local: '2027-10-07T10:00', tzid: 'Asia/Nowhere' } }, '/start/tzid', 'event.zone-unknown'],
  [{ end: { local: '2027-10-06T10:00' } }, '/end/local', 'event.ends-early'],
  [{ rrule: 'FREQ=SECONDLY' }, '/rrule', 'event.rrule-invalid'],
  [{ rrule: 'FREQ=DAILY;COUNT=1000000000' }, '/rrule', 'event.rrule-invalid'],
  [{ rrule: 'FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30' }, '/rrule', 'event.never-takes-place'],
  [{ exdate: Array.from({ length: 10_000 }, () => '2027-10-07') }, '/exdate', 'request.body-invalid'],
  [{ eventKind: undefined }, '/eventKind', 'request.body-invalid'],
  [{ name: undefined }, '/name', 'request.body-invalid'],
])('the event %j is a 400 at its place, soon', async (overrides, pointer, reason) => {
  const startedMs = performance.now();
  const answer = await portal.ask('POST', '/v1/events', { key: portal.adminKey, body: anEvent(overrides) });
  expect(answer.json()).toMatchObject({ status: 400, code: 'VALIDATION_FAILED', reason, errors: [{ pointer }] });
  expect(performance.now() - startedMs).toBeLessThan(3_000);
});
