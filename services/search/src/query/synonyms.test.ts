import { describe, expect, test } from 'vitest';
import { expand } from './synonyms.ts';

describe('an abbreviation stands for its words, and they for it', () => {
  test.each([
    ['уб', 'улаанбаатар'],
    ['нцс барих', 'нарны цахилгаан станц'],
    ['нарны цахилгаан станц', 'нцс'],
    ['н.б.б', 'нягтлан бодох бүртгэл'],
    ['хабэа сургалт', 'hse'],
    ['hse training', 'хөдөлмөрийн аюулгүй байдал'],
    ['nbfi loan', 'банк бус санхүүгийн байгууллага'],
    ['нөат', 'vat'],
    ['it компани', 'мэдээллийн технологи'],
    ['жду зээл', 'жижиг дунд үйлдвэр'],
    ['тэзү', 'feasibility study'],
  ])('%s: %s', (typed, text) => {
    expect(expand(typed).texts).toContain(text);
  });

  test.each(['говь цемент', 'where is it sold', 'ххк', ''])('%s stands for nothing else', (typed) => {
    expect(expand(typed).texts).toEqual([]);
  });
});

describe('a region is known by its name, its town or its abbreviation, in any case and either script', () => {
  test.each([
    ['цемент уб', 'MN-1'],
    ['улаанбаатарт', 'MN-1'],
    ['ulaanbaatar hotel', 'MN-1'],
    ['дарханы сургалт', 'MN-037'],
    ['дархан-уул', 'MN-037'],
    ['erdenet', 'MN-035'],
    ['эрдэнэтийн насос', 'MN-035'],
    ['замын-үүд чингэлэг', 'MN-063'],
    ['umnugovi', 'MN-053'],
    ['говь-алтай', 'MN-065'],
  ])('%s: %s', (typed, code) => {
    expect(expand(typed).regions).toContain(code);
  });
});

test.each([
  ['говь ххк', 'llc'],
  ['gobi ltd', 'llc'],
  ['тбб боловсрол', 'ngo'],
  ['итгэлт дөш ббсб', 'nbfi'],
  ['х.х.к. говь', 'llc'],
  ['улаангом төхк', 'state'],
])('%s names the legal form %s', (typed, code) => {
  expect(expand(typed).legalForms).toContain(code);
});
