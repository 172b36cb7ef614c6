import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { extractPage, type FindMentions, withMentions } from './extract.rules.ts';
import { readPlainPage } from './plain-page.rules.ts';
import type { CategoryWords } from './topics.rules.ts';

const categories: CategoryWords[] = [
  { code: 'energy', words: { en: ['energy', 'power plant'], mn: ['эрчим хүч', 'цахилгаан станц'] } },
  { code: 'road', words: { en: ['road', 'bridge'], mn: ['зам', 'гүүр'] } },
];
const extract = (text: string) => extractPage(readPlainPage(text), categories).extraction;

const PORTAL_PAGE = `Category
- Agriculture
- Energy
- Road
Events

How a new bridge brings two valleys together www.steppe-post.example
The bridge over the Orkhon was opened this week. It took four years to build, and the road on both sides is new.
People of the two valleys had to drive around the mountains before. The way is now forty minutes instead of five hours.
WHAT IT COST
The road fund paid most of the bill, the ministry said. The rest came from a loan that is to be paid back in ten years.
Edited by Sarah Lowe
Published Date:2023-05-04`;

test('a page of the portal gives its headline, source, heading, editor and date, and not its menu', () => {
  const { fields, body, unsure, text } = extract(PORTAL_PAGE);
  expect(fields).toMatchObject({
    headline: { value: 'How a new bridge brings two valleys together' },
    source: { value: { domain: 'www.steppe-post.example' } },
    editor: { value: 'Sarah Lowe' },
    sourcePublishedAt: { value: { date: '2023-05-04', precision: 'day' } },
    language: { value: 'en' },
    sections: { value: [{ heading: 'WHAT IT COST', level: 2 }] },
    categories: { value: ['road'] },
  });
  expect(unsure).toEqual(['authors', 'mentions']);
  expect(body.map(({ type }) => type)).toEqual(['paragraph', 'paragraph', 'heading', 'paragraph']);
  expect(text).toBe(PORTAL_PAGE);
});

test.each([
  ['[초원뉴스] 강 위에 새 다리가 놓였다', '강 위에 새 다리가 놓였다', { name: '초원뉴스' }],
  [
    'Steppe Post | A new bridge brings two valleys together',
    'A new bridge brings two valleys together',
    { name: 'Steppe Post' },
  ],
  [
    'A new bridge brings two valleys together - Orkhon News',
    'A new bridge brings two valleys together',
    { name: 'Orkhon News' },
  ],
  [
    'post.example - A new bridge brings two valleys together',
    'A new bridge brings two valleys together',
    { domain: 'post.example' },
  ],
  [
    'A new bridge brings two valleys together (post.example)',
    'A new bridge brings two valleys together',
    { domain: 'post.example' },
  ],
  ['Bridges: a love story', 'Bridges: a love story', undefined],
])('the line %s holds a headline and its source', (line, headline, source) => {
  const { fields } = extract(`${line}\n\n${PARAGRAPH}\n\n${PARAGRAPH}`);
  expect(fields.headline?.value).toBe(headline);
  expect(fields.source?.value).toEqual(source);
});

test('a page without any of it leaves every field out and says so', () => {
  const { fields, body, unsure } = extract('123 456\n\n—— 7 ——');
  expect(fields).toEqual({});
  expect(body).toEqual([]);
  expect(unsure).toHaveLength(9);
});

