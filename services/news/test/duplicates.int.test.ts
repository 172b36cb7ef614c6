import { typeIds } from '@ortoo/shared/kernel';
import { eventually, refusal } from '@ortoo/shared/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDesk } from './support/duplicates/desk.ts';
import { type Made, textOf } from './support/duplicates/generator.ts';
import { openNews, type Shown, type TestNews } from './support/news.ts';

let news: TestNews;
let desk: ReturnType<typeof createDesk>;
beforeAll(async () => {
  news = await openNews();
  desk = createDesk(6, news);
});
afterAll(() => news.close());

const languages = ['mn', 'en', 'ru', 'ko', 'zh'] as const;

describe('a text that is nearly that of another', () => {
  test.each(languages)('is stored in %s and names the oldest one', async (language) => {
    const made = desk.write(language);
    const first = await news.create(desk.input(made));
    const second = await news.create(desk.input(desk.edit(made)));
    const third = await news.create(desk.input(desk.edit(desk.edit(made))));
    expect(first).not.toHaveProperty('duplicateOf');
    expect([second.duplicateOf, third.duplicateOf]).toEqual([first.id, first.id]);
    expect(second).toMatchObject({ v: 1, status: 'draft' });
    expect(await news.create(desk.input(desk.write(language)))).not.toHaveProperty('duplicateOf');
  });

  test('is told in the answer to its creation, with how much is the same', async () => {
    const made = desk.write();
    const first = await news.create(desk.input(made, { status: 'published' }));
    const second = await news.create(desk.input(desk.edit(made)));
    expect(second.possibleDuplicates).toEqual([
      {
        id: first.id,
        display: { lang: 'en', name: first.headline },
        url: `/v1/articles/${first.id}`,
        status: 'published',
        score: expect.closeTo(0.85, 0.6),
      },
    ]);
    expect(await desk.get(second.id)).not.toHaveProperty('possibleDuplicates');
  });

  test('is not said to the public, which may not see the other', async () => {
    const made = desk.write();
    await news.create(desk.input(made));
    const second = await news.create(desk.input(desk.edit(made), { status: 'published' }));
    const shown = JSON.stringify(await desk.get(second.id, 'public'));
    expect(shown).not.toMatch(/duplicate|fingerprint/iu);
  });

  test('is found of an excerpt as of any article', async () => {
    const made = desk.write();
    const first = await news.create(desk.input(made, { rights: { excerptOnly: true }, status: 'published' }));
    expect((await news.create(desk.input(desk.edit(made)))).duplicateOf).toBe(first.id);
  });

  test('is found whether it comes as blocks or as HTML', async () => {
    const made = desk.write();
    const { body, ...others } = desk.input(desk.edit(made));
    const bodyHtml = `<p>${body.map(({ text }) => text).join('</p><p>')}</p>`;
    const first = await news.create(desk.input(made));
    const second = await news.create({ ...others, bodyHtml });
    expect(second.duplicateOf).toBe(first.id);
    const third = await news.create(desk.input(desk.write()));
    expect((await news.patch(third, { headline: others.headline, bodyHtml })).duplicateOf).toBe(first.id);
  });

  test('is found by the summary where there is no other text', async () => {
    const summary = textOf(desk.write()).split('\n')[1]?.slice(0, 990) ?? '';
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
    const made = desk.write();
    const first = await ingest(page(made));
    expect(await refusal(ingest(page(made)))).toMatchObject({ reason: 'article.already-ingested' });
    const second = await ingest(page(desk.edit(made)));
    expect(second).toMatchObject({ status: 'draft', duplicateOf: first.id, possibleDuplicates: [{ id: first.id }] });
  });

  test('is stored with all others that come at the same moment, and all are one group soon', async () => {
    const made = desk.write();
    const copies = Array.from({ length: 6 }, () => page(desk.editLittle(made)));
    const stored = await Promise.all(copies.map((copy) => ingest(copy)));
    const [oldest = '', ...others] = stored.map(({ id }) => id).sort();
    await eventually(async () => {
      expect(await Promise.all(others.map(desk.headOf))).toEqual(others.map(() => oldest));
      expect(await desk.headOf(oldest)).toBeUndefined();
      return true;
    });
  });
});

