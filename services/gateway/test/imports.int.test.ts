import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { anEvent } from './support/caller.ts';
import { aUid, calendar, counts, type ImportDesk, type Job, openImportDesk, vevent } from './support/imports.ts';

let desk: ImportDesk;
beforeAll(async () => {
  desk = await openImportDesk();
});
afterAll(() => desk?.portal.close());

describe('an import', () => {
  test('is answered at once, and makes a draft of each event in the name of its key', async () => {
    const uid = aUid();
    const answer = await desk.send(calendar(vevent(uid, 'DTEND;TZID=Asia/Ulaanbaatar:20271007T180000', 'SEQUENCE:3')));
    expect([answer.statusCode, answer.headers.location]).toEqual([202, `/v1/imports/${answer.json<Job>().id}`]);
    const job = await desk.finished(answer.json<Job>().id);
    expect(job).toMatchObject({
      kind: 'event',
      mode: 'upsert',
      dryRun: false,
      state: 'done',
      counts: counts({ read: 1, created: 1 }),
      progress: 1,
      reportUrl: `/v1/imports/${job.id}/report`,
    });
    const [row, ...more] = await desk.report(job);
    expect(more).toEqual([]);
    expect(row).toEqual({ row: 1, outcome: 'created', id: expect.stringMatching(/^event_/) });
    expect(await desk.event(row?.id)).toMatchObject({
      status: 'draft',
      uid,
      sequence: 3,
      name: { en: 'Mining week' },
      start: { local: '2027-10-07T10:00', tzid: 'Asia/Ulaanbaatar' },
      end: { local: '2027-10-07T18:00', tzid: 'Asia/Ulaanbaatar' },
    });
  });

  test('of the same file changes nothing', async () => {
    const file = calendar(vevent(aUid()), vevent(aUid(), 'RRULE:FREQ=WEEKLY;COUNT=3'));
    const first = await desk.importing(file);
    const second = await desk.importing(file);
    expect(second.job.counts).toEqual(counts({ read: 2, unchanged: 2 }));
    expect(second.rows.map(({ id }) => id)).toEqual(first.rows.map(({ id }) => id));
    expect((await desk.event(first.rows[0]?.id)).v).toBe(1);
  });
});

describe('a calendar that comes again', () => {
  const start = (day: string) => `DTSTART;TZID=Asia/Ulaanbaatar:202710${day}T100000`;

  test('changes an event when its SEQUENCE is higher or the same, and never when it is lower', async () => {
    const uid = aUid();
    const first = await desk.importing(calendar(vevent(uid, 'SEQUENCE:2', start('07'))));
    const outcomeOf = async (...lines: string[]) =>
      (await desk.importing(calendar(vevent(uid, ...lines)))).rows[0]?.outcome;
    expect(await outcomeOf('SEQUENCE:1', start('01'))).toBe('unchanged');
    expect(await outcomeOf('SEQUENCE:2', start('07'))).toBe('unchanged');
    expect(await outcomeOf('SEQUENCE:2', start('08'))).toBe('updated');
    expect(await outcomeOf('SEQUENCE:5', start('09'))).toBe('updated');
    expect(await outcomeOf('SEQUENCE:3', start('01'))).toBe('unchanged');
    expect(await desk.event(first.rows[0]?.id)).toMatchObject({
      v: 3,
      sequence: 5,
      start: { local: '2027-10-09T10:00' },
      previousStart: { local: '2027-10-08T10:00' },
    });
  });

  test.each([
    ['STATUS:CANCELLED', ''],
    ['SEQUENCE:0', 'METHOD:CANCEL\r\n'],
  ])('cancels an event by %s%s', async (line, head) => {
    const uid = aUid();
    const { rows } = await desk.importing(calendar(vevent(uid)));
    const { job } = await desk.importing(calendar(head + vevent(uid, line, 'DTSTART:-')));
    expect(job.counts).toEqual(counts({ read: 1, updated: 1 }));
    expect(await desk.event(rows[0]?.id)).toMatchObject({
      eventStatus: 'cancelled',
      start: { local: '2027-10-07T10:00' },
    });
  });

  test('leaves alone what it does not speak of, and what the desk has moved since', async () => {
    const uid = aUid();
    const { id, v } = await desk.portal.write('POST', '/v1/events', {
      body: anEvent({
        uid,
        name: { en: 'Mining week', mn: 'Уул уурхай' },
        summary: { en: 'Short.' },
        offers: [{ url: 'https://a.example' }],
      }),
    });
    const file = calendar(vevent(uid));
    expect((await desk.importing(file)).job.counts).toEqual(counts({ read: 1, unchanged: 1 }));
    const start = { local: '2027-11-01T10:00', tzid: 'Asia/Ulaanbaatar' };
    await desk.portal.write('PATCH', `/v1/events/${id}`, { headers: { 'if-match': `"${v}"` }, body: { start } });
    expect((await desk.importing(file)).job.counts).toEqual(counts({ read: 1, unchanged: 1 }));
    expect(await desk.event(id)).toMatchObject({ v: v + 1, start, name: { mn: 'Уул уурхай' } });
  });
});

