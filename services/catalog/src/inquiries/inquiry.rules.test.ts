import { AppError } from '@ortoo/shared/kernel';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answerInquiry, changeInquiry, eraseInquiry, eraseOverdue, openInquiry } from './inquiry.rules.ts';

const companyId = 'company_01h455vb4pex5vsknk084sn02q';
const offeringId = 'offering_01h455vb4pex5vsknk084sn02q';
const now = '2026-11-24T08:00:00.000Z';
const later = '2026-12-01T08:00:00.000Z';
const stamp = { now, actorId: 'key_1', retentionDays: 30 };
const findings = { visible: new Set([companyId, offeringId]), spam: { score: 0, signals: [] } };
const item = { description: 'Cement M400', quantity: 200, unit: 't' };
const input = {
  inquiryKind: 'question',
  target: { kind: 'company', id: companyId },
  sender: { name: 'Canary Bat', email: 'canary@erdenet.example' },
  locale: 'en',
  message: 'Canary message',
  consent: { textVersion: '2026-01' },
} as const;
const rfq = { ...input, inquiryKind: 'rfq' as const, items: [{ ...item, offeringId }] };
const opened = () => openInquiry(input, findings, stamp);
const refusalOf = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
};

test('an inquiry begins as new, with the time of consent and the time it is kept', () => {
  expect(opened()).toEqual({
    ...input,
    state: 'new',
    spam: findings.spam,
    consent: { textVersion: '2026-01', at: now },
    thread: [],
    createdAt: now,
    updatedAt: now,
    retainUntil: '2026-12-24T08:00:00.000Z',
  });
});

test('an inquiry that looks like spam is kept as spam', () => {
  expect(openInquiry(input, { ...findings, spam: { score: 0.7, signals: ['links'] } }, stamp).state).toBe('spam');
});

test.each([
  [{ raw: '9911 2233' }, { raw: '9911 2233', e164: '+97699112233' }],
  [{ raw: '+82 2-312-3456' }, { raw: '+82 2-312-3456', e164: '+8223123456' }],
  [
    { raw: '8811-2233', e164: '+97612345678', kind: 'mobile' as const },
    { raw: '8811-2233', e164: '+97688112233', kind: 'mobile' },
  ],
])('of the phone %j is kept %j', (phone, kept) => {
  const sender = { ...input.sender, phone };
  expect(openInquiry({ ...input, sender }, findings, stamp).sender?.phone).toEqual(kept);
});

test('a request for a quotation keeps its items; an empty list elsewhere is none', () => {
  expect(openInquiry(rfq, findings, stamp).items).toEqual(rfq.items);
  expect(openInquiry({ ...input, items: [] }, findings, stamp)).not.toHaveProperty('items');
});

test.each(['ask for Bat', '123', '3012 3456', '+82 1'])('a sender whose phone is %j is refused', (raw) => {
  const sender = { ...input.sender, phone: { raw, e164: '+97699112233' } };
  const fault = { pointer: '/sender/phone', message: 'is not a phone number', expected: 'a phone number' };
  expect(refusalOf(() => openInquiry({ ...input, sender }, findings, stamp))).toMatchObject({
    code: 'VALIDATION_FAILED',
    reason: 'inquiry.phone-invalid',
    details: { errors: [fault] },
  });
});

const target = (id: string, kind: 'company' | 'offering' = 'company') => ({ ...input, target: { kind, id } });
const unknown = 'company_01h455vb4pex5vsknk084sn02z';
test.each([
  [
    'a target that the public does not see',
    target(unknown),
    'inquiry.target-unknown',
    { pointer: '/target/id', message: 'is no company that the public sees', expected: 'the id of a published company' },
  ],
  [
    'a target of another kind than its id',
    target(companyId, 'offering'),
    'inquiry.target-unknown',
    {
      pointer: '/target/id',
      message: 'is no offering that the public sees',
      expected: 'the id of a published offering',
    },
  ],
  [
    'a request for a quotation without items',
    { ...rfq, items: [] },
    'inquiry.items-missing',
    { pointer: '/items', message: 'is missing', expected: 'what is asked for' },
  ],
  [
    'a question with items',
    { ...input, items: [item] },
    'inquiry.items-unexpected',
    {
      pointer: '/items',
      message: 'belongs to a request for a quotation only',
      expected: 'no items, or the inquiryKind rfq',
    },
  ],
  [
    'an item that names an offering that the public does not see',
    { ...rfq, items: [item, { ...item, offeringId: 'offering_01h455vb4pex5vsknk084sn02z' }] },
    'inquiry.offering-unknown',
    {
      pointer: '/items/1/offeringId',
      message: 'is no offering that the public sees',
      expected: 'the id of a published offering',
    },
  ],
  [
    'an item with a price in no currency',
    { ...rfq, items: [{ ...item, targetPrice: { amount: '1', currency: 'QQQ' } }] },
    'inquiry.currency-unknown',
    { pointer: '/items/0/targetPrice/currency', message: 'is no currency', expected: 'a currency of ISO 4217' },
  ],
])('%s is refused at its place', (_what, bad, reason, fault) => {
  const error = refusalOf(() => openInquiry(bad, findings, stamp));
  expect(error).toMatchObject({ code: 'VALIDATION_FAILED', reason, details: { errors: [fault] } });
});

