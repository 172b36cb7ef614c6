import { eventually } from '@ortoo/shared/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPortal, type Portal } from '../support/portal.ts';

let portal: Portal;
beforeAll(async () => {
  portal = await openPortal();
});
afterAll(async () => portal?.dispose());

test('a request for a quotation goes from a stranger through the hands of staff to its end, and nobody else sees it', async () => {
  const company = await portal.call('POST', '/v1/companies', {
    body: { displayName: { en: 'Orkhon Cement LLC' }, categories: { primary: 'construction' }, status: 'published' },
  });
  const sent = await portal.call('POST', '/v1/inquiries', {
    key: null,
    body: {
      inquiryKind: 'rfq',
      target: { kind: 'company', id: company.id },
      sender: { name: 'Oyuunchimeg', email: 'oyuun@selenge.example', phone: { raw: '9911 2233' } },
      locale: 'mn',
      message: 'Зуун тонн цементийн үнийн санал авмаар байна.',
      items: [{ description: 'Цемент М400', quantity: 100, unit: 't' }],
      consent: { textVersion: '2026-01' },
    },
  });
  expect([sent.status, Object.keys(sent.body)]).toEqual([202, ['id']]);

  const queue = await portal.call('GET', '/v1/inquiries?state=new&inquiryKind=rfq');
  expect(queue.body.items).toEqual([expect.objectContaining({ id: sent.id, state: 'new' })]);
  const read = await portal.call('GET', `/v1/inquiries/${sent.id}`);
  expect(read.body).toMatchObject({ sender: { phone: { e164: '+97699112233' } }, items: [{ quantity: 100 }] });
  const taken = await portal.call('PATCH', `/v1/inquiries/${sent.id}`, {
    headers: { 'if-match': read.etag },
    body: { state: 'read' },
  });
  expect(taken.body).toMatchObject({ v: 2, state: 'read' });
  const answered = await portal.call('POST', `/v1/inquiries/${sent.id}/reply`, {
    body: { message: 'Тонн нь 185000 төгрөг.' },
  });
  expect(answered.body).toMatchObject({ v: 3, state: 'answered', thread: [{ from: 'staff' }] });

  for (const path of ['/v1/inquiries', `/v1/inquiries/${sent.id}`])
    expect((await portal.call('GET', path, { key: null })).status).toBe(401);
  const about = await portal.call('GET', `/v1/search?q=orkhon&waitFor=${company.version}`, { key: null });
  expect(about.body).toMatchObject({ items: [{ id: company.id }] });
  for (const q of ['oyuunchimeg', sent.id])
    expect((await portal.call('GET', `/v1/search?q=${q}`)).body).not.toMatchObject({ items: [{ id: sent.id }] });

  const erased = await portal.call('POST', `/v1/inquiries/${sent.id}/erase`);
  expect(JSON.stringify(erased.body)).not.toMatch(/Oyuunchimeg|selenge|9911|Цемент|185000/);
  expect(erased.body).toMatchObject({
    v: 4,
    state: 'answered',
    target: { id: company.id },
    erasedAt: expect.any(String),
  });
  await eventually(async () => {
    const { body } = await portal.call('GET', '/v1/pipeline');
    return JSON.stringify(body.outbox).includes('"catalog":{"pending":0') && body.deadLetters === 0;
  });
});
