import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CompanyState } from './catalog/company.ts';
import type { ArticleState } from './news/article.ts';
import { buildDisplay, pickText, viewArticle, viewCompany } from './views.ts';

const stamp = '2026-11-24T05:00:00.000Z';
const document = {
  slug: 'x',
  status: 'published' as const,
  createdAt: stamp,
  updatedAt: stamp,
  createdBy: 'key_1',
  isSlugPinned: false,
  oldSlugs: ['old'],
};
const company: CompanyState = {
  ...document,
  displayName: { mn: 'Говь', en: 'Gobi' },
  categories: { primary: 'construction' },
  contacts: [
    { name: 'Open', public: true },
    { name: 'Hidden', email: 'hidden@x.example' },
  ],
  quality: { score: 0.5, parts: { completeness: 0.5, verification: 0 } },
};
const article: ArticleState = {
  ...document,
  language: 'en',
  headline: 'A road',
  body: [
    { type: 'heading', level: 2, text: 'FRIENDS' },
    { type: 'paragraph', text: 'Words of others.' },
  ],
  plainText: 'FRIENDS\nWords of others.',
  sections: [],
  wordCount: 4,
  rights: { excerptOnly: true },
};

test.each([
  [{ mn: 'a', en: 'b', ru: 'c' }, 'ru', 'ru'],
  [{ mn: 'a', en: 'b' }, 'ko', 'en'],
  [{ mn: 'a', zh: 'c' }, 'ko', 'mn'],
  [{ ru: 'c', zh: 'd' }, 'ko', 'ru'],
] as const)('text falls back from the language asked to en, mn, the first present: %j', (text, asked, got) => {
  expect(pickText(text, asked)?.lang).toBe(got);
});

test('display never lacks a name when there is one in any language', () => {
  const tags = fc.constantFrom('mn', 'en', 'ru', 'ko', 'zh');
  fc.assert(
    fc.property(tags, tags, (have, asked) => {
      expect(buildDisplay({ [have]: 'name' }, undefined, asked as 'mn').name).toBe('name');
    }),
  );
});

test('the public sees nothing of what is planned or was refused, staff does', () => {
  const plan = { publishAt: stamp, unpublishAt: stamp, rejectionReason: 'A source is missing.' };
  const shown = (view: 'public' | 'staff') => [
    viewCompany({ id: 'company_1', v: 3, state: { ...company, ...plan } }, { view, lang: 'en' }),
    viewArticle({ id: 'article_1', v: 3, state: { ...article, ...plan } }, { view, lang: 'en' }),
  ];
  for (const view of shown('staff')) expect(view).toMatchObject(plan);
  for (const view of shown('public')) for (const name of Object.keys(plan)) expect(view, name).not.toHaveProperty(name);
});

test('the public sees neither a private contact nor who wrote nor how slugs are kept', () => {
  const shown = JSON.stringify(viewCompany({ id: 'company_1', v: 3, state: company }, { view: 'public', lang: 'en' }));
  expect(shown).toContain('Open');
  for (const hidden of ['Hidden', 'hidden@x.example', 'key_1', 'oldSlugs', 'isSlugPinned'])
    expect(shown).not.toContain(hidden);
});

test('an empty list of contacts is shown to staff, which may send it back, and not to the public', () => {
  const shown = (view: 'public' | 'staff') =>
    viewCompany({ id: 'company_1', v: 1, state: { ...company, contacts: [] } }, { view, lang: 'en' });
  expect(shown('staff').contacts).toEqual([]);
  expect(shown('public')).not.toHaveProperty('contacts');
});

test('staff sees private contacts and who wrote', () => {
  const shown = viewCompany({ id: 'company_1', v: 3, state: company }, { view: 'staff', lang: 'mn' });
  expect(shown).toMatchObject({ createdBy: 'key_1', display: { lang: 'mn', name: 'Говь' } });
  expect(shown.contacts).toHaveLength(2);
});

test('what every article answers is there when it has none of it', () => {
  expect(viewArticle({ id: 'article_1', v: 1, state: article }, { view: 'public', lang: 'en' }).mentions).toEqual([]);
});

test('an article of which only an excerpt may be shown keeps its text from the public, not from staff', () => {
  const shown = (view: 'public' | 'staff') =>
    JSON.stringify(
      viewArticle({ id: 'article_1', v: 1, state: article }, { view, lang: 'en', fields: ['body', 'bodyHtml'] }),
    );
  expect(shown('public')).not.toContain('Words of others');
  expect(shown('public')).toContain('<h2>FRIENDS</h2>');
  expect(shown('staff')).toContain('<p>Words of others.</p>');
});

test('HTML is made for who picks it, of no body too', () => {
  const { body: _body, ...bare } = article;
  const shown = (state: ArticleState, fields?: string[]) =>
    viewArticle({ id: 'article_1', v: 1, state }, { view: 'staff', lang: 'en', fields });
  expect(shown(article)).not.toHaveProperty('bodyHtml');
  expect(shown(article, ['body'])).not.toHaveProperty('bodyHtml');
  expect(shown(bare, ['bodyHtml']).bodyHtml).toBe('');
});

test('the public is told the original of a translation only where it may see it', () => {
  const state = { ...article, translationOf: 'article_2' };
  const shown = (view: 'public' | 'staff', isOriginalSeen?: boolean) => {
    const kin = isOriginalSeen === undefined ? {} : { kin: { translations: [], isOriginalSeen } };
    return 'translationOf' in viewArticle({ id: 'article_1', v: 1, state, ...kin }, { view, lang: 'en' });
  };
  expect([shown('public'), shown('public', false), shown('public', true)]).toEqual([false, false, true]);
  expect([shown('staff'), shown('staff', false)]).toEqual([true, true]);
});