test('all faults are named at once, and none with a value of the sender', () => {
  const error = refusalOf(() => openInquiry({ ...target(unknown), inquiryKind: 'rfq' }, findings, stamp));
  expect(error.details?.errors?.map(({ pointer }) => pointer)).toEqual(['/target/id', '/items']);
  expect(JSON.stringify([error.message, error.details]).toLowerCase()).not.toContain('canary');
});

describe('what staff does', () => {
  const at = { ...stamp, now: later };

  test.each(['new', 'read', 'answered', 'closed', 'spam'] as const)('the state %s can be set', (state) => {
    const changed = changeInquiry({ ...opened(), state: state === 'new' ? 'read' : 'new' }, { state }, at);
    expect(changed).toMatchObject({ state, updatedAt: later, retainUntil: '2026-12-31T08:00:00.000Z' });
  });

  test('the same state, or none, changes nothing', () => {
    const inquiry = opened();
    expect([changeInquiry(inquiry, { state: 'new' }, at), changeInquiry(inquiry, {}, at)]).toEqual([inquiry, inquiry]);
  });

  test('an answer is added to the thread, and the inquiry is answered', () => {
    const first = answerInquiry(opened(), 'One', stamp);
    expect(answerInquiry(first, 'Two', at)).toMatchObject({
      state: 'answered',
      updatedAt: later,
      retainUntil: '2026-12-31T08:00:00.000Z',
      thread: [
        { at: now, from: 'staff', actor: 'key_1', message: 'One' },
        { at: later, from: 'staff', actor: 'key_1', message: 'Two' },
      ],
    });
  });

  test('the fifty-first answer is refused', () => {
    let inquiry = opened();
    for (let n = 0; n < 50; n += 1) inquiry = answerInquiry(inquiry, 'Again', stamp);
    const full = { code: 'CONFLICT', reason: 'inquiry.thread-full' };
    expect(refusalOf(() => answerInquiry(inquiry, 'Once more', stamp))).toMatchObject(full);
  });
});

describe('an erased inquiry', () => {
  const erased = () => eraseInquiry(answerInquiry(openInquiry(rfq, findings, stamp), 'Canary answer', stamp), later);

  test('keeps what it was about and how it ended, and nothing else', () => {
    expect(erased()).toEqual({
      inquiryKind: 'rfq',
      target: input.target,
      locale: 'en',
      state: 'answered',
      spam: findings.spam,
      createdAt: now,
      updatedAt: later,
      erasedAt: later,
    });
  });

  test('stays as it is when it is erased again', () => {
    const inquiry = erased();
    expect(eraseInquiry(inquiry, '2027-01-01T00:00:00.000Z')).toBe(inquiry);
  });

  test('is not worked on any more', () => {
    const gone = { code: 'CONFLICT', reason: 'inquiry.erased' };
    expect(refusalOf(() => changeInquiry(erased(), { state: 'closed' }, stamp))).toMatchObject(gone);
    expect(refusalOf(() => answerInquiry(erased(), 'Hello', stamp))).toMatchObject(gone);
  });
});

test.each([
  ['a millisecond before', '2026-12-24T07:59:59.999Z', false],
  ['at the moment', '2026-12-24T08:00:00.000Z', true],
  ['long after', '2030-01-01T00:00:00.000Z', true],
])('an inquiry whose time is over at a moment is, %s, erased: %s', (_when, instant, expected) => {
  expect(eraseOverdue(opened(), instant).erasedAt !== undefined).toBe(expected);
});

test('whatever staff does before, an erasure leaves no word of it', () => {
  const step = fc.oneof(
    fc.record({ state: fc.constantFrom('new' as const, 'read' as const, 'closed' as const, 'spam' as const) }),
    fc.record({ message: fc.string({ minLength: 1 }).map((text) => `Canary ${text}`) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
      const worked = steps.reduce(
        (inquiry, it) =>
          'message' in it ? answerInquiry(inquiry, it.message, stamp) : changeInquiry(inquiry, it, stamp),
        openInquiry(rfq, findings, stamp),
      );
      const erased = eraseInquiry(worked, later);
      expect(JSON.stringify(erased).toLowerCase()).not.toContain('canary');
      expect([erased.state, erased.createdAt]).toEqual([worked.state, worked.createdAt]);
    }),
  );
});
