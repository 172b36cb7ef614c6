import type { ArticleState, Mention, MentionedCompany } from '@ortoo/shared/contracts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anchorSpan } from './anchor-span.rules.ts';
import {
  addMentions,
  followMentioned,
  judgeMention,
  type Mentioning,
  settleMentions,
} from './article-mentions.rules.ts';

const stamp = { now: '2026-02-01T00:00:00.000Z', actorId: 'key_b' };
const gobi: MentionedCompany = { id: 'company_1', v: 3, visible: true, names: ['Gobi'] };
const altai: MentionedCompany = { id: 'company_2', v: 1, visible: true, names: ['Altai'] };
const companies = new Map([gobi, altai].map((company) => [company.id, company]));

/** Finds the two companies wherever their names stand. */
const mentioning: Mentioning = {
  companies,
  isComplete: true,
  find: (text) =>
    [...text.matchAll(/Gobi|Altai/gu)].map(({ 0: word, index }) => ({
      companyId: word === 'Gobi' ? gobi.id : altai.id,
      text: word,
      span: [index, index + word.length],
      confidence: 0.9,
    })),
};
const at = (companyId: string, text: string, start: number, confirmed = false): Mention => ({
  companyId,
  text,
  span: [start, start + text.length],
  confidence: 0.9,
  confirmed,
});
const state = (plainText: string, members: Partial<ArticleState> = {}): ArticleState => ({
  language: 'en',
  headline: 'News',
  articleKind: 'news',
  slug: 'news',
  isSlugPinned: false,
  oldSlugs: [],
  status: 'draft',
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-01T00:00:00.000Z',
  plainText,
  sections: [],
  wordCount: 1,
  ...members,
});
const named = (plainText: string) => state(plainText, settleMentions(undefined, plainText, mentioning));

describe('the mentions of a text', () => {
  test('stand in its order, with what is kept of their companies', () => {
    expect(settleMentions(undefined, 'Altai met Gobi.', mentioning)).toEqual({
      mentions: [at('company_2', 'Altai', 0), at('company_1', 'Gobi', 10)],
      mentioned: [altai, gobi],
    });
    expect(settleMentions(undefined, 'Nobody met.', mentioning)).toEqual({});
  });

  test('stay as they are while the text does, whatever is found by now', () => {
    const before = named('Gobi grew.');
    const none = { ...mentioning, find: () => [] };
    expect(settleMentions(before, 'Gobi grew.', none)).toEqual({ mentions: before.mentions, mentioned: [gobi] });
    expect(settleMentions(before, 'Gobi shrank.', none)).toEqual({});
  });

  test('that an editor confirmed go along with their words, found or not, and go where these go', () => {
    const before = judgeMention(named('Gobi grew.'), { n: 0, verdict: 'confirm' }, stamp);
    const none = { ...mentioning, find: () => [] };
    expect(settleMentions(before, 'This year Gobi grew.', none).mentions).toEqual([at('company_1', 'Gobi', 10, true)]);
    expect(settleMentions(before, 'This year nobody grew.', none)).toEqual({});
  });

  test('that an editor removed are not found again, and others of the company stay where they stand', () => {
    const before = judgeMention(named('Gobi met Gobi and Altai.'), { n: 0, verdict: 'remove' }, stamp);
    expect(before).toMatchObject({ notMentioned: ['company_1'], mentioned: [gobi, altai] });
    const after = settleMentions(before, 'Gobi met Gobi and Altai. Gobi!', mentioning);
    expect(after.mentions).toEqual([at('company_1', 'Gobi', 9), at('company_2', 'Altai', 18)]);
    const alone = judgeMention(named('Gobi grew.'), { n: 0, verdict: 'remove' }, stamp);
    expect(settleMentions(alone, 'Gobi grew, Gobi!', mentioning)).toEqual({ notMentioned: ['company_1'] });
  });

  test('are not lost while not all companies are known, and are where nothing was looked up', () => {
    const unknown = { ...mentioning, find: () => [], isComplete: false };
    expect(settleMentions(named('Gobi grew.'), 'So Gobi grew.', unknown).mentions).toEqual([
      at('company_1', 'Gobi', 3),
    ]);
    expect(settleMentions(named('Gobi grew.'), 'So Gobi grew.', undefined).mentions).toHaveLength(1);
  });
});

describe("an editor's word", () => {
  test('to confirm is kept once', () => {
    const once = judgeMention(named('Gobi met Altai.'), { n: 1, verdict: 'confirm' }, stamp);
    expect(once.mentions?.map(({ confirmed }) => confirmed)).toEqual([false, true]);
    expect(once).toMatchObject({ updatedAt: stamp.now, updatedBy: 'key_b' });
    expect(judgeMention(once, { n: 1, verdict: 'confirm' }, stamp)).toBe(once);
  });

  test.each([
    ['', 'The article has no mention 0: there is none.', 0],
    ['Gobi met Altai.', 'The article has no mention 2: there are 2, counted from 0.', 2],
  ])('on a mention of %j that is not there is refused', (text, message, n) => {
    const judge = () => judgeMention(named(text), { n, verdict: 'remove' }, stamp);
    expect(judge).toThrow(expect.objectContaining({ code: 'NOT_FOUND', reason: 'article.mention-not-found', message }));
  });
});

