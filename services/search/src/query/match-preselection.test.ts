import { expect, test } from 'vitest';
import { type ChangedDocument, preselect } from './match-preselection.ts';

type Query = Parameters<typeof preselect>[0];

const article: ChangedDocument = { id: 'a', v: 2, kind: 'article', live: true, visible: true };
const filed: ChangedDocument = { ...article, categories: ['coal'], language: ['mn'] };
const hidden: ChangedDocument = { ...article, visible: false };
const everything: Query = { view: 'public' };

const cases: { when: string; query: Query; document: ChangedDocument; isLeft: boolean }[] = [
  { when: 'everything is asked for', query: everything, document: article, isLeft: true },
  {
    when: 'its kind is asked for',
    query: { ...everything, kinds: ['event', 'article'] },
    document: article,
    isLeft: true,
  },
  { when: 'its kind is another', query: { ...everything, kinds: ['company'] }, document: article, isLeft: false },
  {
    when: 'its category is asked for',
    query: { ...everything, category: ['gold', 'coal'] },
    document: filed,
    isLeft: true,
  },
  { when: 'its category is another', query: { ...everything, category: ['gold'] }, document: filed, isLeft: false },
  { when: 'it has no category', query: { ...everything, category: ['gold'] }, document: article, isLeft: false },
  {
    when: 'its language is asked for',
    query: { ...everything, language: ['en', 'mn'] },
    document: filed,
    isLeft: true,
  },
  { when: 'its language is another', query: { ...everything, language: ['en'] }, document: filed, isLeft: false },
  { when: 'it is hidden from the public', query: everything, document: hidden, isLeft: false },
  { when: 'it is hidden and staff asks', query: { view: 'staff' }, document: hidden, isLeft: true },
  {
    when: 'it is hidden of a kind of theirs',
    query: { ...everything, staffOf: ['article'] },
    document: hidden,
    isLeft: true,
  },
  {
    when: 'it is hidden of another kind',
    query: { ...everything, staffOf: ['event'] },
    document: hidden,
    isLeft: false,
  },
  { when: 'it is deleted', query: { view: 'staff' }, document: { ...article, live: false }, isLeft: false },
];

test.each(cases)('a document is left to the search or not when $when', ({ query, document, isLeft }) => {
  expect(preselect(query, [document])).toEqual(isLeft ? [document] : []);
});
