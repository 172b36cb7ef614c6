import { expect, test } from 'vitest';
import { fullArticle } from '../../test/support/full-documents.ts';
import { ninjsFaults } from '../../test/support/ninjs-schema.ts';
import { articleNinjs } from './article-ninjs.ts';

const ORIGIN = 'https://api.example.mn';
type Members = Record<string, unknown>;
const write = (document: object): Members => JSON.parse(articleNinjs.item(document as Members, ORIGIN));

const { id, v, slug, status, createdAt, updatedAt, display } = fullArticle;
const bareArticle = {
  ...{ id, kind: 'article', v, slug, status, createdAt, updatedAt, display, language: 'mn', headline: 'Гарчиг' },
  ...{ plainText: '', sections: [], wordCount: 0, mentions: [] },
};

test.each([
  ['of which much is known', fullArticle],
  ['of which little is known', bareArticle],
  ['of which an excerpt may be shown', { ...fullArticle, rights: { excerptOnly: true } }],
  ['with a source that has a domain alone', { ...fullArticle, source: { domain: 'www.nknews.org' } }],
  ['with an empty source', { ...fullArticle, source: {} }],
  ['that is a draft', { ...fullArticle, status: 'draft', publishedAt: undefined }],
])('an article %s is in the words of ninjs 3.1', (_what, document) => {
  expect(ninjsFaults(write(document))).toEqual([]);
});

test('what is not in the words of ninjs is found', () => {
  const item = write(fullArticle);
  expect(ninjsFaults({ ...item, headline: 'ninjs 1' })).not.toEqual([]);
  expect(ninjsFaults({ ...item, uri: 'no address' })).not.toEqual([]);
  expect(ninjsFaults({ ...item, type: 'article' })).not.toEqual([]);
});

test('a list is a composite of whole articles', () => {
  const page = { items: [fullArticle, bareArticle] as Members[], url: `${ORIGIN}/v1/articles?limit=2` };
  const list = JSON.parse(articleNinjs.list(page, ORIGIN));
  expect(ninjsFaults(list)).toEqual([]);
  expect(list).toMatchObject({ uri: page.url, type: 'composite' });
  expect(list.associations).toMatchObject([{ name: fullArticle.headline, type: 'text' }, { name: 'Гарчиг' }]);
});

test('an article says what it is of, who made it and what it names', () => {
  expect(write(fullArticle)).toMatchObject({
    standard: { name: 'ninjs', version: '3.1' },
    uri: `${ORIGIN}/v1/articles/${id}`,
    version: '3',
    pubStatus: 'usable',
    representationType: 'full',
    by: 'A. Bat, Б. Дорж',
    people: [{ rel: 'author' }, { rel: 'author' }, { name: 'Bryan Betts', rel: 'editor' }],
    urgency: 4,
    descriptions: [{ role: 'summary' }, { role: 'correction', value: 'The tonnage was put right.' }],
    bodies: [
      { contentType: 'text/plain' },
      { contentType: 'text/html', value: expect.stringContaining('&lt;by rail&gt;') },
    ],
    organisations: [{ name: 'Gobi Cement', rel: 'mentions' }],
    infoSources: [{ name: 'NK News', literal: 'www.nknews.org', uri: 'https://www.nknews.org/' }],
    altIds: expect.arrayContaining([{ role: 'sourcePublishedAt', value: '2022-09-21' }]),
  });
});

test('an article of which an excerpt may be shown is partial and has neither text nor pictures', () => {
  const item = write({ ...fullArticle, rights: { notice: '©', excerptOnly: true } });
  expect(item).toMatchObject({ representationType: 'partial', copyrightNotice: '©' });
  expect(item).not.toHaveProperty('bodies');
  expect(JSON.stringify(item)).not.toContain('train.jpg');
});
