import { newSecret } from '@ortoo/shared/kernel';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aCompany, anInquiry } from './support/caller.ts';
import { openPortal, type Portal } from './support/portal.ts';

let portal: Portal;
let reader: string;
let worker: string;
let both: string;
let company: { kind: string; id: string };
beforeAll(async () => {
  portal = await openPortal();
  [reader, worker, both] = await Promise.all([
    portal.makeKey(['inquiries:read']),
    portal.makeKey(['inquiries:write']),
    portal.makeKey(['inquiries:read', 'inquiries:write']),
  ]);
  const { id } = await portal.write('POST', '/v1/companies', { body: aCompany({ status: 'published' }) });
  company = { kind: 'company', id };
});
afterAll(() => portal?.close());

const sent = async (): Promise<string> =>
  (await portal.write('POST', '/v1/inquiries', { body: anInquiry(company) })).id;
const read = (id: string) => portal.ask('GET', `/v1/inquiries/${id}`, { key: reader });

describe('the work of staff', () => {
  const patch = (id: string, body: object, { key = both, v = '1' } = {}) =>
    portal.ask('PATCH', `/v1/inquiries/${id}`, { key, headers: { 'if-match': `"${v}"` }, body });
  const reply = (id: string, message: string, { key = both, headers = {} } = {}) =>
    portal.ask('POST', `/v1/inquiries/${id}/reply`, { key, headers, body: { message } });
  const erase = (id: string, { key = both, headers = {} } = {}) =>
    portal.ask('POST', `/v1/inquiries/${id}/erase`, { key, headers });

  test('moves an inquiry on, at the version that was read', async () => {
    const id = await sent();
    const changed = await patch(id, { state: 'read' });
    expect(changed.json()).toMatchObject({ id, v: 2, state: 'read', sender: { name: expect.any(String) } });
    expect(changed.headers).toMatchObject({ 'ortoo-version': `${id}:2`, etag: expect.stringMatching(/^"2-/) });
    const stale = await patch(id, { state: 'closed' });
    expect(stale.json()).toMatchObject({
      status: 412,
      current: { v: 2 },
      diff: [{ pointer: '/state', current: 'read', yours: 'closed' }],
    });
    expect((await patch(id, { state: 'lost' }, { v: '2' })).json()).toMatchObject({
      status: 400,
      errors: [{ pointer: '/state' }],
    });
    const back = await patch(id, (await read(id)).json(), { v: '2' });
    expect([back.statusCode, back.json().v]).toEqual([200, 2]);
  });

  test('answers it in its thread, once for an Idempotency-Key, and the ledger keeps no answer', async () => {
    const id = await sent();
    const headers = { 'idempotency-key': newSecret(8) };
    const answers = [await reply(id, 'We do.', { headers }), await reply(id, 'We do.', { headers })];
    for (const answer of answers) {
      expect(answer.json()).toMatchObject({ v: 2, state: 'answered' });
      expect(answer.json().thread).toEqual([
        { at: expect.any(String), from: 'staff', actor: expect.stringMatching(/^key_/), message: 'We do.' },
      ]);
    }
    expect((await reply(id, '')).json()).toMatchObject({ status: 400, errors: [{ pointer: '/message' }] });
    const stale = await reply(id, 'Late', { headers: { 'if-match': '"1"' } });
    expect(stale.json()).toMatchObject({ status: 412, current: { v: 2 } });
    expect(stale.body).not.toContain('Late');
  });

  test('erases it at once and for good, as often as it is asked', async () => {
    const id = await sent();
    await reply(id, 'We do.');
    const { sender, message } = (await read(id)).json();
    const erased = await erase(id);
    expect(erased.json()).toEqual({
      id,
      kind: 'inquiry',
      v: 3,
      inquiryKind: 'question',
      target: company,
      locale: 'en',
      state: 'answered',
      spam: expect.any(Object),
      createdAt: expect.any(String),
      updatedAt: expect.any(String),
      erasedAt: expect.any(String),
      display: { lang: 'en', name: 'question' },
    });
    const after = await read(id);
    expect([after.body, (await erase(id)).body]).toEqual([erased.body, erased.body]);
    for (const text of [sender.name, sender.email, message]) expect(after.body).not.toContain(text);
    const gone = { status: 409, code: 'CONFLICT', reason: 'inquiry.erased' };
    expect((await reply(id, 'Again')).json()).toMatchObject(gone);
    expect((await patch(id, { state: 'closed' }, { v: '3' })).json()).toMatchObject(gone);
  });

  test('shows nothing personal to a key that may not read', async () => {
    const id = await sent();
    const answers = [
      await patch(id, { state: 'read' }, { key: worker }),
      await reply(id, 'We do.', { key: worker }),
      await erase(id, { key: worker }),
    ];
    for (const answer of answers) {
      expect(answer.statusCode).toBe(200);
      for (const name of ['sender', 'message', 'items', 'consent', 'thread'])
        expect(answer.json(), name).not.toHaveProperty(name);
    }
  });

  test('needs the scope to write', async () => {
    const id = await sent();
    const refused = { status: 403, required: ['inquiries:write'] };
    expect((await patch(id, { state: 'read' }, { key: reader })).json()).toMatchObject(refused);
    expect((await reply(id, 'We do.', { key: reader })).json()).toMatchObject(refused);
    expect((await erase(id, { key: reader })).json()).toMatchObject(refused);
  });
});
