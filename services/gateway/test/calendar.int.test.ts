import { shiftInstant, systemClock } from '@ortoo/shared/kernel';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aCompany, anEvent, type Shown } from './support/caller.ts';
import { openPortal, type Portal } from './support/portal.ts';
import { type ReadEvent, readByIcalJs, readByNodeIcal } from './support/read-calendar.ts';

const ORIGIN = 'https://api.example.mn';
const TYPE = 'text/calendar; charset=utf-8';
const CALENDAR = { accept: 'text/calendar' };
const range = { from: '2027-01-01T00:00:00.000Z', until: '2029-01-01T00:00:00.000Z' };

let portal: Portal;
beforeAll(async () => {
  portal = await openPortal({ PUBLIC_URL: ORIGIN });
});
afterAll(() => portal?.close());

const create = (overrides: object = {}) =>
  portal.write('POST', '/v1/events', { body: anEvent({ status: 'published', ...overrides }) });
const patch = ({ id, v }: Shown, body: object) =>
  portal.write('PATCH', `/v1/events/${id}`, { headers: { 'if-match': `"${v}"` }, body });
const calendar = async (url: string, key?: string) => {
  const answer = await portal.ask('GET', url, { headers: CALENDAR, key });
  expect([answer.statusCode, answer.headers['content-type']], url).toEqual([200, TYPE]);
  return answer.body;
};
/** The dates of an event as our own list gives them. */
async function listed(id: string): Promise<ReadEvent['dates']> {
  const url = `/v1/events?ids=${id}&from=${range.from}&to=${range.until}&limit=100`;
  const { items } = (await portal.ask('GET', url)).json();
  return items.map(({ occurrence }: { occurrence: ReadEvent['dates'][number] }) => occurrence);
}
/**
 * A calendar client: asks with the tag that it has, keeps an event until one of the same UID has a SEQUENCE as high, and
 * shows what it has. Both programs have to read the same.
 */
function subscriber(url: string): () => Promise<ReadEvent[]> {
  const kept = new Map<string, ReadEvent>();
  let tag: string | undefined;
  return async () => {
    const headers = tag === undefined ? {} : { 'if-none-match': tag };
    const answer = await portal.ask('GET', url, { headers });
    if (answer.statusCode === 304) return [...kept.values()];
    tag = String(answer.headers.etag);
    const events = readByIcalJs(answer.body, range.until);
    const others = readByNodeIcal(answer.body, range);
    expect(others.map(({ dates: _dates, ...event }) => event)).toEqual(
      events.map(({ dates: _dates, ...event }) => event),
    );
    for (const event of events) if (event.sequence >= (kept.get(event.uid)?.sequence ?? 0)) kept.set(event.uid, event);
    return [...kept.values()];
  };
}
const uidsIn = (text: string) =>
  readByIcalJs(text, range.until)
    .map(({ uid }) => uid)
    .toSorted();

