import { expect, test } from 'vitest';
import { followCompanies, openEvent, reviseEvent } from './calendar-event.rules.ts';
import { type FoundCompany, seenOf } from './event-companies.rules.ts';

const found = (id: string, mergedInto?: string): FoundCompany => ({
  id,
  status: mergedInto === undefined ? 'published' : 'archived',
  ...(mergedInto === undefined ? {} : { mergedInto }),
});

test.each<[string, FoundCompany[], [string, string][]]>([
  ['nobody was merged', [found('a'), found('b')], []],
  ['a copy has the company that it was merged into', [found('a', 'b'), found('b')], [['a', 'b']]],
  [
    'a copy of a copy has the last of the way',
    [found('b', 'c'), found('c'), found('a', 'b')],
    [
      ['b', 'c'],
      ['a', 'c'],
    ],
  ],
  ['a way to what is not there leads nowhere', [found('a', 'b'), found('b', 'c')], []],
  ['a circle leads nowhere', [found('a', 'b'), found('b', 'a'), found('c', 'a')], []],
])('%s', (_what, companies, heirs) => {
  expect(seenOf(companies).heirs).toEqual(new Map(heirs));
});

test('all that were found are known, and what is published is shown', () => {
  const seen = seenOf([found('a'), found('b', 'a')]);
  expect([[...seen.known], [...seen.shown]]).toEqual([['a', 'b'], ['a']]);
});

const HEIR = 'company_01h455vb4pex5vsknk084sn02q';
const COPY = 'company_01h455vb4pex5vsknk084sn02r';
const OTHER = 'company_01h455vb4pex5vsknk084sn02s';
const stamp = { now: '2026-06-01T00:00:00.000Z', actorId: 'key_1' };
const later = { now: '2026-06-02T00:00:00.000Z', actorId: 'news' };
const judging = { stamp, suffix: '', knownCategories: new Set<string>(), id: 'event_01h455vb4pex5vsknk084sn02q' };

test('a company that was merged is the one that stays, once, also where it is named later', () => {
  const before = seenOf([found(COPY), found(HEIR), found(OTHER)]);
  const now = seenOf([found(COPY, HEIR), found(HEIR), found(OTHER)]);
  const naming = {
    organiser: { companyId: COPY, name: { en: 'Host' } },
    exhibitors: [{ companyId: COPY }, { companyId: HEIR }, { companyId: OTHER }],
  };
  const input = { eventKind: 'expo', name: { en: 'Week' }, start: { local: '2026-10-07T10:00' } } as const;
  const right = {
    organiser: { companyId: HEIR, name: { en: 'Host' } },
    exhibitors: [{ companyId: HEIR }, { companyId: OTHER }],
    companyIds: [HEIR, OTHER],
    shownCompanyIds: [HEIR, OTHER],
  };
  const state = openEvent({ ...input, ...naming }, { ...judging, companies: before });
  expect(state).toMatchObject(naming);
  const followed = followCompanies(state, now, later);
  expect(followed).toMatchObject({ ...right, sequence: 0, updatedAt: later.now });
  expect(followCompanies(followed, now, later)).toBe(followed);
  const facts = { ...judging, companies: now };
  expect(openEvent({ ...input, ...naming }, facts)).toMatchObject(right);
  const plain = openEvent(input, facts);
  expect(reviseEvent(plain, { mode: 'merge', body: naming }, { ...facts, stamp: later })).toMatchObject(right);
});
