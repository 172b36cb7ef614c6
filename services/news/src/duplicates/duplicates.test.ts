import type { ArticleState } from '@ortoo/shared/contracts';
import { AppError, systemClock } from '@ortoo/shared/kernel';
import type { Stored } from '@ortoo/shared/outbox';
import { testContext } from '@ortoo/shared/testing';
import { expect, test } from 'vitest';
import type { ArticleStore } from '../articles/article.store.ts';
import { printOf } from './duplicate.rules.ts';
import { createDuplicates } from './duplicates.actions.ts';

const text = Array.from({ length: 60 }, (_, n) => `word${n}`).join(' ');
const state = { language: 'en', headline: 'A', plainText: text, ...printOf({ headline: 'A', plainText: text }) };
const made = {
  id: 'article_2',
  v: 1,
  state: { ...state, duplicateOf: 'article_1' },
} as unknown as Stored<ArticleState>;

/** Hundreds of groups that share a key, and a database that goes away after a write, are played. */
const open = (store: Partial<ArticleStore>) =>
  createDuplicates({ articles: store as ArticleStore, clock: systemClock });

test('where more articles share a key than are looked at, the answer says that it is not complete', async () => {
  const duplicates = open({
    find: async () => made,
    heads: async () => ({ items: [], isComplete: false }),
    candidates: async () => [],
    members: async () => ({ items: [], isComplete: true }),
  });
  expect(await duplicates.list(testContext(), { ref: 'article_01h455vb4pex5vsknk084sn02q' })).toEqual({
    items: [],
    isComplete: false,
  });
});

test('an article that was stored is answered so, also when those like it cannot be read right after', async () => {
  const away = async () => {
    throw AppError.unavailable('news.database-away', 'MongoDB does not answer.');
  };
  const duplicates = open({ heads: away, candidates: away, members: away });
  expect(await duplicates.beside(testContext(), made)).toBe(made);
});
