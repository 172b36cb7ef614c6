import { typeIds } from '@ortoo/shared/kernel';
import { eventually, refusal, testContext } from '@ortoo/shared/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDraw, editCopy, type Made, makeArticle, textOf } from './support/duplicates/generator.ts';
import { openNews, type Shown, type TestNews } from './support/news.ts';

let news: TestNews;
beforeAll(async () => {
  news = await openNews();
});
afterAll(() => news.close());

const draw = createDraw(6);
const languages = ['mn', 'en', 'ru', 'ko', 'zh'] as const;
const write = (language: (typeof languages)[number] = 'en') => makeArticle(draw, { language, topic: 1, length: 160 });
const edit = (made: Made) => editCopy(draw, made, { share: 0.05, editing: 'mixed' });
const input = (made: Made, more: object = {}) => {
  const [headline = '', text = ''] = textOf(made).split('\n');
  return { language: made.language, headline, body: [{ type: 'paragraph', text }], ...more };
};
const get = async (id: string, view = 'staff') =>
  (await news.read<Shown & { duplicateOf?: string }>('rpc.news.article.get', { ref: id, view })).body;
const headOf = async (id: string) => (await get(id)).duplicateOf;
const remove = ({ id, v }: { id: string; v: number }) =>
  news.bus.call(testContext(), 'rpc.news.article.remove', { id, v });
const group = async (ref: string) => news.bus.call(testContext(), 'rpc.news.article.duplicates', { ref, lang: 'en' });

describe('a text that is nearly that of another', () => {
  test.each(languages)('is stored in %s and names the oldest one', async (language) => {
    const made = write(language);
    const first = await news.create(input(made));
    const second = await news.create(input(edit(made)));
    const third = await news.create(input(edit(edit(made))));
    expect(first).not.toHaveProperty('duplicateOf');
    expect([second.duplicateOf, third.duplicateOf]).toEqual([first.id, first.id]);
    expect(second).toMatchObject({ v: 1, status: 'draft' });
    expect(await news.create(input(write(language)))).not.toHaveProperty('duplicateOf');
  });

  test('is told in the answer to its creation, with how much is the same', async () => {
    const made = write();
    const first = await news.create(input(made, { status: 'published' }));
    const second = await news.create(input(edit(made)));
    expect(second.possibleDuplicates).toEqual([
      {
        id: first.id,
        display: { lang: 'en', name: first.headline },
        url: `/v1/articles/${first.id}`,
        status: 'published',
        score: expect.closeTo(0.85, 0.6),
      },
    ]);
    expect(await get(second.id)).not.toHaveProperty('possibleDuplicates');
  });

  test('is not said to the public, which may not see the other', async () => {
    const made = write();
    await news.create(input(made));
    const second = await news.create(input(edit(made), { status: 'published' }));
    const shown = JSON.stringify(await get(second.id, 'public'));
    expect(shown).not.toMatch(/duplicate|fingerprint/iu);
  });

  test('is found of an excerpt as of any article', async () => {
    const made = write();
    const first = await news.create(input(made, { rights: { excerptOnly: true }, status: 'published' }));
    expect((await news.create(input(edit(made)))).duplicateOf).toBe(first.id);
  });

  test('is found by the summary where there is no other text', async () => {
    const summary = textOf(write()).split('\n')[1]?.slice(0, 990) ?? '';
    const bare = (headline: string) => ({ language: 'en', headline, summary });
    const first = await news.create(bare('Exports rise'));
    expect((await news.create(bare('Exports are rising'))).duplicateOf).toBe(first.id);
  });
});