describe('a calendar, read by two programs', () => {
  test.each<[string, object]>([
    ['once', {}],
    ['once, with an end', { end: { local: '2027-10-07T18:30' } }],
    ['every week', { rrule: 'FREQ=WEEKLY;COUNT=6', exdate: ['2027-10-21T10:00'] }],
    [
      'over a change of the clocks in New York',
      {
        start: { local: '2027-10-28T09:00', tzid: 'America/New_York' },
        end: { local: '2027-10-28T17:00' },
        rrule: 'FREQ=WEEKLY;COUNT=4',
      },
    ],
    ['until a time', { rrule: 'FREQ=MONTHLY;UNTIL=20280301T000000Z' }],
    [
      'south of the equator',
      { start: { local: '2027-09-30T08:00', tzid: 'Australia/Sydney' }, rrule: 'FREQ=DAILY;COUNT=9' },
    ],
  ])('%s has the dates of our list', async (_when, overrides) => {
    const { id, uid } = await create(overrides);
    const dates = await listed(id);
    expect(dates.length).toBeGreaterThan(0);
    for (const url of [`/v1/events/${id}`, `/v1/events?ids=${id}`, `/calendar/events.ics?ids=${id}&from=2027-09-01`]) {
      const text = await calendar(url);
      expect(readByIcalJs(text, range.until), url).toMatchObject([{ uid, dates }]);
      expect(readByNodeIcal(text, range), url).toMatchObject([{ uid, dates }]);
    }
  });

  test('has dates beside the rule', async () => {
    const { id } = await create({ rrule: 'FREQ=WEEKLY;COUNT=2', rdate: ['2027-12-24T15:00'] });
    const [event] = readByIcalJs(await calendar(`/v1/events/${id}`), range.until);
    expect(event?.dates).toEqual(await listed(id));
    expect(event?.dates).toHaveLength(3);
  });

  test('lets a subscriber follow a series that is moved, interrupted and called off, by UID and SEQUENCE', async () => {
    const made = await create({ rrule: 'FREQ=WEEKLY;COUNT=4', start: { local: '2027-10-07T10:00' } });
    const shown = subscriber(`/calendar/events.ics?ids=${made.id}&from=2027-09-01`);
    const [first] = await shown();
    expect(first).toMatchObject({ uid: made.uid, sequence: 0, status: 'CONFIRMED' });
    expect(first?.dates).toHaveLength(4);

    const told = await patch(made, { description: { en: 'Told in other words.' } });
    expect(await shown()).toMatchObject([{ sequence: 0, dates: first?.dates }]);

    const moved = await patch(told, {
      start: { local: '2027-10-08T14:00' },
      exdate: ['2027-10-15T14:00'],
      rdate: ['2027-12-24T15:00'],
      eventStatus: 'rescheduled',
    });
    const [second] = await shown();
    expect(second).toMatchObject({ uid: made.uid, sequence: 1, status: 'CONFIRMED' });
    expect(second?.dates.map(({ start }) => start)).toEqual([
      '2027-10-08T06:00:00.000Z',
      '2027-10-22T06:00:00.000Z',
      '2027-10-29T06:00:00.000Z',
      '2027-12-24T07:00:00.000Z',
    ]);

    await patch(moved, { eventStatus: 'cancelled' });
    expect(await shown()).toMatchObject([{ uid: made.uid, sequence: 2, status: 'CANCELLED', dates: second?.dates }]);
  });

  test('has whole days, the day after the last as their end', async () => {
    const { id } = await create({ start: undefined, allDay: { from: '2027-10-30', to: '2027-10-31' } });
    expect(await listed(id)).toEqual([{ start: '2027-10-30', end: '2027-10-31' }]);
    const [event] = readByIcalJs(await calendar(`/v1/events/${id}`), range.until);
    expect(event?.dates).toEqual([{ start: '2027-10-30', end: '2027-11-01' }]);
  });
});

