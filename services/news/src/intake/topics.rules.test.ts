import { expect, test } from 'vitest';
import { type CategoryWords, readCategories } from './topics.rules.ts';

const categories: CategoryWords[] = [
  { code: 'energy', words: { en: ['Energy', 'energy', 'power plant'] } },
  { code: 'information-technology', words: { en: ['IT', 'software'] } },
  { code: 'road', words: { en: ['road', 'bridge'] } },
];
const read = (text: string) => readCategories([{ text, start: 0, weight: 1 }], categories, 'en')?.value;
const filler = 'Ministers met and spoke about the years to come, as ministers do when they meet. ';

test.each([
  ['two words of a category', 'The road leads to the bridge and over it.', ['road']],
  ['one word that says it once', 'The road was long.', undefined],
  ['a name and a synonym that are one word', 'They spoke of energy.', undefined],
  ['the pronoun', 'It rained, and it was cold, and it was software that it needed.', undefined],
  ['the abbreviation', 'The IT firm sells software.', ['information-technology']],
  ['a long text that names its words in passing', `${filler.repeat(60)} Energy. ${filler} A power plant.`, undefined],
])('%s', (_what, text, found) => expect(read(text)).toEqual(found));