describe('a dry run', () => {
  test('tells what would be done and writes nothing', async () => {
    const known = aUid();
    const { rows } = await desk.importing(calendar(vevent(known)));
    const file = calendar(vevent(aUid()), vevent(known, 'SUMMARY:Renamed'), vevent(aUid(), 'RRULE:FREQ=SECONDLY'));
    const { job, rows: told } = await desk.importing(file, { query: 'kind=event&mode=upsert&dryRun=true' });
    expect(job).toMatchObject({
      dryRun: true,
      state: 'done',
      counts: counts({ read: 3, created: 1, updated: 1, rejected: 1 }),
    });
    expect(told).toEqual([
      { row: 1, outcome: 'created' },
      { row: 2, outcome: 'updated', id: rows[0]?.id },
      { row: 3, outcome: 'rejected', errors: [expect.objectContaining({ pointer: '/rrule' })] },
    ]);
    expect((await desk.event(rows[0]?.id)).v).toBe(1);
    const undo = await desk.undo(job.id);
    expect([undo.statusCode, undo.json().reason]).toEqual([409, 'import.dry-run']);
  });
});

describe('an undo', () => {
  test('deletes what was created, restores what was changed, and keeps what was edited since', async () => {
    const [changed, edited] = [aUid(), aUid()];
    const before = await desk.importing(calendar(vevent(changed), vevent(edited)));
    const { job, rows } = await desk.importing(
      calendar(
        vevent(aUid()),
        vevent(changed, 'SUMMARY:Renamed', 'SEQUENCE:1'),
        vevent(edited, 'SUMMARY:Renamed'),
        vevent('a b'),
      ),
    );
    expect(rows.map(({ outcome }) => outcome)).toEqual(['created', 'updated', 'updated', 'rejected']);
    const [, , last] = rows;
    const { v } = await desk.event(last?.id);
    await desk.portal.write('PATCH', `/v1/events/${last?.id}`, {
      headers: { 'if-match': `"${v}"` },
      body: { summary: { en: 'By hand.' } },
    });
    const undo = await desk.undo(job.id);
    expect(undo.statusCode).toBe(202);
    const undone = await desk.finished(job.id);
    expect(undone).toMatchObject({ state: 'undone', counts: { created: 1, updated: 2, undone: 2, kept: 1 } });
    expect((await desk.report(undone)).map(({ outcome }) => outcome)).toEqual(['undone', 'undone', 'kept', 'rejected']);
    const gone = await desk.portal.ask('GET', `/v1/events/${rows[0]?.id}`, { key: desk.portal.adminKey });
    expect(gone.statusCode).toBe(404);
    expect((await desk.event(before.rows[0]?.id)).name).toEqual({ en: 'Mining week' });
    expect((await desk.event(before.rows[1]?.id)).name).toEqual({ en: 'Renamed' });
    const again = await desk.undo(job.id);
    expect(again.json()).toMatchObject({ state: 'undone', counts: { undone: 2, kept: 1 } });
  });

  test('goes back to before the import where one file names an event twice', async () => {
    const uid = aUid();
    const { rows: known } = await desk.importing(calendar(vevent(uid)));
    const { job } = await desk.importing(calendar(vevent(uid, 'SUMMARY:Second'), vevent(uid, 'SUMMARY:Third')));
    expect(job.counts).toEqual(counts({ read: 2, updated: 2 }));
    await desk.undo(job.id);
    expect((await desk.finished(job.id)).counts).toMatchObject({ undone: 2, kept: 0 });
    expect((await desk.event(known[0]?.id)).name).toEqual({ en: 'Mining week' });
  });
});

test('a file of ours imports back as unchanged', async () => {
  const company = await desk.portal.write('POST', '/v1/companies', {
    body: { displayName: { en: 'Round Trip LLC' }, categories: { primary: 'construction' }, status: 'published' },
  });
  const common = { status: 'published', categories: ['construction'] };
  const allDay = { from: '2027-03-01', to: '2027-03-03' };
  const bodies = [
    anEvent({
      ...common,
      rrule: 'FREQ=WEEKLY;COUNT=5',
      exdate: [{ local: '2027-10-14T10:00' }],
      organiser: { companyId: company.id },
    }),
    anEvent({
      ...common,
      end: { local: '2027-10-07T12:00', tzid: 'Asia/Tokyo' },
      summary: { mn: 'Товч' },
      description: { en: 'Long; and, "odd"\nlines.' },
      organiser: { name: { mn: 'Зохион байгуулагч' } },
      venue: {
        name: { en: 'Hall, A' },
        address: { country: 'MN', region: 'MN-1', street: 'Peace Avenue' },
        geo: { lat: 47.9, lon: 106.9 },
      },
      onlineUrl: 'https://live.example/a',
      registrationUrl: 'https://register.example/',
      eventStatus: 'postponed',
    }),
    { ...anEvent({ ...common, allDay, rdate: ['2027-05-01'] }), start: undefined },
  ];
  for (const body of bodies) await desk.portal.write('POST', '/v1/events', { body: JSON.parse(JSON.stringify(body)) });
  const { statusCode, body } = await desk.get('/calendar/events.ics?from=2026-01-01&to=2029-01-01');
  expect(statusCode).toBe(200);
  const { job, rows } = await desk.importing(body);
  expect(rows.filter(({ outcome }) => outcome !== 'unchanged')).toEqual([]);
  expect(job.counts).toEqual(counts({ read: 3, unchanged: 3 }));
});
