import { describeScheduleConformance } from '@ortoo/shared/testing';
import { openNewsPlace } from './support/news.ts';

describeScheduleConformance({
  open: openNewsPlace,
  service: 'news',
  kind: 'article',
  input: (n) => ({ language: 'en', headline: `Planned ${n}`, summary: 'In short.' }),
});
