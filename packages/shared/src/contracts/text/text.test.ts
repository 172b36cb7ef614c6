import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cutLegalForms } from './legal-forms.ts';
import { mongolianStem, sortNameOf } from './mongolian.ts';
import { normaliseText, wordsOf } from './normalise.ts';
import { skeletonOf } from './skeleton.ts';

describe('one form of text', () => {
  test('decomposed, full-width and joined letters become the plain ones', () => {
    expect(normaliseText('Аи\u0306маг')).toBe('Аймаг');
    expect(normaliseText('ＡＢＣ\u200Dбар\u00ADилга  x')).toBe('ABCбарилга x');
  });

  test('no input makes an ill-formed text, and doing it twice changes nothing', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(0xffff)), (units) => {
        const text = String.fromCharCode(...units);
        const once = normaliseText(text);
        return once.isWellFormed() && normaliseText(once) === once;
      }),
    );
  });

  test('every character becomes what NFKC makes of it, without what is invisible', () => {
    const characters = Array.from({ length: 0x10000 }, (_, unit) => `а${String.fromCharCode(unit)}б`.toWellFormed());
    const wrong = characters.filter((text) => {
      const expected = text.normalize('NFKC').replace(/\p{Cf}|\p{Variation_Selector}/gu, '');
      return normaliseText(text) !== expected.replace(/[^\S\n]+/gu, ' ');
    });
    expect(wrong).toEqual([]);
  });

  test('operators, emoji and punctuation are no words', () => {
    expect(wordsOf('+foo -"бар" 🏗️ ?! 建筑 50%')).toEqual(['foo', 'бар', '建筑', '50']);
  });
});

describe('the skeleton is the same for every spelling of a name', () => {
  test.each([
    ['говь', 'govi', 'gowi', 'gobi', 'gov'],
    ['цемент', 'tsement', 'cement', 'tsyemyent'],
    ['хөтөчзамнал', 'khötöchzamnal', 'hutuchzamnal', 'xotochzamnal'],
    ['жаргалант', 'jargalant', 'zhargalant'],
    ['үндэс', 'undes', 'ündes', 'vndes', 'qndes'],
    ['ямаа', 'yamaa', 'iama', 'yama'],
    ['юнион', 'yunion', 'union'],
    ['ёс', 'yos', 'yoos'],
    ['эрдэнэ', 'erdene', 'yerdene'],
    ['өргөө', 'urguu', 'orgoo', 'örgöö', 'єргєє'],
    ['уурхай', 'uurkhai', 'uurhay', 'uurxai'],
    ['авто', 'avto', 'auto'],
    ['алтан', 'altan', 'алтань'],
  ])('%s', (...spellings) => {
    expect(new Set(spellings.map(skeletonOf)).size).toBe(1);
  });

  test.each([
    ['барилга', 'барс'],
    ['цемент', 'семент'],
    ['жин', 'зин'],
    ['хан', 'кан'],
    ['100', '10'],
    ['номин', 'номт'],
  ])('%s is not %s', (one, other) => {
    expect(skeletonOf(one)).not.toBe(skeletonOf(other));
  });
});

