import { typeIds } from '@ortoo/shared/kernel';
import { eventually, refusal, testContext } from '@ortoo/shared/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openNews, type Shown, type TestNews } from './support/news.ts';

let news: TestNews;
beforeAll(async () => {
  news = await openNews();
});
afterAll(() => news.close());

type Mention = { companyId: string; text: string; span: [number, number]; confidence: number; confirmed: boolean };
type Company = { id: string; v: number };

const ask = async (name: string, request: object) =>
  (await news.write(name as never, request as never)).body as Shown & { mentions: Mention[] };
const publishCompany = (displayName: object, more: object = {}): Promise<Company> =>
  ask('rpc.catalog.company.create', {
    id: typeIds.next('company'),
    input: { displayName, categories: { primary: 'construction' }, status: 'published', ...more },
  });
const moveCompany = ({ id }: { id: string }, move: string) => ask('rpc.catalog.company.move', { id, move });
const body = (text: string) => [{ type: 'paragraph', text }];
const article = (text: string, more: object = {}) =>
  news.create({ language: 'mn', headline: 'Мэдээ', body: body(text), ...more }) as Promise<
    Shown & { mentions: Mention[] }
  >;
const read = async (id: string, view = 'staff') =>
  (await news.read<Shown & { mentions: Mention[]; plainText: string }>('rpc.news.article.get', { ref: id, view })).body;
const idsIn = async (companyId: string, view = 'public') =>
  (await news.read<Shown[]>('rpc.news.article.list', { filter: { companyId: [companyId] }, limit: 20, view })).body.map(
    ({ id }) => id,
  );
/** The companies that are found in a text, which is long enough to be one. */
const namedIn = async (text: string) => {
  const { body: found } = await news.bus.callBytes(testContext(), 'rpc.news.article.extract', {
    text: `${text} Бид тэнд очиж үзлээ.`,
  });
  const { fields, unsure } = JSON.parse(Buffer.from(found).toString()) as {
    fields: { mentions?: { value: Mention[] } };
    unsure: string[];
  };
  return { ids: (fields.mentions?.value ?? []).map(({ companyId }) => companyId), unsure };
};
/** A company that news has heard of. */
const known = async (displayName: Record<string, string>, more: object = {}) => {
  const company = await publishCompany(displayName, more);
  const sentence = `Өчигдөр ${Object.values(displayName)[0]} нээгдэв.`;
  await eventually(async () => (await namedIn(sentence)).ids.includes(company.id));
  return company;
};

describe('companies are found', () => {
  test('in a new article, with exact spans into its plain text', async () => {
    const { id } = await known({ mn: 'Говь Цемент ХХК', en: 'Gobi Cement LLC' });
    const made = await article('Дорноговьд Говь Цементийн үйлдвэр нээгдлээ. Gobi Cement plans more.');
    expect(made.v).toBe(1);
    expect(made.mentions).toMatchObject([
      { companyId: id, text: 'Говь Цемент', confirmed: false },
      { companyId: id, text: 'Gobi Cement', confirmed: false },
    ]);
    const { plainText } = await read(made.id);
    for (const { span, text } of made.mentions) expect(plainText.slice(...span)).toBe(text);
  });

  test('in an ingested page: its extraction and the draft say the same company', async () => {
    const { id } = await known({ mn: 'Номад Стил ХХК' });
    const text = `Гангийн үйлдвэр ашиглалтад орлоо www.medee.example\nНомад Стил ХХК-ийн үйлдвэр Дарханд нээгдлээ. Уг ажил дөрвөн жил үргэлжилсэн бөгөөд одоо дууслаа.\nРедактор: Б.Сараа`;
    const made = (await ask('rpc.news.article.ingest', {
      id: typeIds.next('article'),
      input: { text },
    })) as unknown as { mentions: Mention[]; extraction: { text: string; fields: { mentions: { value: Mention[] } } } };
    const [found] = made.extraction.fields.mentions.value;
    expect(found && made.extraction.text.slice(...found.span)).toBe('Номад Стил ХХК');
    expect(made.mentions).toMatchObject([{ companyId: id, text: 'Номад Стил ХХК' }]);
  });

  test('only while the public sees them, by the names that they have now', async () => {
    const company = await known({ mn: 'Алтан Трейд ХХК' });
    await moveCompany(company, 'unpublish');
    await eventually(async () => (await namedIn('Манайх Алтан Трейдээс авлаа.')).ids.length === 0);
    const { v } = await moveCompany(company, 'publish');
    await eventually(async () => (await namedIn('Манайх Алтан Трейдээс авлаа.')).ids.length === 1);
    await ask('rpc.catalog.company.change', {
      id: company.id,
      v,
      mode: 'merge',
      body: { displayName: { mn: 'Мөнгөн Завъяа ХХК' } },
    });
    await eventually(async () => (await namedIn('Манайх Мөнгөн Завъяагаас авлаа.')).ids.includes(company.id));
    expect((await namedIn('Манайх Алтан Трейдээс авлаа.')).ids).toEqual([]);
  });

  test('what is not found is not made up, and is named as unsure', async () => {
    const { ids, unsure } = await namedIn('Өчигдөр хурал боллоо.');
    expect([ids, unsure.includes('mentions')]).toEqual([[], true]);
  });
});

