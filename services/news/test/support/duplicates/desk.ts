import { testContext } from '@ortoo/shared/testing';
import type { Shown, TestNews } from '../news.ts';
import { createDraw, editCopy, type Made, makeArticle, textOf } from './generator.ts';

/** Writes generated articles and their copies, the same ones for the same seed, and asks what became of them. */
export function createDesk(seed: number, { read, bus }: TestNews) {
  const draw = createDraw(seed);
  const edit = (made: Made, share = 0.05) => editCopy(draw, made, { share, editing: 'mixed' });
  const get = async (id: string, view = 'staff') =>
    (await read<Shown & { duplicateOf?: string }>('rpc.news.article.get', { ref: id, view })).body;
  return {
    write: (language: Made['language'] = 'en') => makeArticle(draw, { language, topic: 1, length: 160 }),
    edit,
    /** Two of them are as much alike as an article and its edited copy. */
    editLittle: (made: Made) => edit(made, 0.025),
    input: (made: Made, more: object = {}) => {
      const [headline = '', text = ''] = textOf(made).split('\n');
      return { language: made.language, headline, body: [{ type: 'paragraph', text }], ...more };
    },
    get,
    headOf: async (id: string) => (await get(id)).duplicateOf,
    remove: ({ id, v }: { id: string; v: number }) => bus.call(testContext(), 'rpc.news.article.remove', { id, v }),
    group: (ref: string) => bus.call(testContext(), 'rpc.news.article.duplicates', { ref, lang: 'en' }),
  };
}
