import { mongolianStem, skeletonOf } from '@ortoo/shared/contracts';
import { openTestNamespace, type TestNamespace } from '@ortoo/shared/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { indexDefinition } from '../src/index/definition.ts';
import { askElastic } from './ask-elastic.ts';

let space: TestNamespace;

beforeAll(async () => {
  space = await openTestNamespace();
  await elastic('PUT', `/${space.names.physicalIndex(1)}`, indexDefinition);
});

afterAll(() => space?.dispose());

const elastic = (method: string, path: string, body?: unknown) =>
  askElastic(space.elasticsearchUrl, method, path, body);

async function analyse(analyzer: string, text: string): Promise<string[]> {
  const { tokens } = await elastic('POST', `/${space.names.physicalIndex(1)}/_analyze`, { analyzer, text });
  return (tokens as { token: string }[]).map(({ token }) => token);
}

describe('every analyzer makes these tokens of a text', () => {
  test.each([
    ['exact', 'Говь-Цемент 42.5, ХХК', 'говь цемент 42.5 ххк'],
    ['mn', 'УИХ-ын хуулийн тухай', 'уих хуул'],
    ['mn', 'Барилгууд ба тэсэлгээний ажил дээр', 'барилг тэсэлг ажл'],
    ['mn', 'Хятадад, Улаанбаатарт нь', 'хятд улаанбаатр'],
    ['en', "The miner's pumps are running", 'miner pump run'],
    ['ru', 'Строительные материалы и зелёная ёлка', 'строительн материал зелен елк'],
    ['cjk', 'ＡＢ 建筑材料', 'ab 建筑 筑材 材料'],
    ['skeleton', 'Хөтөч Замнал Gobi', 'hutuch zamnal gu'],
    ['prefix', 'Уул', 'u ul'],
    ['prefix_search', 'Khaan', 'han'],
    ['opening', 'Говь', 'g gu'],
    ['opening_search', 'gov', 'gu'],
  ])('%s: %s', async (analyzer, text, tokens) => {
    expect((await analyse(analyzer, text)).join(' ')).toBe(tokens);
  });
});

describe('the engine makes the same of two spellings', () => {
  test.each([
    ['skeleton', 'Говь Цемент', 'Gobi Tsement'],
    ['skeleton', 'Говь Цемент', 'govi cement'],
    ['skeleton', 'ГОВЬ ЦЕМЕНТ', 'gowi tsement'],
    ['skeleton', 'Хөтөч замнал', 'Khötöch zamnal'],
    ['skeleton', 'Хөтөч замнал', 'hutuch zamnal'],
    ['skeleton', 'Эрдэнэ ёс', 'Erdene yos'],
    ['skeleton', 'Юнион Ямаа', 'union yamaa'],
    ['skeleton', 'Өргөө', 'Єргєє'],
    ['skeleton', 'Уул уурхай', 'uul uurhai'],
    ['skeleton', 'Объект', 'Obiyekt'],
    ['mn', 'барилга', 'барилгуудын'],
    ['mn', 'УИХ', 'УИХ-ын'],
    ['mn', 'эмнэлэг', 'Эмнэлгийн'],
    ['mn', 'компани', 'компаниудын'],
    ['mn', 'хүн', 'Хүмүүсийн'],
    ['mn', 'хөрөнгө', 'хөрөнгийн'],
    ['en', 'mining company', "mine's companies"],
    ['ru', 'чёрная руда', 'черной руды'],
    ['exact', 'Говь', 'ГОВЬ'],
    ['prefix_search', 'Уурхай', 'uurhai'],
  ])('%s: %s and %s', async (analyzer, one, other) => {
    const tokens = await analyse(analyzer, one);
    expect(tokens).toEqual(await analyse(analyzer, other));
    expect(tokens.length).toBeGreaterThan(0);
  });
});

describe('the engine keeps these apart', () => {
  test.each([
    ['skeleton', 'Барилга', 'Барс'],
    ['skeleton', '100', '10'],
    ['skeleton', 'Хан', 'Кан'],
    ['skeleton', 'Цэцэг', 'Сэсэг'],
    ['exact', 'Өргөө', 'Оргоо'],
    ['mn', 'хот', 'хотон'],
    ['en', 'mine', 'mint'],
  ])('%s: %s and %s', async (analyzer, one, other) => {
    expect(await analyse(analyzer, one)).not.toEqual(await analyse(analyzer, other));
  });
});

test.each(['prefix', 'opening'])(
  'every beginning of a word is in its %s, also within letters that fold to one',
  async (name) => {
    const whole = await analyse(name, 'Yurtskhan');
    for (let letters = 1; letters <= 9; letters += 1) {
      const [typed = 'none'] = await analyse(`${name}_search`, 'Yurtskhan'.slice(0, letters));
      expect(whole, typed).toContain(typed);
    }
  },
);

test('a beginning of a word is one of its prefixes in either script', async () => {
  const prefixes = await analyse('prefix', 'Уурхайн');
  for (const typed of ['У', 'уур', 'uurh', 'uurhai', 'uurkhain'])
    expect(prefixes).toEqual(expect.arrayContaining(await analyse('prefix_search', typed)));
});

describe('a name is cut into trigrams of its phonetic key, with the ends of its words marked', () => {
  test.each([
    ['Говь', ['_gu', 'gu_']],
    ['Хөх ЦАС', ['_hu', 'huh', 'uh_', '_ca', 'cas', 'as_']],
    ['kh x', ['_h_', '_h_']],
    ['Өргөө 25', ['_ur', 'urg', 'rgu', 'gu_', '_25', '25_']],
    ['', []],
  ])('%s', async (text, expected) => {
    expect(await analyse('tri', text)).toEqual(expected);
  });
});

test('Korean and Chinese are cut into pairs', async () => {
  expect(await analyse('cjk', '建筑材料')).toEqual(['建筑', '筑材', '材料']);
  expect(await analyse('cjk', '광산 장비')).toEqual(['광산', '장비']);
});

test('the service and the engine agree on keys and stems', async () => {
  const words =
    'говь цемент хөтөчзамнал жаргалант үндэс ямаа юнион ёс эрдэнэ өргөө уурхайн объект gobi tsement zhargalant qndes yamaa єргєє щит 2020 50а';
  expect(await analyse('skeleton', words)).toEqual(words.split(' ').map(skeletonOf));
  const inflected =
    'барилгуудын эмнэлгийн уурхайгаас алтны компаниудын монголоос машинаар хүнсний аяллын тээврийн усны төхөөрөмжийн сайхан орчин даатгалаа тэсэлгээнд үйлчилгээнүүд сургуулиас компанийнхаа хятадад аймагт хаанаас говиос хүмүүст ажилчдын иргэдэд орнуудаас мөнгөний';
  expect(await analyse('mn', inflected)).toEqual(inflected.split(' ').map(mongolianStem));
});
