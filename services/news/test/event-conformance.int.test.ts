import { describeResourceConformance, describeScheduleConformance } from '@ortoo/shared/testing';
import { openNews, openNewsPlace } from './support/news.ts';

/** What is expected stands in the suites, which are the same for all that are held to them. */
const input = (n: number) => ({
  eventKind: 'expo',
  name: { en: `Mining week ${n}` },
  start: { local: '2030-10-07T10:00', tzid: 'Asia/Ulaanbaatar' },
  rrule: 'FREQ=WEEKLY;COUNT=3',
});

describeResourceConformance({
  open: openNews,
  service: 'news',
  kind: 'event',
  input,
  change: (n) => ({ registrationUrl: `https://example.mn/${n}` }),
  fields: ['registrationUrl'],
  invalid: { members: { eventKind: 'party' }, pointer: '/eventKind' },
  uniqueKeys: [
    { what: 'slug', members: (n) => ({ slug: `my-own-${n}` }), reason: 'event.slug-taken' },
    { what: 'UID', members: (n) => ({ uid: `${n}@example.mn` }), reason: 'event.uid-taken' },
    {
      what: 'external id',
      members: (n) => ({ externalIds: [{ system: 'wire', value: `a:${n}` }] }),
      reason: 'event.external-id-taken',
    },
  ],
});

describeScheduleConformance({ open: openNewsPlace, service: 'news', kind: 'event', input });
