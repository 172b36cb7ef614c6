import { CalendarEventInput, createParser } from '@ortoo/shared/contracts';
import { expect, test } from 'vitest';
import categories from './categories.json' with { type: 'json' };
import companies from './companies.json' with { type: 'json' };
import sent from './events.json' with { type: 'json' };

const events = sent as unknown as CalendarEventInput[];
const companyIds = new Set(companies.map(({ externalIds }) => externalIds[0]?.value));
const codes = new Set(categories.map(({ id }) => id));
/** In the file a company is named by its sample id, which the loading replaces. */
const ANY_COMPANY = 'company_01h455vb4pex5vsknk084sn02q';

test('fifteen events, each accepted by the contract once its companies have ids', () => {
  const parse = createParser(CalendarEventInput);
  const asSent = events.map(({ organiser, exhibitors, ...event }) => ({
    ...event,
    ...(organiser ? { organiser: organiser.companyId ? { companyId: ANY_COMPANY } : organiser } : {}),
    ...(exhibitors ? { exhibitors: exhibitors.map(() => ({ companyId: ANY_COMPANY })) } : {}),
  }));
  for (const event of asSent) expect(() => parse(event)).not.toThrow();
  expect(events).toHaveLength(15);
});

test('events are named and summed up in Mongolian and English, in known categories, by known companies', () => {
  for (const { name, summary, categories: named = [], organiser, exhibitors = [], externalIds } of events) {
    expect(Object.keys({ ...name })).toEqual(expect.arrayContaining(['mn', 'en']));
    expect(Object.keys({ ...summary })).toEqual(expect.arrayContaining(['mn', 'en']));
    expect(named.filter((code) => !codes.has(code))).toEqual([]);
    expect(named.length).toBeGreaterThan(0);
    const ids = [organiser?.companyId, ...exhibitors.map(({ companyId }) => companyId)].filter(Boolean);
    expect(ids.filter((id) => !companyIds.has(id as string))).toEqual([]);
    expect(externalIds?.[0]?.system).toBe('ortoo-sample');
  }
  expect(new Set(events.map(({ externalIds }) => externalIds?.[0]?.value)).size).toBe(15);
});

test('some recur, some were moved, cancelled, postponed or moved online, some last days, one is a draft', () => {
  const recurring = events.filter(({ rrule, rdate }) => rrule ?? rdate);
  expect(recurring.length).toBeGreaterThanOrEqual(7);
  expect(new Set(events.map(({ eventStatus = 'scheduled' }) => eventStatus)).size).toBe(5);
  expect(events.filter(({ previousStart }) => previousStart).length).toBeGreaterThanOrEqual(2);
  expect(events.filter(({ allDay }) => allDay).length).toBeGreaterThanOrEqual(3);
  expect(new Set(events.map(({ eventKind }) => eventKind)).size).toBe(7);
  expect(events.filter(({ status }) => status === 'draft')).toHaveLength(1);
});
