import { createLogger } from '@ortoo/shared/kernel';
import { expect, test } from 'vitest';
import { fillIndex } from './fill.ts';

const log = createLogger({ service: 'test', level: 'silent' });
const gone = (id: string) => ({
  ...{ kind: 'company' as const, id, v: 1, check: 1, live: false, visible: false },
  changedAt: '2026-11-24T05:00:00.000Z',
  changes: [],
});

test('the next page is read while one is written, never more than one ahead, and each is written once and in order', async () => {
  const steps: string[] = [];
  const pages = ['a', 'b', 'c'];
  const owners = {
    exportPage: async (kind: string, after: string | undefined) => {
      if (kind !== 'company') return { items: [], next: undefined };
      const place = after === undefined ? 0 : pages.indexOf(after) + 1;
      steps.push(`read ${pages[place]}`);
      return { items: [gone(pages[place] ?? '')], next: place < pages.length - 1 ? pages[place] : undefined };
    },
  };
  const write = async (_alias: string, documents: { id: string }[]) => {
    await Promise.resolve();
    for (const { id } of documents) steps.push(`wrote ${id}`);
    return documents.map(() => ({ type: 'done' as const }));
  };
  const options = { alias: 'x', owners, writer: { write }, log, onProgress: () => undefined };
  const written = await fillIndex({ ...options, signal: new AbortController().signal });
  expect(steps).toEqual(['read a', 'read b', 'wrote a', 'read c', 'wrote b', 'wrote c']);
  expect(written).toEqual({ taken: 3, left: 0 });
});
