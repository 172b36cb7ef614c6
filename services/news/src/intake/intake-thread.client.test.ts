import { systemClock } from '@ortoo/shared/kernel';
import { testContext } from '@ortoo/shared/testing';
import { afterEach, expect, test } from 'vitest';
import { createPageReader, type PageReader } from './intake-thread.client.ts';

const SENTENCE = 'The bridge over the Orkhon was opened this week. It took four years to build, and it is long. ';
const page = `A new bridge brings two valleys together\n\n${SENTENCE}\n\n${SENTENCE}`;

let pages: PageReader;
afterEach(() => pages.close());

const open = () => {
  const { log } = testContext();
  pages = createPageReader({ clock: systemClock, log });
  return pages;
};

test('a page that takes longer than its caller has is ended in its thread, and the next is read by a new one', async () => {
  const reader = open();
  await reader.read(testContext(), { text: page }, []);
  const costly = { html: `<div><p>${SENTENCE.repeat(4)}</p></div>`.repeat(2_200) };
  const short = testContext({ deadlineMs: systemClock.nowMs() + 40 });
  await expect(reader.read(short, costly, [])).rejects.toMatchObject({
    code: 'UNPROCESSABLE',
    reason: 'intake.page-too-costly',
  });
  const { page: read } = await reader.read(testContext(), { text: page }, []);
  expect(read.extraction.fields.headline?.value).toBe('A new bridge brings two valleys together');
});

test('pages whose turn comes after their deadline are not begun, and too many at once are told so', async () => {
  const reader = open();
  const late = testContext({ deadlineMs: systemClock.nowMs() - 1 });
  await expect(reader.read(late, { text: page }, [])).rejects.toMatchObject({ code: 'TIMEOUT' });
  const asked = Array.from({ length: 17 }, () => reader.read(testContext(), { text: page }, []));
  const outcomes = await Promise.allSettled(asked);
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(16);
  expect(outcomes.at(-1)).toMatchObject({ reason: { code: 'UNAVAILABLE', reason: 'busy' } });
});
