import { createLogger, serviceContext, systemClock } from '@ortoo/shared/kernel';
import { describe, expect, test } from 'vitest';
import { type Ablation, type Answer, ablations, type Body } from './ablation.ts';
import { productActions } from './product-search.ts';

const word = (query: string) => ({
  multi_match: { query, type: 'best_fields', fields: ['name_all.skeleton', 'title.en'] },
});
const text = (query: string) => ({ multi_match: { query, type: 'best_fields', fields: ['title.en'] } });
const words = [word('gobi'), word('cement')];
const key = { match: { 'name_all.skeleton': 'gobi cement' } };
const begun = { match: { 'name_all.prefix': 'gobi cement' } };
const phrase = { multi_match: { query: 'gobi cement', type: 'phrase' } };
const all = { match: { 'text.en': { query: 'gobi cement', operator: 'and' } } };
const rewarded = (should: object[], boost: number) => ({
  constant_score: { filter: { bool: { should } }, boost, _name: 'complete' },
});
const reward = rewarded([key, all], 8);
const factors = { function_score: { functions: [] } };
const whole = [...words, key, begun, phrase, reward, factors];
const bodyOf = (should: object[]) => ({ query: { bool: { must: [{ bool: { should } }] } }, size: 10 });
const named = (name: string): Ablation => ablations.find((one) => one.name === name) ?? { name: `no ${name}` };
const cut = (name: string, body: object) => named(name).cut?.({ ...body });

describe('what is taken away', () => {
  test.each([
    ['skeleton', [text('gobi'), text('cement'), begun, phrase, rewarded([all], 8), factors]],
    ['prefix', whole.filter((one) => one !== begun)],
    ['term-centric scoring', [word('gobi cement'), ...whole.slice(2)]],
    ['neighbours', whole.filter((one) => one !== phrase)],
    ['reward for all words', [...whole.slice(0, -2), rewarded([key, all], 0), factors]],
    ['quality, verification and recency', whole.filter((one) => one !== factors)],
  ])('%s, and nothing else', (name, left) => {
    expect(cut(name, bodyOf(whole))).toEqual(bodyOf(left));
  });

  test.each(['second look', 'trigrams'])('%s: nothing is asked by trigrams, and all else as it is', (name) => {
    expect(cut(name, { query: { match: { 'name_all.tri': { query: 'gobi' } } } })).toBeNull();
    expect(cut(name, bodyOf([key]))).toEqual(bodyOf([key]));
  });

  test.each([
    ['Гэгээлэн ХХК', 'Гэгээлэн ХХКК'],
    ['"Gobi" LLC', '"Gobi" LLCC'],
    ['Gobi', 'Gobi'],
  ])('legal forms: %s is typed as %s', (q, typed) => {
    expect(named('cutting of legal forms from the query').typed?.(q)).toBe(typed);
  });
});

/** Names that trigrams find, in the order of the engine. */
const candidates = ['gobi sement', 'gobi cement'];
const categories = [{ code: 'building', name: { en: 'Cement' } }];

/** What the engine is asked when somebody types a thing that nothing holds. */
async function bodiesAsked(ablation?: Ablation): Promise<Body[]> {
  const bodies: Body[] = [];
  const hit = { index: 'bench', score: 1, sort: [], fragments: {}, matched: [] };
  const search = async (_index: string, body: object): Promise<Answer> => {
    bodies.push({ ...body });
    const found = JSON.stringify(body).includes('name_all.tri') ? candidates : [];
    return {
      isTimedOut: false,
      hits: found.map((name) => ({ ...hit, id: name.replace(' ', '_'), source: { name_all: [name] } })),
      total: { value: found.length, relation: 'eq' },
      aggregations: {},
    };
  };
  const engine = { search, count: async () => 0, countEach: async () => ({}), findEach: async () => [] };
  const log = createLogger({ service: 'bench', level: 'silent' });
  const ctx = serviceContext({ log, service: 'bench', clock: systemClock, forMs: 60_000 });
  const actions = productActions(engine, { index: 'bench', categories, ...(ablation ? { ablation } : {}) });
  const q = ablation?.typed?.('Gobi cement LLC') ?? 'Gobi cement LLC';
  await actions.query(ctx, { q, limit: 10, lang: 'en', view: 'public' });
  return bodies;
}

/** In which order the last search puts what a second look found. */
const orderIn = (bodies: Body[]) => [...JSON.stringify(bodies.at(-1)).matchAll(/"gobi_.ement"/g)].map(([id]) => id);

describe('held against the product', () => {
  test.each(ablations)('without $name the engine is asked something else', async (ablation) => {
    expect(await bodiesAsked(ablation)).not.toEqual(await bodiesAsked());
  });

  test('without re-ranking candidates stay in the order of the engine', async () => {
    expect(orderIn(await bodiesAsked())).toEqual(['"gobi_cement"', '"gobi_sement"']);
    const left = await bodiesAsked(named('re-ranking by edit distance'));
    expect(orderIn(left)).toEqual(['"gobi_sement"', '"gobi_cement"']);
  });
});