describe('what editors say of mentions', () => {
  const speak = (id: string, n: number, verdict: string, more: object = {}) =>
    ask('rpc.news.article.mention', { id, n, verdict, ...more });

  test('what was confirmed stays where its words stand in a changed text', async () => {
    const { id } = await known({ mn: 'Хангай Барилга ХХК' });
    const made = await article('Сургуулийг Хангай Барилга ХХК барьжээ.');
    const confirmed = await speak(made.id, 0, 'confirm', { v: 1 });
    expect(confirmed).toMatchObject({ v: 2, mentions: [{ companyId: id, confirmed: true }] });
    expect(await speak(made.id, 0, 'confirm')).toMatchObject({ v: 2 });
    const patched = await news.patch(confirmed, {
      body: body('Шинэ мэдээ: цэцэрлэгийг мөн Хангай Барилга ХХК барив.'),
    });
    const { mentions, plainText } = await read(patched.id);
    expect(mentions).toMatchObject([{ companyId: id, confirmed: true, text: 'Хангай Барилга ХХК' }]);
    expect(mentions[0] && plainText.slice(...mentions[0].span)).toBe('Хангай Барилга ХХК');
    const gone = await news.patch(patched, { body: body('Энд хэн ч алга.') });
    expect(gone.mentions).toEqual([]);
  });

  test('what was removed is not found again in that article', async () => {
    const { id } = await known({ mn: 'Тэнгэр Логистик ХХК' });
    const made = await article('Ачааг Тэнгэр Логистик ХХК зөөв.');
    const removed = await speak(made.id, 0, 'remove');
    expect(removed).toMatchObject({ v: 2, mentions: [] });
    const patched = await news.patch(removed, { body: body('Тэнгэр Логистик ХХК дахин зөөв. Тэнгэр Логистик.') });
    expect(patched.mentions).toEqual([]);
    expect(await idsIn(id, 'staff')).toEqual([]);
    expect((await article('Ачааг Тэнгэр Логистик ХХК зөөв.')).mentions).toHaveLength(1);
  });

  test.each([
    ['a place where there is none', { n: 7 }, 'NOT_FOUND', 'article.mention-not-found'],
    ['an older version', { v: 1 }, 'VERSION_MISMATCH', 'version.mismatch'],
  ])('%s is refused, and nothing is written', async (_what, more, code, reason) => {
    await known({ mn: `Өргөө Хотел${reason.length} ХХК` });
    const made = await article(`Зочид Өргөө Хотел${reason.length} ХХК-д буув.`);
    const edited = await news.patch(made, { summary: 'Товч.' });
    const error = await refusal(speak(made.id, 0, 'confirm', more));
    expect(error).toMatchObject({ code, reason });
    expect((await read(made.id)).v).toBe(edited.v);
  });
});

describe('what articles say of companies that leave', () => {
  test('the public no longer sees the mention, staff does; it is back with the company', async () => {
    const company = await known({ mn: 'Дулаан Гэр ХХК' });
    const made = await article('Дулаан Гэр ХХК тусламж үзүүлэв.', { status: 'published' });
    expect(await idsIn(company.id)).toEqual([made.id]);
    await moveCompany(company, 'unpublish');
    await eventually(async () => (await read(made.id, 'public')).mentions.length === 0);
    expect((await read(made.id)).mentions).toMatchObject([{ companyId: company.id }]);
    expect(JSON.stringify(await read(made.id, 'public'))).not.toContain(company.id);
    expect([await idsIn(company.id), await idsIn(company.id, 'staff')]).toEqual([[], [made.id]]);
    await moveCompany(company, 'publish');
    await eventually(async () => (await read(made.id, 'public')).mentions.length === 1);
    expect(await idsIn(company.id)).toEqual([made.id]);
  });

  test('a draft is in the list of staff alone', async () => {
    const company = await known({ mn: 'Петро Номгон ХХК' });
    const made = await article('Петро Номгон ХХК үнээ бууруулав.');
    expect([await idsIn(company.id), await idsIn(company.id, 'staff')]).toEqual([[], [made.id]]);
  });
});

describe('what articles say of a company that is merged into another', () => {
  test('is of the one that stays, through chains, also where only a draft says it', async () => {
    const [copy, middle, heir] = [
      await known({ mn: 'Сэлэнгэ Ноос ХХК' }),
      await known({ mn: 'Орхон Ноос Ирээдүй ХХК' }),
      await known({ mn: 'Туул Ноосон Эдлэл ХХК' }),
    ];
    const made = await article('Сэлэнгэ Ноос ХХК үзэсгэлэн гаргав.', { status: 'published' });
    const draft = await article('Сэлэнгэ Ноос ХХК дахин гаргав.');
    const merge = (from: Company, into: Company) => ask('rpc.catalog.company.merge', { id: from.id, into: into.id });
    await merge(copy, middle);
    await eventually(async () => expect(await idsIn(middle.id)).toEqual([made.id]));
    await merge(middle, heir);
    await eventually(async () => expect(await idsIn(heir.id)).toEqual([made.id]));
    await eventually(async () => expect(await idsIn(heir.id, 'staff')).toEqual([made.id, draft.id]));
    expect([await idsIn(copy.id, 'staff'), await idsIn(middle.id, 'staff')]).toEqual([[], []]);
    const { mentions, v } = await read(made.id, 'public');
    expect(mentions).toMatchObject([{ companyId: heir.id, text: 'Сэлэнгэ Ноос ХХК' }]);

    const since = '2020-01-01T00:00:00.000Z';
    await news.bus.call(testContext(), 'rpc.catalog.outbox.rearm', { since });
    await known({ mn: 'Зүүн Хараа Тээвэр ХХК' });
    expect((await read(made.id)).v).toBe(v);
  });
});
