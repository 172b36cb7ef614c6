import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isSpam, judgeSpam, SPAM_FROM, spamRules } from './inquiry-spam.rules.ts';

const plain = {
  inquiryKind: 'question',
  message: 'We look for a supplier of cement in the South Gobi, about two hundred tonnes a month.',
  sender: { name: 'Bat', email: 'bat@erdenet.example' },
  locale: 'en',
} as const;
const once = { email: 0, address: 0 };
const judge = (more: object, repeats: object = {}) => judgeSpam({ ...plain, ...more }, { ...once, ...repeats });
const linked = (count: number) => `${plain.message} ${'https://a.example '.repeat(count)}`;
const from = (domain: string) => ({ sender: { name: 'Bat', email: `bat@${domain}` } });

test.each([
  ['an ordinary question', {}],
  ['an ordinary question in Mongolian', { locale: 'mn', message: 'Цементийн үнийн санал авах боломжтой юу?' }],
  ['Mongolian in Latin letters', { locale: 'mn', message: 'Tsementiin uniin sanal avah bolomjtoi yu?' }],
  ['a short question in Chinese', { locale: 'zh', message: '水泥价格多少' }],
  ['a question in Korean', { locale: 'ko', message: '시멘트 가격을 알고 싶습니다' }],
  ['two links', { message: linked(2) }],
  ['a request that says it by its items', { inquiryKind: 'rfq', message: 'See items' }],
  ['a short word in capitals', { message: 'Is this an ISO 9001 JSC with an RFQ form for LPG?' }],
  ['a word that only begins like one', { message: 'We built the Casinova theatre and its escorting road signs.' }],
])('%s has no signal', (_what, more) => {
  expect(judge(more)).toEqual({ score: 0, signals: [] });
});

test.each([
  ['links', 0.3, { message: linked(3) }],
  ['links', 0.3, { message: `${plain.message} www.a.example <a href=x> [url=y]` }],
  ['words', 0.5, { message: 'Our online CASINO is open for all of your employees' }],
  ['words', 0.5, { locale: 'ru', message: 'Предлагаем продвижение сайтов недорого и быстро' }],
  ['words', 0.5, { locale: 'zh', message: '我们代开发票,请联系我们的公司' }],
  ['words', 0.5, { locale: 'ko', message: '최고의 카지노 사이트에 오신 것을 환영합니다' }],
  ['script', 0.3, { locale: 'mn', message: '我们公司生产各种水泥和建筑材料' }],
  ['script', 0.3, { locale: 'en', message: 'Сколько стоит тонна цемента сегодня' }],
  ['thin', 0.3, { message: 'hi' }],
  ['thin', 0.3, { message: '?!?! 12345 ...' }],
  ['disposable', 0.4, from('mailinator.com')],
  ['disposable', 0.4, from('mx.Temp-Mail.example')],
  ['capitals', 0.2, { message: 'ANSWER ME AT ONCE ABOUT YOUR CEMENT PRICES' }],
])('the signal %s adds %d', (signal, score, more) => {
  expect(judge(more)).toEqual({ score, signals: [signal] });
});

test.each([
  [{ email: 2 }, []],
  [{ email: 3 }, ['email-repeats']],
  [{ address: 9 }, []],
  [{ address: 10 }, ['address-repeats']],
  [{ email: 20, address: 20 }, ['email-repeats', 'address-repeats']],
])('%j earlier inquiries show %j', (repeats, signals) => {
  expect(judge({}, repeats).signals).toEqual(signals);
});

test.each([
  [{ message: linked(6) }, { score: 0.7, signals: ['links', 'many-links'] }, true],
  [{ message: 'hi', ...from('yopmail.com') }, { score: 0.7, signals: ['thin', 'disposable'] }, true],
  [{ message: 'hi' }, { score: 0.3, signals: ['thin'] }, false],
  [
    { message: `CASINO VIAGRA BACKLINKS FOR ALL ${'HTTP://A.EXAMPLE '.repeat(9)}`, ...from('yopmail.com') },
    { score: 1, signals: ['links', 'many-links', 'words', 'disposable', 'capitals'] },
    true,
  ],
])('signals add up, to 1 at most, and make spam from 0.7 on: %#', (more, spam, expected) => {
  const judged = judge(more);
  expect([judged, isSpam(judged)]).toEqual([spam, expected]);
});

test('whatever is written gets a score from 0 to 1, the sum of its signals, and spam when that is high', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 400 }),
    fc
      .array(fc.constantFrom('http://', 'www.', 'casino', 'ЦЕМЕНТ', '水泥', '[url=', 'A', ' '))
      .map((it) => it.join('')),
  );
  fc.assert(
    fc.property(text, fc.emailAddress(), fc.nat(20), fc.nat(20), (message, email, ofEmail, ofAddress) => {
      const spam = judge({ message, sender: { name: 'Bat', email } }, { email: ofEmail, address: ofAddress });
      const sum = spam.signals.reduce((total, name) => total + spamRules[name][0], 0);
      expect(spam.score).toBeCloseTo(Math.min(1, sum), 10);
      expect(isSpam(spam)).toBe(spam.score >= SPAM_FROM);
    }),
  );
});

test.each(['www.', 'http:/', '<a', 'double your ', 'A', '水', 'crypto invest', '-'])(
  'the longest message of nothing but %j is judged in no time',
  (word) => {
    const startMs = performance.now();
    judge({ message: word.repeat(10_000).slice(0, 10_000) });
    expect(performance.now() - startMs).toBeLessThan(500);
  },
);

test('docs/privacy.md names every signal with its weight, and from where on an inquiry is spam', async () => {
  const page = await readFile(new URL('../../../../docs/privacy.md', import.meta.url), 'utf8');
  const rows = [...page.matchAll(/^\| `([a-z-]+)` \| ([\d.]+) \|/gm)].map(([, name, weight]) => [name, Number(weight)]);
  expect(rows).toEqual(Object.entries(spamRules).map(([name, [weight]]) => [name, weight]));
  expect(page).toContain(`from ${SPAM_FROM} on`);
});