describe('the stem is the same for every case of a word', () => {
  test.each([
    ['барилга', 'барилгын', 'барилгад', 'барилгаар', 'барилгууд', 'барилгуудын'],
    ['эмнэлэг', 'эмнэлгийн', 'эмнэлгүүд'],
    ['уурхай', 'уурхайн', 'уурхайд', 'уурхайгаас'],
    ['уул', 'уулын', 'уулаас'],
    ['алт', 'алтны', 'алтнаас'],
    ['компани', 'компанийн', 'компаниуд', 'компаниудын'],
    ['монгол', 'монголын', 'монголд', 'монголоос'],
    ['машин', 'машины', 'машинаар'],
    ['хүнс', 'хүнсний'],
    ['аялал', 'аяллын'],
    ['тээвэр', 'тээврийн'],
    ['ус', 'усны'],
    ['төхөөрөмж', 'төхөөрөмжийн'],
    ['даатгал', 'даатгалаа', 'даатгалд', 'даатгалдаа', 'даатгалынхаа', 'даатгалууд'],
    ['тэсэлгээ', 'тэсэлгээний', 'тэсэлгээнд', 'тэсэлгээнээс', 'тэсэлгээг', 'тэсэлгээгээр'],
    ['худалдаа', 'худалдааны', 'худалдаанд', 'худалдаагаар'],
    ['сургууль', 'сургуулийн', 'сургуульд', 'сургуулиас', 'сургуулиар', 'сургуулиа', 'сургуулиуд'],
    ['компани', 'компанид', 'компаниас', 'компанийнхаа', 'компанидаа'],
    ['аймаг', 'аймгийн', 'аймагт', 'аймгууд', 'аймгаас'],
    ['хаан', 'хааны', 'хаанд', 'хаанаас'],
    ['зам', 'замын', 'замд', 'замаар', 'замууд'],
    ['хавтан', 'хавтангийн', 'хавтангууд', 'хавтангаар'],
    ['дугуй', 'дугуйн', 'дугуйнууд', 'дугуйгаар'],
    ['хятад', 'хятадын', 'хятадад', 'хятадаас'],
    ['улаанбаатар', 'улаанбаатарт', 'улаанбаатарын', 'улаанбаатараас', 'улаанбаатарлуу'],
    ['говь', 'говийн', 'говьд', 'говиос'],
    ['үйлчилгээ', 'үйлчилгээний', 'үйлчилгээнүүд', 'үйлчилгээгээ'],
    ['хүн', 'хүний', 'хүмүүс', 'хүмүүсийн', 'хүмүүст'],
    ['ажилтан', 'ажилтны', 'ажилтнууд', 'ажилтнуудын'],
    ['ажилчин', 'ажилчны', 'ажилчид', 'ажилчдын', 'ажилчидтай'],
    ['иргэн', 'иргэний', 'иргэд', 'иргэдийн', 'иргэдэд'],
    ['гишүүн', 'гишүүд', 'гишүүдийн', 'гишүүдээс'],
    ['жуулчин', 'жуулчид', 'жуулчдын'],
    ['оюутан', 'оюутны', 'оюутнууд', 'оюутнуудад'],
    ['орон', 'орны', 'орнууд', 'орнуудаас'],
    ['мөнгө', 'мөнгөний', 'мөнгийг', 'мөнгөөр'],
    ['хөрөнгө', 'хөрөнгийн', 'хөрөнгөөр'],
    ['хүүхэд', 'хүүхдийн', 'хүүхдүүдэд'],
    ['эзэн', 'эзний', 'эзэд', 'эздийн'],
  ])('%s', (...cases) => {
    expect(new Set(cases.map(mongolianStem)).size).toBe(1);
  });
});

describe('legal forms say nothing about which company is meant', () => {
  test.each([
    ['Говь Цемент ХХК', 'Говь Цемент'],
    ['"Гэгээлэн эдүкэшн" ХХК', 'Гэгээлэн эдүкэшн'],
    ['Gobi Cement Co., Ltd.', 'Gobi Cement'],
    ['Х.Х.К. Говь', 'Говь'],
    ['Эко-Групп ХХК /ГХО/', 'Эко-Групп'],
    ['Нүүрс хоршоо', 'Нүүрс'],
    ['ХХК', 'ХХК'],
    ['Хаан', 'Хаан'],
    ['«Хас» ББСБ', 'Хас'],
  ])('%s is called %s', (name, expected) => {
    expect(cutLegalForms(name)).toBe(expected);
  });
});

test('names sort in the order of the alphabet: ө after о, ү after у, Cyrillic before Latin', () => {
  const names = ['Zet', 'Үндэс', 'Өргөө', 'Уул', 'Орд', 'Пүрэв', 'Ёс', 'Ерөө', 'Alfa'];
  const sorted = names.toSorted((a, b) => (sortNameOf(a) < sortNameOf(b) ? -1 : 1));
  expect(sorted).toEqual(['Ерөө', 'Ёс', 'Орд', 'Өргөө', 'Пүрэв', 'Уул', 'Үндэс', 'Alfa', 'Zet']);
});
