import { newSecret } from '@ortoo/shared/kernel';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aCompany, anArticle, anEvent, anInquiry, anOffering } from './support/caller.ts';
import { openPortal, type Portal } from './support/portal.ts';

let portal: Portal;
let reader: string;
let worker: string;
let company: { kind: string; id: string };
beforeAll(async () => {
  portal = await openPortal();
  [reader, worker] = await Promise.all([portal.makeKey(['inquiries:read']), portal.makeKey(['inquiries:write'])]);
  const { id } = await portal.write('POST', '/v1/companies', { body: aCompany({ status: 'published' }) });
  company = { kind: 'company', id };
});
afterAll(() => portal?.close());

const send = (body: object, key?: string, headers: Record<string, string> = {}) =>
  portal.ask('POST', '/v1/inquiries', { key, headers, body });
const read = (id: string, key = reader) => portal.ask('GET', `/v1/inquiries/${id}`, { key });
const sent = async (more: object = {}): Promise<string> => {
  const answer = await send(anInquiry(company, more));
  expect(answer.statusCode, answer.body).toBe(202);
  return answer.json().id;
};
const list = (query: string, key = reader) => portal.ask('GET', `/v1/inquiries?${query}`, { key });
const idsOf = (answer: Awaited<ReturnType<typeof list>>) => answer.json().items.map(({ id }: { id: string }) => id);