describe('evidence', () => {
  const at = ({ span }: { span: number[] }, text: string) => text.slice(span[0], span[1]);

  test('every span leads to what its value was read from', () => {
    const { fields, text } = extract(PORTAL_PAGE);
    expect(at(fields.headline!, text)).toBe(fields.headline?.value);
    expect(at(fields.source!, text)).toBe('www.steppe-post.example');
    expect(at(fields.editor!, text)).toBe('Sarah Lowe');
    expect(at(fields.sourcePublishedAt!, text)).toBe('2023-05-04');
    expect(at(fields.sections!, text)).toBe('WHAT IT COST');
    expect(at(fields.categories!, text)).toBe('bridge');
  });

  const line = fc.oneof(
    fc.constantFrom(
      'Edited by Anna Berg',
      'Published: 21 Sep 2022, 14:30',
      '2022 оны 9-р сарын 21',
      '责任编辑：王芳',
      '## Heading',
      '**Bold line**',
      '> quoted words of somebody',
      '- an entry',
      'A LINE IN CAPITALS',
      'Эх сурвалж: montsame.mn',
      'The bridge over the Orkhon was opened this week. It took four years to build.',
      'A title of some length for the page | Steppe Post',
      '<h2>Tagged</h2>',
      '',
      '\u0000\ufeff',
    ),
    fc.string({ unit: 'grapheme', maxLength: 60 }),
    fc.string({ unit: 'binary', maxLength: 60 }),
  );

  test('whatever is sent, spans lie in the text, hold the words of texts, and values are never blank', () => {
    const pages = fc.tuple(fc.array(line, { maxLength: 14 }), fc.constantFrom('\n', '\r\n', '\n\n'));
    fc.assert(
      fc.property(pages, ([lines, end]) => {
        const sent = lines.join(end);
        const { fields, text, unsure, body } = extract(sent);
        expect(text).toBe(sent);
        for (const field of Object.values(fields)) {
          const [from, to] = field.span;
          expect(0 <= from && from < to && to <= text.length).toBe(true);
        }
        for (const name of ['headline', 'editor'] as const) {
          const { value, span } = fields[name] ?? { value: '', span: [0, 0] };
          expect(squeezed(at({ span }, text))).toContain(squeezed(value));
        }
        for (const { heading } of fields.sections?.value ?? []) {
          expect(squeezed(at(fields.sections!, text))).toContain(squeezed(heading));
        }
        expect(Object.keys(fields).length + unsure.length).toBe(9);
        expect(body.filter((block) => block.type === 'paragraph' && block.text.trim() === '')).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  const squeezed = (words: string) => words.toWellFormed().replace(/<\/?[a-zA-Z][^<>\n]*>|[^\p{L}\p{N}]/gu, '');
});

describe('what is broken', () => {
  test.each([
    ['a day that is not in the calendar', 'Published: 2022-02-30'],
    ['a date that can be read in two ways', 'Published: 03/04/2022'],
    ['a day of change', 'Updated: 2022-09-21'],
    ['a copyright', '© 2022-09-21 Steppe Post. All rights reserved.'],
  ])('%s is no date of publication', (_what, last) => {
    const { fields, unsure } = extract(`A headline that is long enough\n\n${PARAGRAPH}\n\n${last}`);
    expect(fields).not.toHaveProperty('sourcePublishedAt');
    expect(unsure).toContain('sourcePublishedAt');
  });

  test('a name with broken letters is left out', () => {
    const { fields } = extract(`A headline that is long enough\n\n${PARAGRAPH}\n\nEdited by Ann\ufffd Berg`);
    expect(fields).not.toHaveProperty('editor');
  });

  test.each([
    ['UTF-8 read as Latin-1', 'utf8', 'latin1'],
    ['UTF-16 read as Latin-1', 'utf16le', 'latin1'],
    ['Latin-1 read as UTF-8', 'latin1', 'utf8'],
  ] as const)('of a headline and an editor that were %s nothing is answered', (_what, written, read) => {
    const broken = (words: string) => Buffer.from(words, written).toString(read).replaceAll('\n', ' ');
    const page = `${broken('Хоёр хөндийг холбосон шинэ гүүр нээгдлээ café')}\n\n${PARAGRAPH}\n\nEdited by ${broken('Энхтөр Бат é')}`;
    const { fields, unsure } = extract(page);
    expect(fields).not.toHaveProperty('headline');
    expect(fields).not.toHaveProperty('editor');
    expect(unsure).toEqual(expect.arrayContaining(['headline', 'editor']));
    expect(fields.language?.value).toBe('en');
  });

  test('a page whose letters are all of another encoding has no language', () => {
    const page = [
      'Хоёр хөндийг холбосон шинэ гүүр',
      '',
      'Гүүрийг энэ долоо хоногт нээлээ. Дөрвөн жил барьсан юм.',
    ].join('\n');
    const { fields } = extract(Buffer.from(page, 'utf8').toString('latin1'));
    expect(fields).not.toHaveProperty('language');
    expect(fields).not.toHaveProperty('headline');
  });

  test('a long page of one line is read in time', () => {
    const startedMs = performance.now();
    extract('Говь цемент by the road 2022 '.repeat(30_000));
    extract('a '.repeat(10).concat('\n').repeat(20_000));
    expect(performance.now() - startedMs).toBeLessThan(8_000);
  });

  test('more paragraphs than an article holds are joined, none is lost', () => {
    const lines = Array.from({ length: 2_500 }, (_, place) => `Sentence number ${place} of a very long page.`);
    const { body } = extract(lines.join('\n\n'));
    expect(body.length).toBeLessThanOrEqual(1_000);
    expect(
      body
        .map((block) => (block.type === 'paragraph' ? block.text : ''))
        .join('\n')
        .split('\n'),
    ).toHaveLength(2_500);
  });
});

const PARAGRAPH = 'The bridge over the Orkhon was opened this week. It took four years to build, and it is long.';

test('companies are looked for in headline and text only, and their spans lead into the whole text', () => {
  const findMentions: FindMentions = (part) =>
    [...part.matchAll(/Orkhon/g)].map(({ 0: text, index }) => ({
      companyId: 'company_01h455vb4pex5vsknk084sn02q',
      text,
      span: [index, index + text.length],
      confidence: 0.9,
    }));
  const page = extractPage(readPlainPage(`Orkhon | Home | Contact\n\n${PORTAL_PAGE}`), categories);
  const { fields, text, unsure } = withMentions(page, findMentions);
  expect(fields.mentions?.value).toHaveLength(1);
  const [from, to] = fields.mentions?.value[0]?.span ?? [];
  expect(text.slice(from, to)).toBe('Orkhon');
  expect(text.slice(0, from)).toContain('The bridge over the ');
  expect(unsure).not.toContain('mentions');
  expect(withMentions(page, () => []).unsure).toContain('mentions');
});