describe('/calendar/events.ics', () => {
  test('has the events of the usual window, and of another where it is asked for', async () => {
    const dayAt = (days: number) => shiftInstant(systemClock.now(), days * 86_400_000).slice(0, 10);
    const on = (days: number) =>
      create({ start: { local: `${dayAt(days)}T10:00` }, categories: ['insurance'] }).then(({ uid }) => String(uid));
    const [old, recent, soon, far] = [await on(-95), await on(-80), await on(350), await on(380)];
    const url = '/calendar/events.ics?category=insurance';
    expect(uidsIn(await calendar(url))).toEqual([recent, soon].toSorted());
    expect(uidsIn(await calendar(`${url}&from=${dayAt(-100)}&to=${dayAt(-60)}`))).toEqual([old, recent].toSorted());
    expect(uidsIn(await calendar(`${url}&from=${dayAt(340)}`))).toEqual([soon, far].toSorted());
    expect(uidsIn(await calendar(`${url}&to=${dayAt(0)}`))).toEqual([recent]);
  });

  test('takes the filters of the list and has an event of many dates once', async () => {
    const company = await portal.write('POST', '/v1/companies', { body: aCompany({ status: 'published' }) });
    const daily = await create({ organiser: { companyId: company.id }, rrule: 'FREQ=DAILY;COUNT=150' });
    const forum = await create({ exhibitors: [{ companyId: company.id }], eventKind: 'forum' });
    const url = `/calendar/events.ics?companyId=${company.id}&from=2027-10-01`;
    expect(uidsIn(await calendar(url))).toEqual([String(daily.uid), String(forum.uid)].toSorted());
    expect(uidsIn(await calendar(`${url}&eventKind=forum`))).toEqual([forum.uid]);
    expect(uidsIn(await calendar(`/v1/companies/${company.id}/events`))).toHaveLength(2);
  });

  test('speaks the language asked for', async () => {
    const { id } = await create();
    const text = await calendar(`/calendar/events.ics?ids=${id}&from=2027-10-01&lang=mn`);
    expect(text).toContain('X-WR-CALNAME:Ortoo: Арга хэмжээ\r\n');
    expect(readByIcalJs(text, range.until)[0]?.summary).toContain('Уул уурхайн');
  });

  test('tells at its Link that it goes on, and there go on the dates that were too many', async () => {
    const company = await portal.write('POST', '/v1/companies', { body: aCompany({ status: 'published' }) });
    const daily = (from: string) =>
      create({
        start: { local: `${from}T10:00` },
        rrule: 'FREQ=DAILY;COUNT=1000',
        organiser: { companyId: company.id },
      });
    const made = [await daily('2027-01-01'), await daily('2027-01-02'), await daily('2029-10-01')];
    const first = await portal.ask('GET', `/calendar/events.ics?companyId=${company.id}&from=2027-01-01&to=2031-06-01`);
    const [one, other] = made.map(({ uid }) => uid);
    expect(new Set(uidsIn(first.body))).toEqual(new Set([one, other]));
    const next = /^<(.+)>; rel="next"$/.exec(String(first.headers.link))?.[1];
    const second = await portal.ask('GET', String(next));
    expect(uidsIn(second.body)).toContain(made[2]?.uid);
    expect(second.headers.link).toBeUndefined();
  });

  test('refuses what a list refuses, at its place', async () => {
    for (const [query, pointer] of [
      ['status=draft', '/status'],
      ['limit=5', '/limit'],
      ['from=soon', '/from'],
      ['from=2027-10-02&to=2027-10-01', '/to'],
      ['category=minning', '/category/0'],
      ['cursor=forged.AAAA', '/cursor'],
    ]) {
      const answer = await portal.ask('GET', `/calendar/events.ics?${query}`, { key: portal.adminKey });
      expect(answer.json(), query).toMatchObject({ status: 400, errors: [{ pointer }] });
    }
  });
});

test.each([
  ['an event', (id: string) => `/v1/events/${id}`],
  ['a list', (id: string) => `/v1/events?ids=${id}`],
  ['a query', (id: string) => `/calendar/events.ics?ids=${id}&from=2027-10-01`],
])('the calendar of %s is not sent again until it changes, and HEAD is answered alike', async (_what, urlOf) => {
  const made = await create();
  const url = urlOf(made.id);
  const { headers } = await portal.ask('GET', url, { headers: CALENDAR });
  const known = { ...CALENDAR, 'if-none-match': String(headers.etag) };
  const again = await portal.ask('GET', url, { headers: known });
  expect([again.statusCode, again.body]).toEqual([304, '']);
  const headed = await portal.ask('HEAD', url, { headers: CALENDAR });
  for (const name of ['etag', 'content-type', 'cache-control', 'vary'])
    expect(headed.headers[name]).toBe(headers[name]);
  await patch(made, { onlineUrl: 'https://talexpo.example/live' });
  const changed = await portal.ask('GET', url, { headers: known });
  expect(changed.statusCode).toBe(200);
  expect(changed.body).toContain('https://talexpo.example/live');
});

test('a draft is in no calendar, whoever asks', async () => {
  const draft = await create({ status: 'draft', name: { en: 'Not yet told' } });
  for (const key of [undefined, portal.adminKey]) {
    for (const url of [
      '/v1/events',
      `/calendar/events.ics?from=2027-10-01`,
      `/v1/events?from=2027-10-01&ids=${draft.id}`,
    ])
      expect(await calendar(url, key), url).not.toContain('Not yet told');
    const one = await portal.ask('GET', `/v1/events/${draft.id}`, { headers: CALENDAR, key });
    expect(one.statusCode).toBe(404);
  }
});
