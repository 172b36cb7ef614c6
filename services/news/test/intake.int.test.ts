import { INTAKE_BYTES_MAX } from '@ortoo/shared/contracts';
import { typeIds } from '@ortoo/shared/kernel';
import { refusal, testContext } from '@ortoo/shared/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openNews, type Shown, type TestNews } from './support/news.ts';

let news: TestNews;
beforeAll(async () => {
  news = await openNews();
});
afterAll(() => news.close());

type Found = { value: unknown; confidence: number; span: [number, number] };
type Extraction = { fields: Record<string, Found>; body: { type: string }[]; text: string; unsure: string[] };

const extract = async (request: object) => {
  const { body } = await news.bus.callBytes(testContext(), 'rpc.news.article.extract', request as never);
  return JSON.parse(Buffer.from(body).toString()) as Extraction;
};
const ingest = async (input: object, id = typeIds.next('article'), more: object = {}) =>
  (await news.write('rpc.news.article.ingest', { id, input, ...more })).body as Shown & { extraction: Extraction };

const SENTENCE = 'The bridge over the Orkhon was opened this week. It took four years to build, and it is long.';
const page = (headline: string) =>
  `${headline} www.steppe-post.example\n${SENTENCE}\n${SENTENCE.replace('week', 'month')}\nEdited by Sarah Lowe\nPublished Date:2023-05-04`;

const html = (headline: string) => `<!doctype html><html><head><title>${headline} | Steppe Post</title>
<link rel="canonical" href="https://www.steppe-post.example/${encodeURIComponent(headline)}">
<script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle","headline":"${headline}",
"datePublished":"2023-05-04T06:30:00Z","author":{"@type":"Person","name":"Anna Berg"},"publisher":{"name":"Steppe Post"}}</script></head>
<body><nav><ul><li>Home</li><li>Roads</li></ul></nav><article><h1>${headline}</h1><p>${SENTENCE.repeat(3)}</p>
<h2>What it cost</h2><p>${SENTENCE.replace('week', 'month').repeat(3)}</p></article><footer>© 2023 Steppe Post</footer></body></html>`;

describe('extract', () => {
  test('plain text gives its fields with spans into what was sent', async () => {
    const text = page('How a new bridge brings two valleys together');
    const found = await extract({ text });
    expect(found.text).toBe(text);
    expect(found.fields).toMatchObject({
      headline: { value: 'How a new bridge brings two valleys together' },
      source: { value: { domain: 'www.steppe-post.example' } },
      editor: { value: 'Sarah Lowe' },
      sourcePublishedAt: { value: { date: '2023-05-04', precision: 'day' } },
    });
    expect(text.slice(...(found.fields.editor?.span ?? [0, 0]))).toBe('Sarah Lowe');
    expect(found.unsure).toContain('authors');
  });

  test('HTML gives what its metadata and its text say, without menus', async () => {
    const { fields, text, body } = await extract({ html: html('How the ferry went out of work') });
    expect(fields).toMatchObject({
      headline: { value: 'How the ferry went out of work' },
      source: { value: { name: 'Steppe Post', domain: 'www.steppe-post.example' } },
      authors: { value: ['Anna Berg'] },
      sourcePublishedAt: { value: { date: '2023-05-04T06:30', precision: 'minute', tzid: 'UTC' } },
      sections: { value: [{ heading: 'What it cost', level: 2 }] },
    });
    expect(body.map(({ type }) => type)).toEqual(['paragraph', 'heading', 'paragraph']);
    for (const { span } of Object.values(fields)) expect(text.slice(...span)).not.toBe('');
  });

  test('categories are told by the words that the catalog knows them by', async () => {
    const { fields } = await extract({ text: page('New highway and bridge: road construction in the west') });
    expect(fields.categories?.value).toContain('road');
  });

  test.each([
    [{}, '/text'],
    [{ text: 'a', html: 'b' }, '/html'],
    [{ text: ' ' }, '/text'],
  ])('%j is refused', async (request, pointer) => {
    const error = await refusal(extract(request));
    expect(error).toMatchObject({ code: 'VALIDATION_FAILED', reason: 'intake.request-invalid' });
    expect(error.details?.errors?.map((fault) => fault.pointer)).toEqual([pointer]);
  });
});

