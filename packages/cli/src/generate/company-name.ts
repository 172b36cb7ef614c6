import type { Random } from '@ortoo/shared/kernel';
import { type Romanisation, romanise } from './romanise.ts';
import { createShares } from './shares.ts';
import { inventWord } from './syllables.ts';
import type { Trade } from './trades.ts';
import { epithets, givenNames, things, type Word } from './words.ts';

/** Legal forms with what they add to a name in both languages. */
export type Form = { code: string; mn: string; en: string; legalMn?: string; legalEn?: string };

const llc: Form = {
  code: 'llc',
  mn: 'ХХК',
  en: 'LLC',
  legalMn: 'хязгаарлагдмал хариуцлагатай компани',
  legalEn: 'Limited Liability Company',
};
const nbfi: Form = { code: 'nbfi', mn: 'ББСБ ХХК', en: 'NBFI LLC' };
const drawUsualForm = createShares<Form>([
  [llc, 88],
  [{ code: 'jsc', mn: 'ХК', en: 'JSC', legalMn: 'хувьцаат компани', legalEn: 'Joint Stock Company' }, 3],
  [{ code: 'coop', mn: 'Хоршоо', en: 'Cooperative' }, 3],
  [{ code: 'ngo', mn: 'НҮТББ', en: 'NGO' }, 2],
  [{ code: 'state', mn: 'ТӨХХК', en: 'State LLC' }, 1.5],
  [{ code: 'rep_office', mn: 'төлөөлөгчийн газар', en: 'Representative Office' }, 1.5],
  [{ code: 'other', mn: 'Нөхөрлөл', en: 'Partnership' }, 1],
]);

/** Lenders are a form of their own; anything else is not one. */
export function drawForm(random: Random, { category }: Trade): Form {
  return category === 'banking-investment' && random.chance(0.4) ? nbfi : drawUsualForm(random);
}

/** A name without its legal form: in Cyrillic, in Latin letters, and in English where its words have a meaning. */
export type Name = { mn: string; latin: string; en: string };

type Core = { mn: string; en?: string };

const drawCore = createShares<(random: Random) => Core>([
  [(random) => join(random.pick(epithets), random.pick(things)), 58],
  [(random) => ({ mn: capital(inventWord(random)) }), 22],
  [(random) => ({ mn: `${capital(inventWord(random))} ${random.pick(things).mn}` }), 8],
  [(random) => ({ mn: drawGivenName(random) }), 12],
]);

const drawWay = createShares<Romanisation>([
  ['standard', 70],
  ['informal', 22],
  ['marked', 8],
]);

export function drawName(random: Random, trade: Trade): Name {
  const core = drawCore(random)(random);
  const word = random.chance(0.8) ? random.pick(trade.words) : undefined;
  const latin = romanise(core.mn, drawWay(random));
  return { mn: join({ mn: core.mn, en: '' }, word).mn, latin: add(latin, word), en: add(core.en ?? latin, word) };
}

/** A given name of one or two elements. */
function drawGivenName(random: Random): string {
  return random.pick(givenNames.first) + (random.chance(0.85) ? random.pick(givenNames.second) : '');
}

/** A person as business cards have it: the initial of the father's name, then the given name. */
export function drawPerson(random: Random): string {
  return `${random.pick(givenNames.initials)}. ${drawGivenName(random)}`;
}

const add = (core: string, word: Word | undefined) => (word ? `${core} ${word.en}` : core);
const join = (first: Word, second: Word | undefined): Word =>
  second ? { mn: `${first.mn} ${second.mn}`, en: `${first.en} ${second.en}` } : first;
const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);