describe('a page that is ingested', () => {
  const page = (made: Made) => `Exports by rail rise in spring\n\n${textOf(made).split('\n')[1]}`;
  const ingest = async (text: string, id = typeIds.next('article')) =>
    (await news.write('rpc.news.article.ingest', { id, input: { text } })).body;

  test('is refused when it is the same, and stored as a draft of the group when it is nearly', async () => {
    const made = write();
    const first = await ingest(page(made));
    expect(await refusal(ingest(page(made)))).toMatchObject({ reason: 'article.already-ingested' });
    const second = await ingest(page(edit(made)));
    expect(second).toMatchObject({ status: 'draft', duplicateOf: first.id, possibleDuplicates: [{ id: first.id }] });
  });

  test('is stored with all others that come at the same moment, and all are one group soon', async () => {
    const made = write();
    const copies = Array.from({ length: 6 }, () => page(edit(made)));
    const stored = await Promise.all(copies.map((copy) => ingest(copy)));
    const [oldest = '', ...others] = stored.map(({ id }) => id).sort();
    await eventually(async () => {
      expect(await Promise.all(others.map(headOf))).toEqual(others.map(() => oldest));
      expect(await headOf(oldest)).toBeUndefined();
      return true;
    });
  });
});

describe('a group', () => {
  async function makeGroup(copies = 3) {
    const made = write();
    const first = await news.create(input(made));
    const others = [];
    for (let n = 0; n < copies; n += 1) others.push(await news.create(input(edit(made))));
    return { made, first, others };
  }
  const expectHeads = (heads: Record<string, string | undefined>) =>
    eventually(async () => {
      const found = await Promise.all(Object.keys(heads).map(async (id) => [id, await headOf(id)] as const));
      expect(Object.fromEntries(found)).toEqual(heads);
      return true;
    });

  test('goes on under its next oldest when its head is deleted', async () => {
    const { first, others } = await makeGroup();
    const [next, ...rest] = others.map(({ id }) => id);
    await remove(first);
    await expectHeads({ [next as string]: undefined, ...Object.fromEntries(rest.map((id) => [id, next])) });
  });

  test('goes on under its next oldest when its head says something else, and the head is in none', async () => {
    const { first, others } = await makeGroup();
    const [next, ...rest] = others.map(({ id }) => id);
    await news.patch(first, input(write()));
    await expectHeads({
      [first.id]: undefined,
      [next as string]: undefined,
      ...Object.fromEntries(rest.map((id) => [id, next])),
    });
  });

  test('stays as it is when its head is archived', async () => {
    const { first, others } = await makeGroup(1);
    await news.write('rpc.news.article.move', { id: first.id, move: 'archive' });
    const next = await news.create(input(write()));
    await eventually(async () => expect((await group(next.id)).isComplete).toBe(true));
    expect(await headOf(others[0]?.id ?? '')).toBe(first.id);
  });

  test('is left by a member whose text is changed, at once, and entered by one whose text becomes alike', async () => {
    const { made, first, others } = await makeGroup(1);
    const [member] = others as [Shown];
    const left = await news.patch(member, input(write()));
    expect(left).not.toHaveProperty('duplicateOf');
    expect(left.v).toBe(2);
    expect((await news.patch(left, input(edit(made)))).duplicateOf).toBe(first.id);
  });

  test('is answered with its members, the likest first', async () => {
    const { first, others } = await makeGroup();
    const { items, isComplete } = await group(others[1]?.id ?? '');
    expect(isComplete).toBe(true);
    expect(new Set(items.map(({ id }) => id))).toEqual(new Set([first.id, others[0]?.id, others[2]?.id]));
    expect(items.map(({ score }) => score)).toEqual(items.map(({ score }) => score).sort((a, b) => b - a));
    expect((await group(first.slug)).items.map(({ duplicateOf }) => duplicateOf)).toEqual(others.map(() => first.id));
    expect(await refusal(group('article_01h455vb4pex5vsknk084sn02q'))).toMatchObject({ reason: 'article.not-found' });
  });
});