describe('a group', () => {
  async function makeGroup(copies = 3) {
    const made = desk.write();
    const first = await news.create(desk.input(made));
    const others = [];
    for (let n = 0; n < copies; n += 1) others.push(await news.create(desk.input(desk.editLittle(made))));
    return { made, first, others };
  }
  const expectHeads = (heads: Record<string, string | undefined>) =>
    eventually(async () => {
      const found = await Promise.all(Object.keys(heads).map(async (id) => [id, await desk.headOf(id)] as const));
      expect(Object.fromEntries(found)).toEqual(heads);
      return true;
    });

  test('goes on under its next oldest when its head is deleted', async () => {
    const { first, others } = await makeGroup();
    const [next, ...rest] = others.map(({ id }) => id);
    await desk.remove(first);
    await expectHeads({ [next as string]: undefined, ...Object.fromEntries(rest.map((id) => [id, next])) });
  });

  test('goes on under its next oldest when its head says something else, and the head is in none', async () => {
    const { first, others } = await makeGroup();
    const [next, ...rest] = others.map(({ id }) => id);
    await news.patch(first, desk.input(desk.write()));
    await expectHeads({
      [first.id]: undefined,
      [next as string]: undefined,
      ...Object.fromEntries(rest.map((id) => [id, next])),
    });
  });

  test('stays as it is when its head is archived', async () => {
    const { first, others } = await makeGroup(1);
    await news.write('rpc.news.article.move', { id: first.id, move: 'archive' });
    const next = await news.create(desk.input(desk.write()));
    await eventually(async () => expect((await desk.group(next.id)).isComplete).toBe(true));
    expect(await desk.headOf(others[0]?.id ?? '')).toBe(first.id);
  });

  test('is left by a member whose text is changed, at once, and entered by one whose text becomes alike', async () => {
    const { made, first, others } = await makeGroup(1);
    const [member] = others as [Shown];
    const left = await news.patch(member, desk.input(desk.write()));
    expect(left).not.toHaveProperty('duplicateOf');
    expect(left.v).toBe(2);
    expect((await news.patch(left, desk.input(desk.edit(made)))).duplicateOf).toBe(first.id);
  });

  test('is answered with its members, the likest first', async () => {
    const { first, others } = await makeGroup();
    const { items, isComplete } = await desk.group(others[1]?.id ?? '');
    expect(isComplete).toBe(true);
    expect(new Set(items.map(({ id }) => id))).toEqual(new Set([first.id, others[0]?.id, others[2]?.id]));
    expect(items.map(({ score }) => score)).toEqual(items.map(({ score }) => score).sort((a, b) => b - a));
    expect((await desk.group(first.slug)).items.map(({ duplicateOf }) => duplicateOf)).toEqual(
      others.map(() => first.id),
    );
    expect(await refusal(desk.group('article_01h455vb4pex5vsknk084sn02q'))).toMatchObject({
      reason: 'article.not-found',
    });
  });
});

test('more members than are shown are told by the answer, and all follow a new head', async () => {
  const made = desk.write();
  const first = await news.create(desk.input(made));
  const copies: Shown[] = [];
  while (copies.length < 51) copies.push(await news.create(desk.input(desk.editLittle(made))));
  const own = await news.create(desk.input(desk.edit(made)));
  const { items, isComplete } = await desk.group(own.id);
  expect([items.length, isComplete]).toEqual([50, false]);
  await desk.remove(first);
  const [oldest = '', ...others] = copies.map(({ id }) => id).sort();
  await eventually(async () => {
    const filter = { duplicateOf: [oldest] };
    const found = await news.read<Shown[]>('rpc.news.article.list', { filter, limit: 1, isTotalWanted: true });
    expect(found.meta.total).toBe(String(others.length + 1));
    return true;
  });
});

test('lists are of duplicates, or of what is none', async () => {
  const made = desk.write();
  const first = await news.create(desk.input(made));
  const second = await news.create(desk.input(desk.edit(made)));
  const list = async (filter: object) => {
    const request = { filter: { ids: [first.id, second.id], ...filter }, limit: 20 };
    return (await news.read<Shown[]>('rpc.news.article.list', request)).body.map(({ id }) => id);
  };
  expect(await list({ duplicate: true })).toEqual([second.id]);
  expect(await list({ duplicate: false })).toEqual([first.id]);
  expect(await list({ duplicateOf: [first.id] })).toEqual([second.id]);
});

test('of two replicas that take in the same story each stores its own, and both are one group soon', async () => {
  await news.startReplica();
  const made = desk.write();
  const stored = await Promise.all(Array.from({ length: 8 }, () => news.create(desk.input(desk.editLittle(made)))));
  const [oldest = '', ...others] = stored.map(({ id }) => id).sort();
  await eventually(async () => {
    expect(await Promise.all(others.map(desk.headOf))).toEqual(others.map(() => oldest));
    expect(await desk.headOf(oldest)).toBeUndefined();
    return true;
  });
});