describe('what is large or broken', () => {
  test('900 KB of text come back with all of their spans', async () => {
    const text = `${page('A very long story of a bridge')}\n`.padEnd(INTAKE_BYTES_MAX - 2_000, `${SENTENCE} `);
    const found = await extract({ text });
    expect(found.text === text).toBe(true);
    expect(found.fields.headline?.value).toBe('A very long story of a bridge');
  });

  test.each([
    ['NUL and controls', `<p>\0${SENTENCE}\u0007</p>`.repeat(3)],
    ['tags that are never closed', `<html><body><article><h1>Open<p>${SENTENCE}<div><b>${SENTENCE}`],
    ['elements nested without end', '<div>'.repeat(50_000) + SENTENCE],
    ['rows of attributes', `<p ${'a="b" '.repeat(20_000)}>${SENTENCE}</p>`],
    ['900 KB of open tags', '<b><i>'.repeat(150_000)],
    ['no tag at all', SENTENCE],
  ])('%s are read or refused in words, and the next page is read as ever', async (_what, broken) => {
    const outcome = await extract({ html: broken }).then(
      ({ text }) => typeof text,
      ({ code }: { code: string }) => code,
    );
    expect(['string', 'UNPROCESSABLE']).toContain(outcome);
    expect((await extract({ html: html('How it went on') })).fields.headline?.value).toBe('How it went on');
  });
});

describe('ingest', () => {
  test('a page is stored as a draft with what was found, and its extraction stands beside it', async () => {
    const made = await ingest({ text: page('A draft out of raw text of a page') });
    expect(made).toMatchObject({
      v: 1,
      status: 'draft',
      slug: 'a-draft-out-of-raw-text-of-a-page',
      editor: 'Sarah Lowe',
      source: { domain: 'www.steppe-post.example' },
      sourcePublishedAt: { date: '2023-05-04', precision: 'day' },
      extraction: { fields: { headline: { value: 'A draft out of raw text of a page' } } },
    });
    expect(made).not.toHaveProperty('ingestKeys');
  });

  test('the same text again, whatever its blanks and menus, is a conflict that names the article', async () => {
    const { id } = await ingest({ text: page('The same text is taken in once') });
    const again = `Home | News | Contact\n\n${page('The same text is taken in once').replaceAll('\n', '\r\n\r\n')}`;
    const error = await refusal(ingest({ text: again }));
    expect(error).toMatchObject({ code: 'CONFLICT', reason: 'article.already-ingested', details: { id } });
  });

  test('the same address again is a conflict though its text has changed', async () => {
    const url = 'https://www.steppe-post.example/one?utm_source=a';
    const { id } = await ingest({ text: page('The first text at this address'), url });
    const error = await refusal(
      ingest({ text: page('Another text at this address'), url: 'https://www.steppe-post.example/one#top' }),
    );
    expect(error).toMatchObject({ code: 'CONFLICT', reason: 'article.already-ingested', details: { id } });
  });

  test('an address that an editor has given to an article by hand is a conflict too, a second time by hand is none', async () => {
    const canonicalUrl = 'https://www.steppe-post.example/by-hand';
    const byHand = {
      language: 'en',
      headline: 'By hand',
      summary: 'In short.',
      canonicalUrl: `${canonicalUrl}?utm_medium=x#a`,
    };
    const { id } = await news.create(byHand);
    const url = `${canonicalUrl}?fbclid=7`;
    const error = await refusal(ingest({ text: page('A page that an editor knows'), url }));
    expect(error).toMatchObject({ code: 'CONFLICT', reason: 'article.already-ingested', details: { id } });
    expect(await news.create({ ...byHand, language: 'mn', translationOf: id })).toMatchObject({ canonicalUrl });
  });

  test('an edited article is still known by its page, a deleted one no longer', async () => {
    const text = page('An edited article is known again');
    const made = await ingest({ text });
    const edited = await news.patch(made, { headline: 'Quite another headline' });
    expect(await refusal(ingest({ text }))).toMatchObject({ reason: 'article.already-ingested' });
    await news.bus.call(testContext(), 'rpc.news.article.remove', { id: made.id, v: edited.v });
    expect(await ingest({ text })).toMatchObject({ status: 'draft' });
  });

  test('a repeat with the same request key has one effect', async () => {
    const id = typeIds.next('article');
    const send = () => ingest({ text: page('A repeat has one effect only') }, id, { requestKey: 'k1' });
    expect(await send()).toMatchObject({ id, v: 1 });
    expect(await send()).toMatchObject({ id, v: 1 });
  });

  test('a page without a sure headline is not stored, and what is missing is said', async () => {
    const error = await refusal(ingest({ text: SENTENCE }));
    expect(error).toMatchObject({ code: 'UNPROCESSABLE', reason: 'intake.article-not-recognised' });
    expect(error.details?.errors?.map(({ message }) => message)).toEqual(['no headline can be told for sure']);
  });
});
