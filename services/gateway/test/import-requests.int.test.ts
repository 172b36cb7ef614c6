import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aUid, calendar, counts, type ImportDesk, type Job, openImportDesk, vevent } from './support/imports.ts';

let desk: ImportDesk;
beforeAll(async () => {
  desk = await openImportDesk();
});
afterAll(() => desk?.portal.close());

describe('a request', () => {
  const good = calendar(vevent('request@calendars.example'));

  test.each([
    ['kind=company', '/kind'],
    ['', '/kind'],
    ['kind=event&mode=replace', '/mode'],
    ['kind=event&dryRun=maybe', '/dryRun'],
  ])('is 400 with the query %j and says what is offered', async (query, pointer) => {
    const answer = await desk.send(good, { query });
    expect([answer.statusCode, answer.json().reason]).toEqual([400, 'request.parameter-invalid']);
    expect(answer.json().errors).toEqual([expect.objectContaining({ pointer, expected: expect.any(String) })]);
  });

  test.each(['text/csv', 'application/json', 'application/x-ndjson', 'nonsense/x'])('is 415 as %s', async (type) => {
    const answer = await desk.send(good, { headers: { 'content-type': type } });
    expect([answer.statusCode, answer.json().code]).toEqual([415, 'UNSUPPORTED_MEDIA_TYPE']);
    expect(answer.json().errors).toEqual([
      { pointer: '/Content-Type', message: expect.any(String), expected: 'text/calendar' },
    ]);
  });

  test('is 400 without a file, and 413 with more than 256 MB', async () => {
    expect((await desk.send('')).json()).toMatchObject({ status: 400, reason: 'request.body-missing' });
    const large = await desk.send(good, { headers: { 'content-length': String(256 * 1024 * 1024 + 1) } });
    expect(large.json()).toMatchObject({ status: 413, code: 'PAYLOAD_TOO_LARGE', reason: 'upload.too-large' });
  });

  test('needs the scope of imports, as all about imports does', async () => {
    const other = await desk.portal.makeKey(['news:write']);
    expect((await desk.send(good, { as: other })).json()).toMatchObject({ status: 403, required: ['imports:write'] });
    expect((await desk.portal.ask('POST', '/v1/imports?kind=event', { body: good })).statusCode).toBe(401);
    for (const path of ['import_01h455vb4pex5vsknk084sn02q', 'import_01h455vb4pex5vsknk084sn02q/report'])
      expect((await desk.get(`/v1/imports/${path}`)).json()).toMatchObject({ status: 404, reason: 'import.not-found' });
  });

  test('with an Idempotency-Key makes one import, told apart by the bytes of its file', async () => {
    const headers = { 'idempotency-key': aUid() };
    const file = calendar(vevent(aUid()));
    const [first, second] = [await desk.send(file, { headers }), await desk.send(file, { headers })];
    expect(second.json()).toEqual(first.json());
    expect(second.headers['idempotency-replayed']).toBe('true');
    const other = await desk.send(calendar(vevent(aUid())), { headers });
    expect(other.json()).toMatchObject({ status: 422, reason: 'idempotency.body-differs' });
    await desk.finished(first.json<Job>().id);
  });
});

describe('a hostile file', () => {
  test.each([
    ['that is none', 'PK\u0003\u0004 not a calendar', 'import.not-a-calendar'],
    ['in another encoding', Buffer.from(calendar(vevent('x')), 'utf16le'), 'import.not-a-calendar'],
    ['that ends too early', calendar(vevent('x')).replace('END:VCALENDAR', ''), 'import.malformed'],
    [
      'whose components cross',
      calendar('BEGIN:VEVENT\r\nBEGIN:VALARM\r\nEND:VEVENT\r\nEND:VALARM'),
      'import.malformed',
    ],
    ['that is nested deep', `BEGIN:VCALENDAR\r\n${'BEGIN:VEVENT\r\n'.repeat(10_000)}`, 'import.malformed'],
  ])('%s fails as a whole, and nothing is written', async (_what, body, reason) => {
    const { job, rows } = await desk.importing(body);
    expect(job).toMatchObject({
      state: 'failed',
      counts: counts({}),
      error: { status: 400, code: 'VALIDATION_FAILED', reason },
    });
    expect(rows).toEqual([]);
  });

  test('has its faults told by row, and what is good in it is taken', async () => {
    const uid = aUid();
    const exdates = Array.from(
      { length: 10_000 },
      (_, n) => `EXDATE:2027${String((n % 12) + 1).padStart(2, '0')}07T100000`,
    );
    const bad: [string, string][] = [
      [vevent(aUid(), 'RRULE:FREQ=SECONDLY'), '/rrule'],
      [vevent(aUid(), 'RRULE:FREQ=DAILY;COUNT=1000000000'), '/rrule'],
      [vevent(aUid(), 'RRULE:FREQ=DAILY', ...exdates), '/exdate'],
      [vevent(aUid(), 'DTSTART;TZID=Mars/Base:20271007T100000'), '/start/tzid'],
      [vevent(aUid(), 'DTSTART:20271399T990000'), '/start/local'],
      [vevent(aUid(), 'DTSTART:soon'), '/start'],
      [vevent(aUid(), 'DTEND;TZID=Asia/Ulaanbaatar:20271006T100000'), '/end/local'],
      [vevent('', 'UID:-'), '/uid'],
      [vevent(aUid(), 'SUMMARY:-'), '/name'],
      [vevent(aUid(), `SUMMARY:${'x'.repeat(2_000_000)}`), ''],
      [vevent(aUid(), 'SUMMARY:\u00ff\u00fe'), ''],
      [vevent(aUid(), 'no colon'), ''],
    ];
    const file = Buffer.from(calendar(...bad.map(([text]) => text), vevent(uid)), 'latin1');
    const { job, rows } = await desk.importing(file);
    expect(job.counts).toEqual(counts({ read: bad.length + 1, created: 1, rejected: bad.length }));
    expect(rows.slice(0, -1).map(({ errors = [] }) => errors[0]?.pointer)).toEqual(bad.map(([, pointer]) => pointer));
    for (const { errors = [] } of rows.slice(0, -1)) expect(errors[0]?.expected).toEqual(expect.any(String));
    expect(rows.at(-1)).toMatchObject({ row: bad.length + 1, outcome: 'created' });
  });
});
