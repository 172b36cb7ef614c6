import type { ArticleState, CalendarEventState, CompanyState } from '@ortoo/shared/contracts';
import type { Random } from '@ortoo/shared/kernel';
import { remarks } from '../../packages/cli/src/generate/phrases.ts';
import { drawPlace } from '../../packages/cli/src/generate/places.ts';
import { createShares } from '../../packages/cli/src/generate/shares.ts';
import { drawTrade } from '../../packages/cli/src/generate/trades.ts';

type Lang = 'mn' | 'en';
type Named = { id: string; state: CompanyState };
type Common = Pick<
  ArticleState,
  'slug' | 'status' | 'createdAt' | 'updatedAt' | 'publishedAt' | 'isSlugPinned' | 'oldSlugs'
>;

const drawLanguage = createShares<Lang>([
  ['mn', 75],
  ['en', 25],
]);
const drawArticleKind = createShares<NonNullable<ArticleState['articleKind']>>([
  ['news', 80],
  ['analysis', 12],
  ['interview', 8],
]);
const drawEventKind = createShares<CalendarEventState['eventKind']>([
  ['expo', 40],
  ['forum', 35],
  ['tender', 25],
]);
const SOURCES_MAX = 40;
const SENTENCES_MIN = 6;

/** An article of 8 to 14 sentences, half a page, about a company, what it sells and where. */
export function makeArticle(random: Random, common: Common, company: Named): ArticleState {
  const language = drawLanguage(random);
  const name = nameOf(company.state, language);
  const { category, goods } = drawTrade(random);
  const place = drawPlace(random);
  const good = random.pick(goods)[language];
  const headline =
    language === 'mn' ? `${name}: ${good} (${place.regionName.mn})` : `${name}: ${good} in ${place.regionName.en}`;
  const sentences = Array.from({ length: SENTENCES_MIN + random.whole(7) }, () => random.pick(remarks)[language]);
  const plainText = [`${name}, ${place.district[language]}, ${good}.`, ...sentences].join(' ');
  return {
    ...common,
    language,
    headline,
    summary: `${good}. ${random.pick(remarks)[language]}`,
    plainText,
    sections: [],
    wordCount: plainText.split(' ').length,
    articleKind: drawArticleKind(random),
    categories: [category],
    source: { name: 'Source', domain: `source-${random.whole(SOURCES_MAX)}.example` },
    ...(random.chance(0.4) ? { mentioned: [mentionOf(company)] } : {}),
  };
}

function mentionOf({ id, state }: Named): NonNullable<ArticleState['mentioned']>[number] {
  return { id, v: 1, visible: state.status === 'published', names: Object.values(state.displayName) };
}

const nameOf = ({ displayName }: CompanyState, language: Lang) =>
  displayName[language] ?? displayName.mn ?? displayName.en ?? '';

/** An event of one to three days that a company is the organiser of. */
export function makeEvent(random: Random, common: Common, { id, state }: Named): CalendarEventState {
  const { category, words } = drawTrade(random);
  const place = drawPlace(random);
  const word = random.pick(words);
  const remark = random.pick(remarks);
  const day = `${2025 + random.whole(3)}-${two(1 + random.whole(12))}-${two(1 + random.whole(25))}`;
  const occurrences = Array.from({ length: 1 + random.whole(3) }, (_, n) => {
    const date = day.slice(0, 8) + two(Number(day.slice(8)) + n);
    return { start: `${date}T02:00:00.000Z`, end: `${date}T10:00:00.000Z` };
  });
  return {
    ...common,
    eventKind: drawEventKind(random),
    name: {
      mn: `${word.mn} ${place.regionName.mn} ${day.slice(0, 4)}`,
      en: `${word.en} ${place.regionName.en} ${day.slice(0, 4)}`,
    },
    summary: { mn: remark.mn, en: remark.en },
    description: { mn: `${nameOf(state, 'mn')}. ${random.pick(remarks).mn}`, en: random.pick(remarks).en },
    categories: [category],
    uid: `${id}@portal.example`,
    sequence: 0,
    eventStatus: 'scheduled',
    start: { local: `${day}T10:00`, tzid: 'Asia/Ulaanbaatar' },
    end: { local: `${day}T18:00`, tzid: 'Asia/Ulaanbaatar' },
    startsAt: occurrences[0]?.start ?? '',
    occurrences,
    venue: {
      address: { country: 'MN', region: place.region, district: place.district.en },
      geo: { lat: place.lat, lon: place.lon },
    },
    companyIds: [id],
    shownCompanyIds: state.status === 'published' ? [id] : [],
    languages: ['mn', 'en'],
  };
}

const two = (number: number) => String(number).padStart(2, '0');
