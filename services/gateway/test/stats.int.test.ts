import { eventually } from '@ortoo/shared/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aCompany, anArticle, anEvent, anInquiry, anOffering } from './support/caller.ts';
import { openPortal, type Portal } from './support/portal.ts';

let portal: Portal;
let statsKey: string;
beforeAll(async () => {
  portal = await openPortal();
  statsKey = await portal.makeKey(['stats:read']);
});
afterAll(() => portal?.close());

const stats = async () => portal.ask('GET', '/v1/stats', { key: statsKey });
const none = { draft: 0, in_review: 0, scheduled: 0, published: 0, rejected: 0, archived: 0 };

test('the figures are zeros where there is nothing, and follow what is written, by kind, status, category and queue', async () => {
  const before = await eventually(async () => {
    const { categories, ...rest } = (await stats()).json();
    return Object.keys(categories ?? {}).length >= 26 && { categories, ...rest };
  });
  expect(before).toMatchObject({
    counts: { company: none, offering: none, article: none, event: none },
    queues: { drafts: 0, inReview: 0, scheduled: 0, duplicates: 0, inquiries: { new: 0, spam: 0 } },
    changed: { since: expect.any(String), company: 0, offering: 0, article: 0, event: 0 },
    index: { name: portal.space.names.physicalIndex(1), lagMs: expect.any(Number) },
    search: null,
  });
  const { id: companyId } = await portal.write('POST', '/v1/companies', { body: aCompany({ status: 'published' }) });
  await portal.write('POST', '/v1/companies', { body: aCompany() });
  await portal.write('POST', '/v1/offerings', { body: anOffering({ companyId, status: 'in_review' }) });
  const event = await portal.write('POST', '/v1/events', { body: anEvent() });
  await portal.write('POST', `/v1/events/${event.id}/schedule`, { body: { publishAt: '2999-01-01T00:00:00Z' } });
  const original = await portal.write('POST', '/v1/articles', { body: anArticle() });
  const copy = await portal.write('POST', '/v1/articles', { body: anArticle() });
  const headers = { 'if-match': `"${copy.v}"` };
  await portal.write('PATCH', `/v1/articles/${copy.id}`, { headers, body: { duplicateOf: original.id } });
  await portal.ask('POST', '/v1/inquiries', { body: anInquiry({ kind: 'company', id: companyId }) });
  const after = await eventually(async () => {
    const answer = await stats();
    return answer.json().counts.event.scheduled === 1 && answer.json().counts.article.draft === 2 && answer;
  });
  expect(after.headers['cache-control']).toBe('private, no-store');
  expect(after.json()).toMatchObject({
    counts: {
      company: { ...none, published: 1, draft: 1 },
      offering: { ...none, in_review: 1 },
      article: { ...none, draft: 2 },
      event: { ...none, scheduled: 1 },
    },
    categories: { construction: { companies: 1, offerings: 0, articles: 0, events: 0 } },
    queues: { drafts: 3, inReview: 1, scheduled: 1, duplicates: 1, inquiries: { new: 1, read: 0, spam: 0 } },
    changed: { company: 2, offering: 1, article: 2, event: 1 },
    search: null,
  });
  expect(after.body).not.toMatch(/erdenet|Gobi Cement/); // figures alone, nothing of what is counted
});

test('what nobody answers is null, and the others are as they are', async () => {
  await portal.neighbours.catalog.lifecycle.stop();
  await eventually(async () =>
    expect((await stats()).json()).toMatchObject({
      changed: null,
      queues: { drafts: 3, duplicates: 1, inquiries: null },
    }),
  );
  await portal.neighbours.search.lifecycle.stop();
  await eventually(async () =>
    expect((await stats()).json()).toMatchObject({
      ...{ counts: null, categories: null, index: null },
      queues: { drafts: null, inReview: null, scheduled: null, duplicates: 1 },
    }),
  );
});