describe('copies of companies', () => {
  const now = (company: MentionedCompany) => new Map([[company.id, company]]);

  test.each<[string, MentionedCompany, MentionedCompany]>([
    [
      'a company that left is hidden, its names stay',
      { ...gobi, v: 4, visible: false, names: [] },
      { ...gobi, v: 4, visible: false },
    ],
    ['a renamed one has its new names', { ...gobi, v: 4, names: ['Govi'] }, { ...gobi, v: 4, names: ['Govi'] }],
    ['an older version changes nothing', { ...gobi, v: 2, visible: false, names: [] }, gobi],
    ['a newer one that says the same changes nothing', { ...gobi, v: 9 }, gobi],
  ])('%s', (_what, company, expected) => {
    const before = named('Gobi grew.');
    const after = followMentioned(before, now(company), stamp);
    expect(after.mentioned).toEqual([expected]);
    expect(after === before).toBe(expected === gobi);
  });
});

describe('companies that were merged', () => {
  const merged = (heir: MentionedCompany) => new Map([[gobi.id, { ...gobi, v: 4, visible: false, names: [], heir }]]);
  const before = state('Gobi and Altai.', settleMentions(undefined, 'Gobi and Altai.', mentioning));

  test('are mentioned as the one that stays, with what an editor said', () => {
    const confirmed = judgeMention(before, { n: 0, verdict: 'confirm' }, stamp);
    const after = followMentioned(confirmed, merged({ ...altai, v: 2 }), stamp);
    expect(after.mentions).toEqual([at(altai.id, 'Gobi', 0, true), at(altai.id, 'Altai', 9)]);
    expect(after).toMatchObject({ mentioned: [{ ...altai, v: 2 }], updatedAt: stamp.now });
    expect(followMentioned(after, merged({ ...altai, v: 2 }), stamp)).toBe(after);
  });

  test('are not where an editor said that the one that stays is not mentioned', () => {
    const refused = judgeMention(before, { n: 1, verdict: 'remove' }, stamp);
    expect(followMentioned(refused, merged(altai), stamp).mentions).toEqual([at(gobi.id, 'Gobi', 0)]);
  });

  test('are as they were to whoever knows an older version', () => {
    const old = new Map([[gobi.id, { ...gobi, v: 2, heir: altai }]]);
    expect(followMentioned(before, old, stamp)).toBe(before);
  });
});

describe('words of an old text', () => {
  test.each([
    ['stay before what was changed', 'Gobi grew.', 'Gobi shrank.', [0, 4]],
    ['move with what stands before them', 'A Gobi.', 'All of Gobi.', [7, 11]],
    ['are looked for in what was changed, the nearest first', 'x Gobi y', 'Gobi z Gobi w', [0, 4]],
    ['are not found in longer words', 'x Gobi y', 'x Gobina z', undefined],
    ['are gone with them', 'x Gobi y', 'x y', undefined],
  ])('%s', (_what, before, after, expected) => {
    const start = before.indexOf('Gobi');
    expect(anchorSpan({ text: 'Gobi', span: [start, start + 4] }, before, after)).toEqual(expected);
  });

  test('are what stands at the place that is answered, whatever was changed', () => {
    const texts = fc.string({ unit: fc.constantFrom('Gobi', ' ', 'a', '.'), maxLength: 12 });
    fc.assert(
      fc.property(texts, texts, texts, texts, (head, tail, newHead, newTail) => {
        const before = `${head} Gobi ${tail}`;
        const after = `${newHead} Gobi ${newTail}`;
        const span = anchorSpan({ text: 'Gobi', span: [head.length + 1, head.length + 5] }, before, after);
        return span === undefined || after.slice(...span) === 'Gobi';
      }),
    );
  });
});

describe('companies that are looked for in a text that was written before', () => {
  const onlyAltai = { ...mentioning, companies: new Map([[altai.id, altai]]) };
  const text = 'Altai met Gobi, then Altai.';
  const confirmedGobi = { mentions: [at(gobi.id, 'Gobi', 10, true)], mentioned: [gobi] };

  test('are added, in their order, beside what is there, which stays as it is', () => {
    const next = addMentions(state(text, confirmedGobi), onlyAltai, stamp);
    expect(next).toMatchObject({
      mentions: [at(altai.id, 'Altai', 0), at(gobi.id, 'Gobi', 10, true), at(altai.id, 'Altai', 21)],
      mentioned: [altai, gobi],
      updatedAt: stamp.now,
      updatedBy: stamp.actorId,
    });
  });

  test.each([
    ['nothing of them is found', state('Nobody met Gobi.')],
    ['they stand there already', named('Altai came.')],
    ['an editor said that they are not mentioned', state(text, { notMentioned: [altai.id] })],
    ['something else is said of the same words', state('Altai', { mentions: [at(gobi.id, 'Altai', 0, true)] })],
    [
      'there is no room',
      state(`${'Gobi '.repeat(200)}Altai`, {
        mentions: Array.from({ length: 200 }, (_, n) => at(gobi.id, 'Gobi', 5 * n)),
        mentioned: [gobi],
      }),
    ],
  ])('change nothing where %s', (_what, before) => {
    expect(addMentions(before, onlyAltai, stamp)).toBe(before);
  });
});
