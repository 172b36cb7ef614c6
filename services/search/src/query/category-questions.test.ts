import { wordsOf } from '@ortoo/shared/contracts';
import { expect, test } from 'vitest';
import portalCategories from '../../../../data/categories.json' with { type: 'json' };
import { readQuestions } from '../../test/query-table.ts';
import { buildLexicon, findIntent } from './category-intent.ts';

const lexicon = buildLexicon(portalCategories.map(({ id, ...wording }) => ({ code: id, ...wording })));

test.each([
  ['tuned on', false, 0.97],
  ['held back', true, 0.94],
])(
  'of the questions that were %s, the words alone name the category among the first three',
  (_name, isHeldBack, floor) => {
    const asked = readQuestions().filter((question) => question.isHeldBack === isHeldBack);
    const missed = asked.filter(({ q, ids: [code] }) => {
      const found = findIntent(lexicon, wordsOf(q)).slice(0, 3);
      return !found.some((one) => one.code === code);
    });
    const share = 1 - missed.length / asked.length;
    expect(
      share,
      isHeldBack ? '' : missed.map(({ q, ids }) => `${ids.join()}: ${q}`).join('\n'),
    ).toBeGreaterThanOrEqual(floor);
  },
);
