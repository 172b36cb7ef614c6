import { describe, expect, test } from 'vitest';
import { readLabelledPages } from './labelled-pages.ts';
import { measureHalf } from './measure.ts';
import { describeHalf, INVENTED_MAX } from './report.ts';
import { countField, type Measured } from './score.ts';

/** What the measuring half reached, less one value: one more misread value is allowed, two are not. */
const floors: Partial<Record<Measured, number>> = {
  headline: 0.96,
  source: 0.9,
  editor: 0.94,
  authors: 0.86,
  date: 0.97,
  headings: 0.98,
  language: 0.98,
};

describe('the measuring half', () => {
  const { result } = measureHalf('measure');

  test.each(Object.entries(floors))('%s is read as well as it was: %d in precision and in recall', (field, floor) => {
    const { precision, recall } = result.fields[field as Measured];
    expect(Math.min(precision ?? 0, recall ?? 0), describeHalf('measure', result)).toBeGreaterThanOrEqual(floor);
  });

  test('hardly ever is a value answered where the page has none', () => {
    expect(result.invented).toBeLessThanOrEqual(INVENTED_MAX);
  });

  test('it is another half than the one that was tuned on, each with five languages, text and HTML', () => {
    const [tuned, measured] = (['tune', 'measure'] as const).map(readLabelledPages);
    const headlines = new Set(tuned?.map(({ labels }) => labels.headline));
    expect(measured?.filter(({ labels }) => headlines.has(labels.headline))).toEqual([]);
    for (const pages of [tuned ?? [], measured ?? []]) {
      expect(pages.length).toBeGreaterThanOrEqual(40);
      expect(pages.filter(({ request }) => 'html' in request).length).toBeGreaterThanOrEqual(14);
      const languages = new Set(pages.flatMap(({ labels }) => labels.language ?? []));
      expect([...languages].sort()).toEqual(['en', 'ko', 'mn', 'ru', 'zh']);
    }
  });
});

describe('counting', () => {
  const at = { confidence: 0.9, span: [0, 1] as [number, number] };
  const labels = {
    headline: 'A bridge',
    headings: ['One', 'Two'],
    date: '2022-09-21',
    source: { name: 'Steppe Post' },
  };

  test.each([
    ['headline', { headline: { value: 'A  Bridge', ...at } }, { expected: 1, answered: 1, right: 1 }],
    ['headline', { headline: { value: 'A bridge | Steppe Post', ...at } }, { expected: 1, answered: 1, right: 0 }],
    ['headline', {}, { expected: 1, answered: 0, right: 0 }],
    ['editor', { editor: { value: 'Anna Berg', ...at } }, { expected: 0, answered: 1, right: 0 }],
    ['source', { source: { value: { name: 'Steppe Post' }, ...at } }, { expected: 1, answered: 1, right: 1 }],
    [
      'source',
      { source: { value: { name: 'Steppe Post', domain: 'b.example' }, ...at } },
      { expected: 1, answered: 1, right: 0 },
    ],
    [
      'date',
      { sourcePublishedAt: { value: { date: '2022-09', precision: 'month' as const }, ...at } },
      { expected: 1, answered: 1, right: 0 },
    ],
    [
      'headings',
      {
        sections: {
          value: [
            { heading: '■ One', level: 2 },
            { heading: 'One', level: 2 },
          ],
          ...at,
        },
      },
      { expected: 2, answered: 2, right: 1 },
    ],
    ['categories', { categories: { value: ['road'], ...at } }, undefined],
  ] as const)('%s in %j is %j', (field, found, count) => {
    expect(countField(field, { ...labels, headings: [...labels.headings] }, structuredClone(found) as never)).toEqual(
      count,
    );
  });
});
