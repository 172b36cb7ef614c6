import type { Article } from '@ortoo/shared/contracts';
import { eventually, testContext } from '@ortoo/shared/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ALIKE_MIN, likenessOf } from '../src/duplicates/fingerprint.rules.ts';
import { createDraw, editCopy, makeArticle, textOf } from './support/duplicates/generator.ts';
import { openNews, type TestNews } from './support/news.ts';

const STORIES = 3;
const ROUNDS = 20;
const AT_ONCE = 8;

let news: TestNews;
beforeAll(async () => {
  news = await openNews();
  await news.startReplica();
});
afterAll(() => news.close());

const draw = createDraw(2);
const pick = (bound: number) => Math.floor(draw() * bound);
const stories = Array.from({ length: STORIES }, () => makeArticle(draw, { language: 'mn', topic: 2, length: 130 }));

function version() {
  const made = stories[pick(STORIES)] ?? stories[0];
  if (!made) throw new Error('There are no stories.');
  const [headline = '', text = ''] = textOf(editCopy(draw, made, { share: 0.02, editing: 'replaced' })).split('\n');
  return { language: 'mn', headline, body: [{ type: 'paragraph', text }] };
}

type Done = 'made' | 'changed' | 'removed' | 'set';

/** What one of many editors does to one of the articles. Rejects where it is refused, which is an answer as well. */
async function act(ids: string[], touched: Set<string>): Promise<Done> {
  const [id, other] = [ids[pick(ids.length)], ids[pick(ids.length)] ?? null];
  const [what, body] = [pick(10), version()];
  if (id === undefined || what < 4) {
    ids.push((await news.create(body)).id);
    return 'made';
  }
  const { v } = (await news.read('rpc.news.article.get', { ref: id })).body;
  if (what < 6) {
    await news.patch({ id, v }, body);
    return 'changed';
  }
  if (what < 8) {
    await news.bus.call(testContext(), 'rpc.news.article.remove', { id, v });
    return 'removed';
  }
  touched.add(id);
  await news.patch({ id, v }, { duplicateOf: what < 9 ? null : other });
  return 'set';
}

/** What is wrong with the place of an article; what was said by hand need not be like its head. */
function faultOf(one: Article, heads: ReadonlyMap<string, Article>, touched: ReadonlySet<string>): string | undefined {
  const { id, duplicateOf, fingerprint = '' } = one;
  if (duplicateOf !== undefined && !heads.has(duplicateOf)) return `${id} names ${duplicateOf}, which is no head`;
  if (touched.has(id)) return undefined;
  const alike = [...heads.values()].filter(
    (head) => head.id < id && likenessOf(head.fingerprint ?? '', fingerprint) >= ALIKE_MIN,
  );
  const isRight = duplicateOf === undefined ? alike.length === 0 : alike.some((head) => head.id === duplicateOf);
  return isRight ? undefined : `${id} names ${duplicateOf} and is like ${alike.map((head) => head.id).join(', ')}`;
}

test('whatever crosses, each group comes to have one level, its oldest article as the head and all like it as members', async () => {
  const ids: string[] = [];
  const touched = new Set<string>();
  const done = new Set<Done>();
  for (let round = 0; round < ROUNDS; round += 1) {
    const outcomes = await Promise.allSettled(Array.from({ length: AT_ONCE }, () => act(ids, touched)));
    for (const outcome of outcomes) if (outcome.status === 'fulfilled') done.add(outcome.value);
  }
  expect([...done].toSorted()).toEqual(['changed', 'made', 'removed', 'set']);

  await eventually(async () => {
    const found = (await news.read<Article[]>('rpc.news.article.getMany', { ids: ids.slice(0, 100) })).body;
    const heads = new Map(found.filter((one) => one.duplicateOf === undefined).map((one) => [one.id, one]));
    for (const one of found) expect(faultOf(one, heads, touched)).toBeUndefined();
    return true;
  });
});