describe('anybody', () => {
  test('may send an inquiry about what is published, and learns its id and nothing else', async () => {
    const answer = await send(anInquiry(company));
    expect(answer.json()).toEqual({ id: expect.stringMatching(/^inquiry_/) });
    expect([answer.statusCode, answer.headers['cache-control']]).toEqual([202, 'no-store']);
    for (const name of ['location', 'etag', 'ortoo-version', 'last-modified'])
      expect(answer.headers, name).not.toHaveProperty(name);
  });

  test('is told where it is with the scope to read it', async () => {
    const answer = await send(anInquiry(company), reader);
    expect(answer.headers.location).toBe(`/v1/inquiries/${answer.json().id}`);
    expect((await send(anInquiry(company), worker)).headers).not.toHaveProperty('location');
  });

  test('sends it once with an Idempotency-Key, however often it is repeated', async () => {
    const [body, headers] = [anInquiry(company), { 'idempotency-key': newSecret(8) }];
    const answers = [await send(body, undefined, headers), await send(body, undefined, headers)];
    expect(new Set(answers.map((answer) => answer.body)).size).toBe(1);
    expect(answers.map((answer) => answer.headers['idempotency-replayed'])).toEqual([undefined, 'true']);
    expect((await send(anInquiry(company), undefined, headers)).json()).toMatchObject({ status: 422 });
  });

  test.each([
    ['article', 'articles', anArticle],
    ['event', 'events', anEvent],
  ])('may write about a published %s, and not about a draft', async (kind, plural, make) => {
    const published = await portal.write('POST', `/v1/${plural}`, { body: make({ status: 'published' }) });
    const draft = await portal.write('POST', `/v1/${plural}`, { body: make() });
    const about = ({ id }: { id: string }) => anInquiry({ kind, id }, { inquiryKind: 'correction' });
    expect((await send(about(published))).statusCode).toBe(202);
    expect((await send(about(draft))).json()).toMatchObject({
      status: 400,
      reason: 'inquiry.target-unknown',
      errors: [{ pointer: '/target/id', message: `is no ${kind} that the public sees` }],
    });
  });

  test('may ask about offerings that are published, and not about others', async () => {
    const offer = () => anOffering({ companyId: company.id, status: 'published' });
    const shown = await portal.write('POST', '/v1/offerings', { body: offer() });
    const gone = await portal.write('POST', '/v1/offerings', { body: offer() });
    const item = { description: 'Cement', quantity: 1, unit: 't' };
    const about = (id: string, offeringId: string) =>
      anInquiry({ kind: 'offering', id }, { inquiryKind: 'rfq', items: [item, { ...item, offeringId }] });
    expect((await send(about(shown.id, gone.id))).statusCode).toBe(202);
    await portal.write('POST', `/v1/offerings/${gone.id}/unpublish`);
    expect((await send(about(shown.id, shown.id))).statusCode).toBe(202);
    const refused = await send(about(gone.id, gone.id));
    expect(refused.json()).toMatchObject({ status: 400, reason: 'inquiry.target-unknown' });
    expect(refused.json().errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual([
      '/target/id',
      '/items/1/offeringId',
    ]);
  });

  test.each([
    ['GET', ''],
    ['GET', '/inquiry_01h455vb4pex5vsknk084sn02q'],
    ['PATCH', '/inquiry_01h455vb4pex5vsknk084sn02q'],
    ['POST', '/inquiry_01h455vb4pex5vsknk084sn02q/reply'],
    ['POST', '/inquiry_01h455vb4pex5vsknk084sn02q/erase'],
  ] as const)('needs a key to %s /v1/inquiries%s', async (method, path) => {
    const answer = await portal.ask(method, `/v1/inquiries${path}`, { body: method === 'GET' ? undefined : {} });
    expect(answer.json()).toMatchObject({ status: 401, code: 'UNAUTHENTICATED', reason: 'key.missing' });
  });
});

describe('a bad inquiry is refused at its place, and nothing of it is answered or kept', () => {
  const items = [{ description: 'Cement', quantity: 1, unit: 't' }];
  const missing = ['is missing', 'a value'] as const;
  const formless = 'is not in the expected form';
  const disallowed = 'is not one of the allowed values';
  const rfqOf = (item: object) => ({ inquiryKind: 'rfq', items: [{ ...items[0], ...item }] });
  const sender = { name: 'Canary', email: 'canary@a.example' };
  test.each([
    ['/message', ...missing, { message: undefined }],
    ['/message', 'must not have more than 10000 characters', 'limit 10000', { message: 'canary '.repeat(1_500) }],
    ['/message', formless, 'a text that is not blank', { message: '   ' }],
    ['/sender/email', formless, 'an e-mail address', { sender: { ...sender, email: 'canary at example' } }],
    ['/sender/name', ...missing, { sender: { email: sender.email } }],
    [
      '/sender/phone',
      'is not a phone number',
      'a phone number',
      { sender: { ...sender, phone: { raw: 'canary 12' } } },
    ],
    ['/sender/phone/raw', ...missing, { sender: { ...sender, phone: {} } }],
    [
      '/sender/nmae',
      'is not a known member; did you mean name?',
      'one of name, company, email, phone',
      { sender: { ...sender, nmae: 'canary' } },
    ],
    ['/inquiryKind', disallowed, 'one of question, rfq, correction, report', { inquiryKind: 'canary' }],
    ['/locale', disallowed, 'one of mn, en, ru, ko, zh', { locale: 'canary' }],
    ['/consent', ...missing, { consent: undefined }],
    ['/consent/textVersion', ...missing, { consent: {} }],
    [
      '/target/id',
      formless,
      'the id of a company, an offering, an article, an event',
      { target: { kind: 'company', id: 'canary' } },
    ],
    [
      '/target/id',
      'is no event that the public sees',
      'the id of a published event',
      { target: { kind: 'event', id: 'event_01h455vb4pex5vsknk084sn02q' } },
    ],
    [
      '/target/kind',
      disallowed,
      'one of company, offering, article, event',
      { target: { kind: 'canary', id: 'company_01h455vb4pex5vsknk084sn02q' } },
    ],
    ['/items', 'is missing', 'what is asked for', { inquiryKind: 'rfq' }],
    ['/items', 'is missing', 'what is asked for', { inquiryKind: 'rfq', items: [] }],
    ['/items', 'belongs to a request for a quotation only', 'no items, or the inquiryKind rfq', { items }],
    [
      '/items',
      'must not have more than 100 items',
      'limit 100',
      { inquiryKind: 'rfq', items: Array.from({ length: 101 }, () => items[0]) },
    ],
    ['/items/0/quantity', 'must be > 0', 'limit 0', rfqOf({ quantity: 0 })],
    ['/items/0/unit', ...missing, rfqOf({ unit: undefined })],
    [
      '/items/0/targetPrice/amount',
      formless,
      'a number of at most 15 digits and 4 decimals, such as 185000 or 0.25',
      rfqOf({ targetPrice: { amount: 'canary', currency: 'MNT' } }),
    ],
    [
      '/items/0/targetPrice/currency',
      'is no currency',
      'a currency of ISO 4217',
      rfqOf({ targetPrice: { amount: '1', currency: 'QQQ' } }),
    ],
    [
      '/items/0/offeringId',
      'is no offering that the public sees',
      'the id of a published offering',
      rfqOf({ offeringId: 'offering_01h455vb4pex5vsknk084sn02q' }),
    ],
    [
      '/state',
      'is not a known member',
      'one of inquiryKind, target, sender, locale, message, items, consent',
      { state: 'answered' },
    ],
  ])('%s %s: %#', async (pointer, message, expected, more) => {
    const before = (await list('total=true&limit=1')).json().total;
    const answer = await send(anInquiry(company, more));
    expect(answer.json()).toMatchObject({ status: 400, code: 'VALIDATION_FAILED' });
    expect(answer.json().errors).toEqual([{ pointer, message, expected }]);
    expect(answer.body.toLowerCase()).not.toContain('canary');
    expect((await list('total=true&limit=1')).json().total).toBe(before);
  });

  test('that is too large is 413', async () => {
    const answer = await send(anInquiry(company, { message: 'x'.repeat(256 * 1024) }));
    expect(answer.json()).toMatchObject({ status: 413, code: 'PAYLOAD_TOO_LARGE' });
  });
});

describe('staff', () => {
  test('reads all of it with the scope, and nothing without', async () => {
    const id = await sent({
      sender: { name: 'Saran', company: 'Tavan LLC', email: 'saran@tavan.example', phone: { raw: '9911 2233' } },
      inquiryKind: 'rfq',
      items: [{ description: 'Cement', quantity: 2.5, unit: 't', targetPrice: { amount: '185000', currency: 'MNT' } }],
    });
    const answer = await read(id);
    expect(answer.json()).toMatchObject({
      id,
      kind: 'inquiry',
      v: 1,
      inquiryKind: 'rfq',
      target: company,
      state: 'new',
      sender: {
        name: 'Saran',
        company: 'Tavan LLC',
        email: 'saran@tavan.example',
        phone: { raw: '9911 2233', e164: '+97699112233' },
      },
      items: [{ description: 'Cement', quantity: 2.5, unit: 't', targetPrice: { amount: '185000', currency: 'MNT' } }],
      consent: { textVersion: '2026-01', at: expect.any(String) },
      thread: [],
      retainUntil: expect.any(String),
    });
    expect([answer.headers.etag, answer.headers['cache-control']]).toEqual([
      expect.stringMatching(/^"1-/),
      'private, no-store',
    ]);
    expect((await read(id, worker)).json()).toMatchObject({ status: 403, required: ['inquiries:read'] });
    expect((await list('', worker)).json()).toMatchObject({ status: 403, required: ['inquiries:read'] });
    const other = await portal.makeKey(['catalog:write', 'news:write', 'stats:read']);
    expect((await read(id, other)).statusCode).toBe(403);
    expect((await read('inquiry_01h455vb4pex5vsknk084sn02z')).json()).toMatchObject({ status: 404 });
  });

  test('lists by state, kind, target, spam and change, page by page, with a total', async () => {
    const { id: other } = await portal.write('POST', '/v1/companies', { body: aCompany({ status: 'published' }) });
    const target = { kind: 'company', id: other };
    const ids = [
      await sent({ target }),
      await sent({ target, inquiryKind: 'report' }),
      await sent({ target, message: 'casino viagra https://a.example https://b.example https://c.example' }),
    ];
    const [question, report, spam] = ids;
    const of = async (query: string) => idsOf(await list(`target=${other}${query}`));
    expect(await of('')).toEqual(ids.toReversed());
    expect(await of('&sort=createdAt')).toEqual(ids);
    expect(await of('&inquiryKind=report&inquiryKind=rfq')).toEqual([report]);
    expect(await of('&state=spam')).toEqual([spam]);
    expect(await of('&spam=true')).toEqual([spam]);
    expect(await of('&spam=false&sort=createdAt')).toEqual([question, report]);
    const since = (await read(report ?? '')).json().updatedAt;
    expect(await of(`&sort=createdAt&updatedSince=${since}`)).toEqual([report, spam]);
    const first = await list(`target=${other}&limit=2&total=true`);
    expect(first.json()).toMatchObject({ total: 3, page: { limit: 2 } });
    const second = await portal.ask('GET', first.json().page.next, { key: reader });
    expect([...idsOf(first), ...idsOf(second)]).toEqual(ids.toReversed());
    expect((await list('sort=name')).json()).toMatchObject({ status: 400, errors: [{ pointer: '/sort/0' }] });
    expect((await list('stat=new')).json()).toMatchObject({ status: 400, errors: [{ pointer: '/stat' }] });
    expect((await list(`target=${other}&fields=state&limit=1`)).json().items).toEqual([
      { id: spam, kind: 'inquiry', v: 1, state: 'spam' },
    ]);
  });

  test('finds what looks like spam kept apart, with the reason', async () => {
    const id = (
      await send(
        anInquiry(company, { message: 'CASINO bonus https://a.example https://b.example https://c.example' }),
        reader,
      )
    ).json().id; // a key has no address that repeats
    expect((await read(id)).json()).toMatchObject({
      state: 'spam',
      spam: { score: 0.8, signals: ['links', 'words'] },
    });
  });

  test('sees a quick repeat of one address by its signal', async () => {
    const sender = { name: 'Hasty', email: 'Hasty@erdenet.example' };
    const ids: string[] = [];
    for (const email of ['hasty@erdenet.example', sender.email, sender.email, sender.email])
      ids.push(await sent({ sender: { ...sender, email } }));
    const found = await Promise.all(ids.map(async (id) => (await read(id)).json().spam.signals));
    expect(found.map((signals) => signals.includes('email-repeats'))).toEqual([false, false, false, true]);
  });
});

test('inquiries are no kind that is searched', async () => {
  expect((await portal.ask('GET', '/v1/search?kinds=inquiry')).json()).toMatchObject({
    status: 400,
    errors: [{ pointer: '/kinds/0' }],
  });
});
