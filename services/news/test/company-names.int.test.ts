import { connectBus } from '@ortoo/shared/bus';
import type { Block } from '@ortoo/shared/contracts';
import { type Lifecycle, systemClock, typeIds } from '@ortoo/shared/kernel';
import { connectMongo } from '@ortoo/shared/outbox';
import { eventually, testContext } from '@ortoo/shared/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openNewsPlace } from './support/news.ts';

type Place = Awaited<ReturnType<typeof openNewsPlace>>;

let place: Place;
let bus: Awaited<ReturnType<typeof connectBus>>;
let databases: Record<'catalog' | 'news', Awaited<ReturnType<typeof connectMongo>>>;
let news: Lifecycle;

beforeAll(async () => {
  place = await openNewsPlace();
  const { space } = place;
  const open = (service: 'catalog' | 'news') =>
    connectMongo({ url: space.mongoUrl, database: space.names.database(service), log: space.log });
  databases = { catalog: await open('catalog'), news: await open('news') };
  bus = await connectBus({ url: space.natsUrl, names: space.names, service: 'gateway', log: space.log });
  await putCompanies();
  news = await place.start(systemClock);
});
afterAll(async () => {
  await news.stop();
  await bus.close();
  for (const database of Object.values(databases)) await database.close();
  await place.close();
});

const collection = (service: 'catalog' | 'news', name: string) =>
  databases[service].connection.collection<{ _id: string }>(name);

const LETTERS = [
  'Ар',
  'Бор',
  'Гал',
  'Дор',
  'Зан',
  'Мар',
  'Нор',
  'Сар',
  'Тал',
  'Хан',
  'Чар',
  'Шар',
  'Ган',
  'Лам',
  'Мол',
  'Сон',
];
const ids = Array.from({ length: 256 }, () => typeIds.next('company')).toSorted();
const nameOf = (number: number) => `${LETTERS[number % 16]}голд ${LETTERS[Math.floor(number / 16)]}мон Проперти`;

/** More companies than a page of the export holds, put where the catalog keeps them: no change tells of them. */
async function putCompanies() {
  const at = '2026-01-01T00:00:00.000Z';
  const documents = ids.map((_id, number) => ({
    _id,
    v: 1,
    live: true,
    visible: true,
    changedAt: at,
    check: 0,
    pending: [],
    requests: [],
    displayName: { mn: `${nameOf(number)} ХХК` },
    categories: { primary: 'construction' },
    status: 'published',
    slug: `company-${number}`,
    isSlugPinned: false,
    oldSlugs: [],
    quality: { score: 0, parts: { completeness: 0, verification: 0 } },
    keys: [`slug:company-${number}`],
    createdAt: at,
    updatedAt: at,
  }));
  await collection('catalog', 'companies').insertMany(documents);
}

async function namedIn(...numbers: number[]): Promise<(string | undefined)[]> {
  const text = `Бид ${numbers.map(nameOf).join('той, ')}той уулзлаа. Уулзалт хоёр цаг үргэлжилсэн.`;
  const { body } = await bus.callBytes(testContext(), 'rpc.news.article.extract', { text });
  const { fields } = JSON.parse(Buffer.from(body).toString()) as {
    fields: { mentions?: { value: { companyId: string }[] } };
  };
  return (fields.mentions?.value ?? []).map(({ companyId }) => companyId);
}
type Shown = { id: string; mentions: unknown[] };
const shown = ({ body }: { body: Uint8Array | string }) => JSON.parse(Buffer.from(body).toString()) as Shown;
const create = async (text: string) => {
  const body: Block[] = [{ type: 'paragraph', text }];
  const input = { language: 'mn', headline: 'Мэдээ', body, status: 'published' } as const;
  const id = typeIds.next('article');
  return shown(await bus.callBytes(testContext(), 'rpc.news.article.create', { id, input, lang: 'mn' }));
};
const readPublic = async (ref: string) =>
  shown(await bus.callBytes(testContext(), 'rpc.news.article.get', { ref, view: 'public', lang: 'mn' }));
const untilNamed = (...numbers: number[]) =>
  eventually(async () => expect(await namedIn(...numbers)).toEqual(numbers.map((number) => ids[number])));
async function restart(between: () => Promise<unknown>) {
  await news.stop();
  await between();
  news = await place.start(systemClock);
}
const filling = () => collection('news', 'fillings').findOne({ _id: 'company-names' });
const isFilled = () =>
  eventually(async () => {
    const found = await filling();
    return found !== null && 'doneAt' in found;
  });

test('companies that no change tells of are known from the export, to its last page', async () => {
  await untilNamed(0, 199, 200, 255);
  await isFilled();
});

test('a restart goes on with what news keeps, and does not ask for all of them again', async () => {
  await isFilled();
  const before = await filling();
  await restart(async () => undefined);
  expect(await filling()).toEqual(before);
  await untilNamed(3, 250);
});

test('what news has lost is filled again, and what the catalog no longer has is gone', async () => {
  const [gone = ''] = ids;
  const last = ids.at(-1) ?? '';
  await restart(async () => {
    await collection('news', 'fillings').deleteMany({});
    await collection('news', 'company_names').deleteMany({ _id: { $in: ids.slice(100, -1) } });
    await collection('catalog', 'companies').deleteMany({ _id: { $in: [gone, last] } });
  });
  await untilNamed(1, 99, 101, 254);
  await isFilled();
  await eventually(async () => (await namedIn(0, 255)).length === 0);
});

test('a company that left without a word is no longer named to the public after a filling', async () => {
  const article = await create(`${nameOf(20)} ХХК байр барив.`);
  expect(article.mentions).toHaveLength(1);
  const hidden = { visible: false, status: 'archived', v: 2 };
  await restart(async () => {
    await collection('news', 'fillings').deleteMany({});
    await collection('catalog', 'companies').updateOne({ _id: ids[20] ?? '' }, { $set: hidden });
  });
  await eventually(async () => expect((await readPublic(article.id)).mentions).toEqual([]));
});

test('a change that was made while news was down is known after its start', async () => {
  await restart(async () => {
    const move = { id: ids[7] ?? '', move: 'archive', lang: 'en' } as const;
    await bus.callBytes(testContext(), 'rpc.catalog.company.move', move);
  });
  await eventually(async () => (await namedIn(7)).length === 0);
  await untilNamed(8);
});
