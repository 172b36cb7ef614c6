import { expect, test } from 'vitest';
import { createPresenter, presentExport } from './presenter.ts';
import { parseSort } from './sorting.ts';

const show = createPresenter<{ name: string }>(({ id, v, state }, { view, lang }) => ({
  id,
  v,
  updatedAt: '2026-01-01T00:00:00.000Z',
  display: { lang, name: state.name },
  view,
}));
const one = { id: 'company_1', v: 7, state: { name: 'Говь' } };

test('one document is answered as bytes with its id, version, time and language beside them', async () => {
  const reply = await show.one(async () => one)({}, { lang: 'mn' });
  expect(JSON.parse(reply.body as string)).toMatchObject({ id: 'company_1', view: 'staff', display: { name: 'Говь' } });
  expect(reply.meta).toEqual({ id: 'company_1', v: '7', updatedAt: '2026-01-01T00:00:00.000Z', lang: 'mn' });
});

test('a document that moved is answered without a body', async () => {
  const reply = await show.found(async () => ({ movedTo: 'говь' }))({}, { lang: 'mn', view: 'public' });
  expect(reply).toEqual({ body: '', meta: { movedTo: 'говь' } });
});

test('a page says what comes next and, when it was counted, how many there are', async () => {
  const page = show.page(async () => ({ items: [one], next: ['a', null, 'company_1'], total: 0 }));
  const reply = await page({}, { lang: 'en', view: 'public' });
  expect(JSON.parse(reply.body as string)).toMatchObject([{ id: 'company_1', view: 'public' }]);
  expect(reply.meta).toEqual({ lang: 'en', next: '["a",null,"company_1"]', total: '0' });
  expect((await show.page(async () => ({ items: [] }))({}, { lang: 'en' })).meta).toEqual({ lang: 'en' });
});

test('an export names the last id as it is', async () => {
  expect(await presentExport(async () => ({ items: [], next: 'company_1' }))({}, {})).toEqual({
    body: '[]',
    meta: { next: 'company_1' },
  });
});

test('an order is read by the table of its names', () => {
  expect(parseSort(['-name', 'updatedAt'], { name: 'slug', updatedAt: 'updatedAt' })).toEqual([
    { path: 'slug', isDescending: true },
    { path: 'updatedAt', isDescending: false },
  ]);
});
