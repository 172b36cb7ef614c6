import { connectBus } from '@ortoo/shared/bus';
import { newSecret } from '@ortoo/shared/kernel';
import { eventually, openOwnerHand, openStreamHand, type RawDocument, testContext } from '@ortoo/shared/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aCompany, anArticle, anInquiry } from './support/caller.ts';
import { canaries, canariesIn, createLogTrap, readAllPlaces } from './support/canary.ts';
import { openPortal, type Portal } from './support/portal.ts';

const trap = createLogTrap();
let portal: Portal;
let staff: string;
let body: Record<string, unknown>;
let id: string;
beforeAll(async () => {
  portal = await openPortal({}, trap.logOf);
  staff = await portal.makeKey(['inquiries:read', 'inquiries:write']);
  const company = await portal.write('POST', '/v1/companies', { body: aCompany({ status: 'published' }) });
  body = anInquiry(
    { kind: 'company', id: company.id },
    {
      inquiryKind: 'rfq',
      sender: {
        name: canaries.name,
        company: canaries.company,
        email: canaries.email,
        phone: { raw: canaries.phone },
      },
      message: `Please answer to ${canaries.message} about two hundred tonnes.`,
      items: [
        {
          description: canaries.item,
          quantity: 1,
          unit: canaries.unit,
          targetPrice: { amount: canaries.price, currency: 'MNT' },
        },
      ],
      consent: { textVersion: canaries.consent },
    },
  );
  const sent = await send(body);
  id = sent.json().id;
});
afterAll(() => portal?.close());

const keyed = () => ({ 'idempotency-key': newSecret(8) });
const send = (inquiry: object, headers: Record<string, string> = keyed()) =>
  portal.gateway
    .app()
    .inject({ method: 'POST', url: '/v1/inquiries', headers, payload: inquiry, remoteAddress: canaries.address });
const at = (path = '') => `/v1/inquiries/${id}${path}`;
const answerWith = (message: string, headers: Record<string, string> = keyed()) =>
  portal.ask('POST', at('/reply'), { key: staff, headers, body: { message } });
const patch = (state: string, v: number) =>
  portal.ask('PATCH', at(), { key: staff, headers: { 'if-match': `"${v}"` }, body: { state } });

/** Where canaries are, but for the documents themselves. */
async function strayPlaces(): Promise<Record<string, string[]>> {
  const places = { ...(await readAllPlaces(portal.space)), logs: trap.text() };
  return Object.fromEntries(
    Object.entries(places).flatMap(([place, text]) => {
      const found = canariesIn(text);
      return found.length > 0 && place !== 'catalog.inquiries' ? [[place, found]] : [];
    }),
  );
}

async function settled(): Promise<void> {
  await eventually(async () => {
    const { outbox, index } = (await portal.ask('GET', '/v1/pipeline', { key: portal.adminKey })).json();
    return outbox.catalog.pending === 0 && index.pendingChanges === 0;
  });
}

test('an inquiry stands in its document, and the search for strays can find all that it holds', async () => {
  await settled();
  const { 'catalog.inquiries': documents = '', ...others } = await readAllPlaces(portal.space);
  expect(canariesIn(documents).toSorted()).toEqual(
    Object.values(canaries)
      .filter((canary) => canary !== canaries.answer && canary !== canaries.address)
      .toSorted(),
  );
  const names = Object.keys(others);
  for (const place of ['catalog.inquiries_revisions', 'gateway.idempotency', 'catalog.companies', 'changes', 'index'])
    expect(names).toContain(place);
  expect(others.changes).toContain(id);
  expect(others['catalog.companies']).toContain('Gobi Cement');
  expect(others.index).toContain('Gobi Cement');
  expect(trap.text()).toContain('rpc.catalog.inquiry.create');
});

test('while staff works on it nothing personal gets out of its document, whatever goes wrong', async () => {
  expect((await portal.ask('GET', at(), { key: staff })).body).toContain(canaries.name);
  expect((await portal.ask('GET', '/v1/inquiries', { key: staff })).body).toContain(canaries.name);
  const headers = keyed();
  const message = `Dear ${canaries.name}, ${canaries.answer}`;
  expect([await answerWith(message, headers), await answerWith(message, headers)].map(({ body: it }) => it)).toEqual([
    expect.stringContaining(canaries.answer),
    expect.stringContaining(canaries.answer),
  ]);
  expect((await patch('read', 2)).statusCode).toBe(200);
  const refused = [
    await patch('closed', 1),
    await patch(canaries.name, 3),
    await answerWith(canaries.answer, { ...keyed(), 'if-match': '"1"' }),
    await portal.ask('POST', at('/reply'), { key: staff, body: { message, name: canaries.name } }),
    await portal.ask('POST', at('/reply'), { key: portal.adminKey, body: { message: [canaries.answer] } }),
    await send({ ...body, items: [] }),
    await send({ ...body, inquiryKind: 'question' }),
    await send({ ...body, target: { kind: 'company', id: 'company_01h455vb4pex5vsknk084sn02q' } }),
    await send({ ...body, locale: canaries.name }),
    await send({ ...body, sender: { ...(body.sender as object), email: `${canaries.email} at` } }),
    await send({ ...body, message: canaries.message.repeat(2_000) }),
    await portal.ask('POST', '/v1/inquiries', {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body).slice(0, -1),
    }),
  ];
  for (const answer of refused) expect([answer.statusCode >= 400, canariesIn(answer.body)]).toEqual([true, []]);
  await settled();
  expect(await strayPlaces()).toEqual({});
});

