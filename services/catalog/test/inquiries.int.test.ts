import { hash } from 'node:crypto';
import { shiftInstant, systemClock, typeIds } from '@ortoo/shared/kernel';
import { eventually, type OwnerHand, openOwnerHand, refusal } from '@ortoo/shared/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openCatalog, type TestCatalog } from './support/catalog.ts';

type Inquiry = { id: string; v: number; state: string; retainUntil?: string; thread?: object[]; erasedAt?: string };

const PAST = '2026-01-01T00:00:00.000Z';

let catalog: TestCatalog;
let owner: OwnerHand;
let target: { kind: string; id: string };
beforeAll(async () => {
  catalog = await openCatalog();
  owner = await openOwnerHand(catalog.space);
  const company = { displayName: { en: 'Gobi Cement' }, categories: { primary: 'construction' }, status: 'published' };
  target = { kind: 'company', id: (await catalog.create(company)).id };
});
afterAll(async () => {
  await owner?.close();
  await catalog?.close();
});

const inquiry = (more: object = {}) => ({
  inquiryKind: 'question',
  target,
  sender: { name: 'Bat', email: 'bat@erdenet.example' },
  locale: 'en',
  message: 'We look for two hundred tonnes of cement a month.',
  consent: { textVersion: '2026-01' },
  ...more,
});
/** The receipt is JSON of its own, not a view. */
const send = async (more: object = {}, id = typeIds.next('inquiry')) => {
  await catalog.write('rpc.catalog.inquiry.create', { id, input: inquiry(more), lang: undefined });
  return id;
};
const get = async (id: string, view = 'staff') => {
  const { body } = await catalog.read<Inquiry>('rpc.catalog.inquiry.get', { ref: id, view });
  return body;
};
const work = (call: 'reply' | 'erase' | 'change', id: string, more: object = {}) =>
  catalog.write(`rpc.catalog.inquiry.${call}`, { id, view: 'staff', ...more });
const startReplica = async () => {
  const replica = catalog.openReplica();
  await replica.lifecycle.start();
  return replica.lifecycle;
};
const documents = () => owner.documents('catalog', 'inquiries');

test('the public sees no inquiry, whoever asks in its name', async () => {
  const id = await send();
  expect(await refusal(get(id, 'public'))).toMatchObject({ code: 'NOT_FOUND', reason: 'inquiry.not-found' });
  const request = { filter: {}, limit: 20, view: 'public', isTotalWanted: true };
  const { body, meta } = await catalog.read<Inquiry[]>('rpc.catalog.inquiry.list', request);
  expect([body, meta.total]).toEqual([[], '0']);
});

test('a sender is known again, and not by a hash that whoever holds the database could compute', async () => {
  const email = 'tuya@khovd.example';
  for (const _ of [1, 2]) await send({ sender: { name: 'Tuya', email } });
  const keys = (await owner.documents('catalog', 'inquiry_arrivals')).map(({ key }) => String(key));
  expect(keys.filter((key) => keys.indexOf(key) !== keys.lastIndexOf(key)).length).toBeGreaterThanOrEqual(2);
  for (const text of [email, `email ${email}`]) expect(keys).not.toContain(hash('sha256', text));
});

test('answers that arrive at once are each kept once, in versions without a gap', async () => {
  const id = await send();
  const answers = await Promise.allSettled(
    Array.from({ length: 5 }, (_, n) => work('reply', id, { message: `Answer ${n}` })),
  );
  const kept = answers.filter(({ status }) => status === 'fulfilled').length;
  const { v, thread } = await get(id);
  expect([v, thread?.length]).toEqual([1 + kept, kept]);
  expect(kept).toBeGreaterThan(0);
});

test('revisions of an inquiry say what changed, when and by whom, and hold no value', async () => {
  const id = await send();
  await work('reply', id, { message: 'We do.' });
  const rows = await eventually(async () => {
    const found = (await owner.revisions('catalog', 'inquiries')).filter(({ _id }) => _id.startsWith(id));
    return found.length === 2 && found;
  });
  expect(rows.map((row) => Object.keys(row).toSorted())).toEqual(
    rows.map(() => ['_id', 'actor', 'at', 'fields', 'type', 'v']),
  );
});

describe('the time that an inquiry is kept', () => {
  const daysUntil = ({ retainUntil = '' }: Inquiry) =>
    Math.round((Date.parse(retainUntil) - systemClock.nowMs()) / 86_400_000);

  test('is a year, counted from the last that happened', async () => {
    const id = await send();
    expect(daysUntil(await get(id))).toBe(365);
    const soon = shiftInstant(systemClock.now(), 3_600_000);
    for (const act of [
      () => work('reply', id, { message: 'We do.' }),
      () => work('change', id, { body: { state: 'closed' } }),
    ]) {
      await owner.set('catalog', 'inquiries', [id], { retainUntil: soon });
      await act();
      expect(daysUntil(await get(id))).toBe(365);
    }
  });

  test('is over: each inquiry is erased once by the replicas that start, and no other is touched', async () => {
    const kept = await send();
    const due = await Promise.all(Array.from({ length: 120 }, () => send()));
    await owner.set('catalog', 'inquiries', due, { retainUntil: PAST });
    const replicas = await Promise.all([startReplica(), startReplica()]);
    const erased = await eventually(async () => {
      const found = (await documents()).filter(({ _id }) => due.includes(_id));
      return found.every(({ erasedAt }) => erasedAt !== undefined) && found;
    });
    for (const replica of replicas) await replica.stop();
    expect(new Set(erased.map(({ v }) => v))).toEqual(new Set([2]));
    for (const name of ['sender', 'message', 'items', 'consent', 'thread', 'retainUntil'])
      expect(
        erased.filter((document) => name in document),
        name,
      ).toEqual([]);
    expect(await get(kept)).toMatchObject({ v: 1, state: 'new' });
    expect(await get(kept)).not.toHaveProperty('erasedAt');
  });

  test('is over for an inquiry that cannot be written now: the others are erased, and it is when it can be', async () => {
    const [stuck, ...others] = await Promise.all([send(), send(), send()]);
    const full = Array.from({ length: 32 }, (_, n) => ({ v: 1_000 + n, type: 'x', at: PAST, actor: 'x', fields: [] }));
    await owner.set('catalog', 'inquiries', [stuck, ...others], { retainUntil: PAST });
    await owner.set('catalog', 'inquiries', [stuck], { pending: full, retainUntil: '2025-01-01T00:00:00.000Z' });
    const replica = await startReplica();
    await eventually(async () => {
      const found = (await documents()).filter(({ _id }) => others.includes(_id));
      return found.every(({ erasedAt }) => erasedAt !== undefined);
    });
    expect((await documents()).find(({ _id }) => _id === stuck)).not.toHaveProperty('erasedAt');
    await replica.stop();
    await owner.set('catalog', 'inquiries', [stuck], { pending: [] });
    const next = await startReplica();
    await eventually(async () => (await get(stuck)).erasedAt !== undefined);
    await next.stop();
  });
});

test('a repeat of a request after the inquiry was erased brings nothing back', async () => {
  const id = typeIds.next('inquiry');
  const request = { id, input: inquiry(), requestKey: 'once', lang: undefined };
  await catalog.write('rpc.catalog.inquiry.create', request);
  await work('erase', id);
  expect((await catalog.write('rpc.catalog.inquiry.create', request)).body).toMatchObject({ id, v: 2 });
  expect(await get(id)).not.toHaveProperty('sender');
});