describe('what an editor says', () => {
  test('that it is no duplicate stays so, whatever its text becomes', async () => {
    const made = write();
    const first = await news.create(input(made));
    const second = await news.create(input(edit(made)));
    const cleared = await news.patch(second, { duplicateOf: null });
    expect(cleared).not.toHaveProperty('duplicateOf');
    const changed = await news.patch(cleared, input(edit(made)));
    expect(changed).not.toHaveProperty('duplicateOf');
    const third = await news.create(input(edit(made)));
    expect(third.duplicateOf).toBe(first.id);
    await eventually(async () => expect((await group(third.id)).items).toHaveLength(2));
    expect(await get(second.id)).toMatchObject({ v: 3 });
  });

  test('that it is a duplicate stays so, and goes up with what it names', async () => {
    const [one, two, other] = [write(), write(), write()];
    const first = await news.create(input(one));
    const second = await news.create(input(two));
    const third = await news.create(input(other));
    expect((await news.patch(third, { duplicateOf: second.id })).duplicateOf).toBe(second.id);
    await news.patch(second, { duplicateOf: first.id });
    await eventually(async () => expect(await headOf(third.id)).toBe(first.id));
    const changed = await news.patch(await get(third.id), input(write()));
    expect(changed.duplicateOf).toBe(first.id);
  });

  test('is forgotten when what it names is deleted', async () => {
    const first = await news.create(input(write()));
    const second = await news.create(input(write(), { duplicateOf: first.id }));
    expect(second.duplicateOf).toBe(first.id);
    await remove(first);
    await eventually(async () => expect(await headOf(second.id)).toBeUndefined());
  });

  test('of two articles about each other at the same moment leaves the older one as the head', async () => {
    const first = await news.create(input(write()));
    const second = await news.create(input(write()));
    await Promise.allSettled([
      news.patch(first, { duplicateOf: second.id }),
      news.patch(second, { duplicateOf: first.id }),
    ]);
    await eventually(async () => {
      const [a, b] = [await headOf(first.id), await headOf(second.id)];
      expect([a, b].filter((head) => head === undefined)).toHaveLength(1);
      return true;
    });
  });

  test('is kept by a replacement with or without it, and not undone by a restore', async () => {
    const made = write();
    const first = await news.create(input(made));
    const second = await news.create(input(edit(made)));
    const replace = (v: number, body: object) =>
      news.write('rpc.news.article.change', { id: second.id, v, mode: 'replace', body });
    expect((await replace(1, input(edit(made)))).body.duplicateOf).toBe(first.id);
    const cleared = await news.patch({ id: second.id, v: 2 }, { duplicateOf: null });
    const restored = await news.write('rpc.news.article.restore', { id: second.id, v: cleared.v, revision: 1 });
    expect(restored.body).not.toHaveProperty('duplicateOf');
  });

  test.each([
    ['itself', (own: Shown) => own.id, 'is the article itself', 'another article'],
    [
      'one that there is not',
      () => 'article_01h455vb4pex5vsknk084sn02q',
      'there is no article',
      'the id of an article',
    ],
    ['a company', () => 'company_01h455vb4pex5vsknk084sn02q', '', ''],
  ])('is refused when it names %s, and nothing is stored', async (_what, named, message, expected) => {
    const own = await news.create(input(write()));
    const error = await refusal(news.patch(own, { duplicateOf: named(own) }));
    expect(error).toMatchObject({ code: 'VALIDATION_FAILED' });
    expect(error.details?.errors).toMatchObject([{ pointer: '/duplicateOf' }]);
    expect(error.details?.errors?.[0]?.message).toContain(message);
    expect(error.details?.errors?.[0]?.expected).toContain(expected);
    expect(await get(own.id)).toMatchObject({ v: 1 });
  });

  test('is refused when it names a duplicate, with the head that it means', async () => {
    const made = write();
    const first = await news.create(input(made));
    const second = await news.create(input(edit(made)));
    const own = await news.create(input(write()));
    const error = await refusal(news.patch(own, { duplicateOf: second.id }));
    expect(error.details?.errors).toEqual([
      { pointer: '/duplicateOf', message: `is a duplicate of ${first.id} itself`, expected: first.id },
    ]);
    expect(await refusal(news.create(input(write(), { duplicateOf: second.id })))).toMatchObject({
      reason: 'article.duplicate-invalid',
    });
  });
});