test('what waits to be published names members and holds no value', async () => {
  const [stream, owner] = await Promise.all([openStreamHand(portal.space), openOwnerHand(portal.space)]);
  await stream.refuse();
  try {
    const filler = portal.space.names.change('catalog', 'inquiry', 'filler');
    for (let n = 0; n < 50; n += 1) await stream.put(filler, '{}', `filler:${n}`); // the room that is left
    expect((await answerWith(canaries.answer)).statusCode).toBe(200);
    const [document] = await owner.documents('catalog', 'inquiries');
    const { pending, requests } = document as RawDocument;
    expect(pending).toEqual([
      expect.objectContaining({ type: 'answered', fields: ['state', 'updatedAt', 'retainUntil', 'thread'] }),
    ]);
    expect(canariesIn(JSON.stringify([pending, requests]))).toEqual([]);
  } finally {
    await Promise.all([stream.accept(), owner.close()]);
    await stream.close();
  }
  await settled();
});

test('what is published again after a loss of the stream holds nothing personal', async () => {
  const bus = await connectBus({ ...portal.space, url: portal.space.natsUrl, service: 'gateway' });
  await bus.call(testContext(), 'rpc.catalog.outbox.rearm', { since: '2026-01-01T00:00:00.000Z' });
  await bus.close();
  const stream = await openStreamHand(portal.space);
  const again = await eventually(async () => {
    const messages = await stream.read();
    return messages.findLast(({ messageId }) => messageId.startsWith(`${id}:`) && messageId.includes(':r'));
  });
  await stream.close();
  const { data } = JSON.parse(again.data);
  expect(data).toMatchObject({ kind: 'inquiry', live: true, visible: false, isStateByReference: true });
  expect(data).not.toHaveProperty('state');
  const types = data.changes.map(({ type }: { type: string }) => type);
  expect(types.slice(0, 4)).toEqual(['created', 'answered', 'updated', 'answered']);
  expect(await strayPlaces()).toEqual({});
});

test('search takes no notice of inquiries: nothing is indexed, set aside or found amiss', async () => {
  const ask = (method: 'GET' | 'POST', path: string) => portal.ask(method, path, { key: portal.adminKey });
  await portal.write('POST', '/v1/articles', { body: anArticle({ status: 'published' }) });
  await settled();
  const begun = await ask('POST', '/v1/pipeline/reconcile?full=true');
  const { last } = await eventually(async () => {
    const state = (await ask('GET', '/v1/pipeline/reconcile')).json();
    return state.last?.startedAt >= begun.json().startedAt && state;
  });
  expect(last).toMatchObject({ missing: 0, stale: 0, extra: 0 });
  expect((await ask('GET', '/v1/pipeline')).json()).toMatchObject({ deadLetters: 0, index: { pendingChanges: 0 } });
  for (const canary of Object.values(canaries))
    expect((await ask('GET', `/v1/search?q=${encodeURIComponent(canary)}`)).body, canary).not.toContain(id);
  const { index = '' } = await readAllPlaces(portal.space);
  expect(index).not.toContain('inquiry_');
});

test('after it was erased nothing personal is left anywhere, and a repeat of it brings nothing back', async () => {
  const headers = keyed();
  const repeated = { ...body, consent: { textVersion: canaries.consent } };
  const { id: second } = (await send(repeated, headers)).json();
  for (const one of [id, second]) {
    const erased = await portal.ask('POST', `/v1/inquiries/${one}/erase`, { key: staff, headers: keyed() });
    expect([erased.statusCode, canariesIn(erased.body)]).toEqual([200, []]);
  }
  expect((await send(repeated, headers)).json()).toEqual({ id: second });
  await settled();
  const places = await readAllPlaces(portal.space);
  expect(places['catalog.inquiries']).toContain(id);
  expect(canariesIn([...Object.values(places), trap.text()].join('\n'))).toEqual([]);
});
