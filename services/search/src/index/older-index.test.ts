import { createLogger } from '@ortoo/shared/kernel';
import { expect, test } from 'vitest';
import type { IndexDocument } from '../projections/index-document.ts';
import type { Verdict } from './bulk-verdict.ts';
import { createOlderIndexWriter, fitDocument } from './older-index.ts';

const properties = { id: {}, title: { properties: { mn: {} } }, display: {}, codes: {} };

test('an older mapping gets the members that it knows, at every depth, and objects it does not look into whole', () => {
  const document = { id: 'x', codes: [{ a: 1 }], title: { mn: 'а', en: 'a' }, display: { any: { thing: 1 } }, rank: 3 };
  expect(fitDocument(document, properties)).toEqual({
    id: 'x',
    codes: [{ a: 1 }],
    title: { mn: 'а' },
    display: { any: { thing: 1 } },
  });
});

test('what an older index refuses is passed over, and what may succeed later is tried again', async () => {
  const verdicts: Verdict[] = [
    { type: 'poison', reason: 'another type' },
    { type: 'transient', reason: 'busy' },
    { type: 'lost', reason: 'gone' },
  ];
  const log = createLogger({ service: 'test', level: 'silent' });
  const older = createOlderIndexWriter({ writer: { write: async () => verdicts }, properties, log });
  const judged = await older.write('a', [{ id: 'x' }, { id: 'y' }, { id: 'z' }] as IndexDocument[]);
  expect(judged.map(({ type }) => type)).toEqual(['done', 'transient', 'lost']);
});
