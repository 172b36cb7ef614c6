import { createParser, Slug } from '@ortoo/shared/contracts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { companySlug } from './company-slug.rules.ts';

test.each([
  [{ en: 'Gobi Cement LLC', mn: 'Говь Цемент ХХК' }, 'gobi-cement'],
  [{ mn: 'Говь Цемент ХХК' }, 'говь-цемент'],
  [{ mn: 'Эрдэнэт үйлдвэр ТӨҮГ' }, 'эрдэнэт-үйлдвэр'],
  [{ mn: 'Алтан Тариа ХК' }, 'алтан-тариа'],
  [{ en: 'Khan & Sons Co., Ltd.' }, 'khan-sons'],
  [{ en: 'Steppe Drilling L.L.C.' }, 'steppe-drilling'],
  [{ en: 'JSC' }, 'jsc'],
  [{ en: 'LLC LLC' }, 'llc'],
  [{ ru: 'ООО «Степь»' }, 'степь'],
  [{ ko: '(주)고비시멘트' }, '고비시멘트'],
  [{ zh: '戈壁水泥有限公司' }, '戈壁水泥'],
  [{ en: 'Agco Machinery' }, 'agco-machinery'],
  [{ en: '***' }, 'company'],
])('%j gives %s', (name, slug) => {
  expect(companySlug(name)).toBe(slug);
});

test('any name gives a valid slug', () => {
  const parse = createParser(Slug);
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 }), (mn) => void parse(companySlug({ mn }))),
  );
});
