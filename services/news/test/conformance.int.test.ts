import { describeResourceConformance } from '@ortoo/shared/testing';
import { openNews } from './support/news.ts';

/** What is expected stands in the suite (`describeResourceConformance`), which is the same for all that are held to it. */
describeResourceConformance({
  open: openNews,
  service: 'news',
  kind: 'article',
  input: (n) => ({ language: 'en', headline: `Rail freight ${n}`, summary: 'In short.' }),
  change: (n) => ({ editor: `Desk ${n}` }),
  fields: ['editor'],
  invalid: { members: { headline: ' ' }, pointer: '/headline' },
  uniqueKeys: [
    { what: 'slug', members: (n) => ({ slug: `my-own-${n}` }), reason: 'article.slug-taken' },
    {
      what: 'external id',
      members: (n) => ({ externalIds: [{ system: 'wire', value: `a:${n}` }] }),
      reason: 'article.external-id-taken',
    },
  ],
});
