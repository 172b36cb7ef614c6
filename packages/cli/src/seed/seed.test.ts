import { expect, test } from 'vitest';
import { resolveCompanies } from './company-references.ts';
import {
  type Answer,
  countOutcomes,
  describeCounts,
  isRepeatable,
  judgeAnswer,
  type SeedItem,
  seedKinds,
} from './seed.rules.ts';

const company: SeedItem = {
  kind: seedKinds[0],
  place: 'companies.json[0]',
  body: { externalIds: [{ system: 'registry', value: '1' }] },
};
const article: SeedItem = { kind: seedKinds[2], place: 'articles.json[0]', body: {} };
const answer = (status: number, body: unknown = {}): Answer => ({
  status,
  body,
  version: 'company_1:1',
  retryAfterMs: undefined,
});

test('a 201 is a created item and carries its version', () => {
  expect(judgeAnswer(company, answer(201))).toEqual({ state: 'created', version: 'company_1:1' });
});

test('a conflict counts as already there only when its own external id is taken', () => {
  expect(judgeAnswer(company, answer(409, { reason: 'company.external-id-taken' }))).toEqual({ state: 'present' });
  expect(judgeAnswer(article, answer(409, { reason: 'article.external-id-taken' }))).toEqual({ state: 'present' });
  expect(judgeAnswer(article, answer(409, { reason: 'company.external-id-taken' }))).toMatchObject({ state: 'failed' });
  expect(judgeAnswer(company, answer(409, { reason: 'company.slug-taken', detail: 'taken' }))).toEqual({
    state: 'failed',
    faults: ['409 taken [company.slug-taken]'],
  });
});

test.each([429, 503, 504])('a %i is tried again', (status) => {
  expect(judgeAnswer(company, answer(status))).toBe('later');
});

test('a refused item is shown with the pointer, the message and what was expected', () => {
  const problem = {
    errors: [{ pointer: '/locations/0', message: 'is wrong', expected: 'a place' }, { message: 'is odd' }],
  };
  expect(judgeAnswer(company, answer(400, problem))).toEqual({
    state: 'failed',
    faults: ['/locations/0: is wrong (expected a place)', '/: is odd'],
  });
});

test('an answer that is no problem is still a failure with its status', () => {
  expect(judgeAnswer(company, answer(200, 'hello'))).toEqual({ state: 'failed', faults: ['200 without a reason'] });
});

test('outcomes are counted by state', () => {
  const counts = countOutcomes([
    { state: 'created', version: undefined },
    { state: 'present' },
    { state: 'present' },
    { state: 'failed', faults: [] },
  ]);
  expect(counts).toEqual({ created: 1, present: 2, failed: 1 });
  expect(describeCounts(counts)).toBe('1 created, 2 already there, 1 failed');
  expect(describeCounts({ created: 3, present: 0, failed: 0 })).toBe('3 created, 0 already there');
});

test('only an item with an external id may be sent twice', () => {
  expect(isRepeatable(company)).toBe(true);
  expect(isRepeatable(article)).toBe(false);
});

test('an offering gets the id of the company that its file names by external id, the rest stays as it is', async () => {
  const asked: string[] = [];
  const found = [{ id: 'company_1', externalIds: [{ system: 'ortoo-sample', value: 'company-001' }] }];
  const api = {
    url: '',
    send: async (_method: string, path: string) => {
      asked.push(path);
      return answer(200, { items: found });
    },
  };
  const offering = (companyId: string, system = 'ortoo-sample'): SeedItem => ({
    kind: seedKinds[1],
    place: '',
    body: { companyId, externalIds: [{ system, value: 'offering-001' }] },
  });
  const items = [offering('company-001'), offering('company-001'), offering('company-001', 'other'), company];
  const resolved = await resolveCompanies(api, items);
  expect(resolved.map(({ body }) => body.companyId)).toEqual(['company_1', 'company_1', 'company-001', undefined]);
  expect(asked).toEqual([
    '/v1/companies?externalId=ortoo-sample%3Acompany-001&externalId=other%3Acompany-001&limit=50',
  ]);
});
