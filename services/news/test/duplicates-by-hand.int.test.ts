import { eventually, refusal } from '@ortoo/shared/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDesk } from './support/duplicates/desk.ts';
import { openNews, type Shown, type TestNews } from './support/news.ts';

let news: TestNews;
let desk: ReturnType<typeof createDesk>;
beforeAll(async () => {
  news = await openNews();
  desk = createDesk(7, news);
});
afterAll(() => news.close());

describe('what an editor says', () => {
  test('that it is no duplicate stays so, whatever its text becomes', async () => {
    const made = desk.write();
    const first = await news.create(desk.input(made));
    const second = await news.create(desk.input(desk.edit(made)));
    const cleared = await news.patch(second, { duplicateOf: null });
    expect(cleared).not.toHaveProperty('duplicateOf');
    const changed = await news.patch(cleared, desk.input(desk.edit(made)));
    expect(changed).not.toHaveProperty('duplicateOf');
    const third = await news.create(desk.input(desk.edit(made)));
    expect(third.duplicateOf).toBe(first.id);
    await eventually(async () => expect((await desk.group(third.id)).items).toHaveLength(2));
    expect(await desk.get(second.id)).toMatchObject({ v: 3 });
  });

  test('that it is a duplicate stays so, and goes up with what it names', async () => {
    const [one, two, other] = [desk.write(), desk.write(), desk.write()];
    const first = await news.create(desk.input(one));
    const second = await news.create(desk.input(two));
    const third = await news.create(desk.input(other));
    expect((await news.patch(third, { duplicateOf: second.id })).duplicateOf).toBe(second.id);
    await news.patch(second, { duplicateOf: first.id });
    await eventually(async () => expect(await desk.headOf(third.id)).toBe(first.id));
    const changed = await news.patch(await desk.get(third.id), desk.input(desk.write()));
    expect(changed.duplicateOf).toBe(first.id);
  });

  test('is forgotten when what it names is deleted', async () => {
    const first = await news.create(desk.input(desk.write()));
    const second = await news.create(desk.input(desk.write(), { duplicateOf: first.id }));
    expect(second.duplicateOf).toBe(first.id);
    await desk.remove(first);
    await eventually(async () => expect(await desk.headOf(second.id)).toBeUndefined());
  });

  test('of two articles about each other at the same moment leaves the older one as the head', async () => {
    const first = await news.create(desk.input(desk.write()));
    const second = await news.create(desk.input(desk.write()));
    await Promise.allSettled([
      news.patch(first, { duplicateOf: second.id }),
      news.patch(second, { duplicateOf: first.id }),
    ]);
    await eventually(async () => {
      const [a, b] = [await desk.headOf(first.id), await desk.headOf(second.id)];
      expect([a, b].filter((head) => head === undefined)).toHaveLength(1);
      return true;
    });
  });

  test('is kept by a replacement with or without it, and not undone by a restore', async () => {
    const made = desk.write();
    const first = await news.create(desk.input(made));
    const second = await news.create(desk.input(desk.edit(made)));
    const replace = (v: number, body: object) =>
      news.write('rpc.news.article.change', { id: second.id, v, mode: 'replace', body });
    expect((await replace(1, desk.input(desk.edit(made)))).body.duplicateOf).toBe(first.id);
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
    const own = await news.create(desk.input(desk.write()));
    const error = await refusal(news.patch(own, { duplicateOf: named(own) }));
    expect(error).toMatchObject({ code: 'VALIDATION_FAILED' });
    expect(error.details?.errors).toMatchObject([{ pointer: '/duplicateOf' }]);
    expect(error.details?.errors?.[0]?.message).toContain(message);
    expect(error.details?.errors?.[0]?.expected).toContain(expected);
    expect(await desk.get(own.id)).toMatchObject({ v: 1 });
  });

  test('is refused when it names a duplicate, with the head that it means', async () => {
    const made = desk.write();
    const first = await news.create(desk.input(made));
    const second = await news.create(desk.input(desk.edit(made)));
    const own = await news.create(desk.input(desk.write()));
    const error = await refusal(news.patch(own, { duplicateOf: second.id }));
    expect(error.details?.errors).toEqual([
      { pointer: '/duplicateOf', message: `is a duplicate of ${first.id} itself`, expected: first.id },
    ]);
    expect(await refusal(news.create(desk.input(desk.write(), { duplicateOf: second.id })))).toMatchObject({
      reason: 'article.duplicate-invalid',
    });
  });
});
