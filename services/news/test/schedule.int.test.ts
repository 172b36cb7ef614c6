import { describeScheduleConformance } from '@ortoo/shared/testing';
import { openNewsPlace } from './support/news.ts';

/** What is expected stands in the suite (`describeScheduleConformance`), which is the same for all that are held to it. */
describeScheduleConformance({
  open: openNewsPlace,
  service: 'news',
  kind: 'article',
  input: (n) => ({ language: 'en', headline: `Planned ${n}`, summary: 'In short.' }),
});
