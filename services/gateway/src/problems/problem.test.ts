import { readFile } from 'node:fs/promises';
import { AppError, errorCodes } from '@ortoo/shared/kernel';
import { expect, test } from 'vitest';
import { buildProblem } from './problem.ts';
import { problemKinds } from './problem-list.ts';

const place = { origin: 'https://api.example.mn', path: '/v1/companies', requestId: 'r-1' };

test.each([...errorCodes])('%s is a complete problem document', (code) => {
  const problem = buildProblem(new AppError(code, 'some.reason', 'What happened.'), place);
  expect(problem).toEqual({
    type: `https://api.example.mn/problems/${code.toLowerCase().replaceAll('_', '-')}`,
    title: expect.stringMatching(/\S/),
    status: problemKinds[code].status,
    code,
    reason: 'some.reason',
    detail: 'What happened.',
    instance: '/v1/companies',
    requestId: 'r-1',
  });
});

test('each code has a status of its own', () => {
  const statuses = errorCodes.map((code) => problemKinds[code].status);
  expect(new Set(statuses).size).toBe(errorCodes.length);
});

test('details are shown but for the wait, and never replace what is ours', () => {
  const error = new AppError('VERSION_MISMATCH', 'version.mismatch', 'Changed.', {
    details: { current: { v: 8 }, retryAfterMs: 5, status: 200, type: 'x', detail: 'y' },
  });
  const problem = buildProblem(error, place);
  expect(problem).toMatchObject({ status: 412, current: { v: 8 }, detail: 'Changed.' });
  expect(problem).not.toHaveProperty('retryAfterMs');
});

test('a defect is never shown', () => {
  const problem = buildProblem(AppError.from(new Error('password=hunter2')), place);
  expect(JSON.stringify(problem)).not.toContain('hunter2');
  expect(problem).not.toHaveProperty('stack');
});

test('docs/errors.md lists exactly our codes, with the same words', async () => {
  const text = await readFile(new URL('../../../../docs/errors.md', import.meta.url), 'utf8');
  const rows = text.split('\n').filter((line) => line.startsWith('| `'));
  expect(rows).toEqual(
    errorCodes.map((code) => {
      const { status, title, meaning, remedy } = problemKinds[code];
      return `| \`${code}\` | ${status} | ${title}. ${meaning} | ${remedy} |`;
    }),
  );
});
