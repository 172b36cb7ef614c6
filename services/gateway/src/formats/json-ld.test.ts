import { expect, test } from 'vitest';
import { fullArticle, fullCompany, fullEvent, fullOffering } from '../../test/support/full-documents.ts';
import { schemaOrgFaults } from '../../test/support/schema-org.ts';
import { articleJsonLd } from './article-json-ld.ts';
import { companyJsonLd } from './company-json-ld.ts';
import { eventJsonLd } from './event-json-ld.ts';
import type { Format } from './format.ts';
import { offeringJsonLd } from './offering-json-ld.ts';

const ORIGIN = 'https://api.example.mn';
type Node = Record<string, unknown>;
const write = (format: Format, document: object): Node => JSON.parse(format.item(document as Node, ORIGIN));

/** A document of which no more is known than must be. */
const bare = (document: Node, names: string[]) =>
  Object.fromEntries(Object.entries(document).filter(([name]) => names.includes(name)));
const always = ['id', 'kind', 'v', 'slug', 'status', 'createdAt', 'updatedAt', 'publishedAt', 'display', 'categories'];
const bareCompany = bare(fullCompany, [...always, 'displayName', 'quality']);
const bareOffering = {
  ...bare(fullOffering, [...always, 'offeringKind', 'companyId', 'companyName', 'name']),
  onRequest: true,
};
const bareArticle = {
  ...bare(fullArticle, [...always, 'language', 'headline', 'sections', 'wordCount', 'mentions']),
  categories: undefined,
  plainText: '',
};
const bareEvent = {
  ...bare(fullEvent, [...always, 'eventKind', 'name', 'sequence', 'eventStatus']),
  eventKind: 'tender',
  allDay: { from: '2026-10-07', to: '2026-10-09' },
};
const priceRange = { min: '10', max: '20.50', currency: 'USD' };

test.each([
  ['a company of which much is known', companyJsonLd, fullCompany, 'Organization'],
  ['a company of which little is known', companyJsonLd, bareCompany, 'Organization'],
  ['an organisation that is not for profit', companyJsonLd, { ...fullCompany, legalForm: 'ngo' }, 'NGO'],
  ['a product', offeringJsonLd, fullOffering, 'Product'],
  ['a product of which little is known', offeringJsonLd, bareOffering, 'Product'],
  ['a product with a range of prices', offeringJsonLd, { ...fullOffering, price: undefined, priceRange }, 'Product'],
  ['a service', offeringJsonLd, { ...fullOffering, offeringKind: 'service' }, 'Service'],
  ['an event of which much is known', eventJsonLd, fullEvent, 'ExhibitionEvent'],
  ['an event of which little is known', eventJsonLd, bareEvent, 'Event'],
  ['an article of which much is known', articleJsonLd, fullArticle, 'NewsArticle'],
  ['an article of which little is known', articleJsonLd, bareArticle, 'NewsArticle'],
])('%s is in the vocabulary of schema.org', (_what, format, document, type) => {
  expect(schemaOrgFaults(write(format, document), [type])).toEqual([]);
});

test('a list is an ItemList with its places and, when it was counted, its number', () => {
  const page = { items: [fullCompany, bareCompany] as Node[], url: `${ORIGIN}/v1/companies?limit=2`, total: 9 };
  const list = JSON.parse(companyJsonLd.list(page, ORIGIN));
  expect(schemaOrgFaults(list, ['ItemList'])).toEqual([]);
  expect(list).toMatchObject({
    '@id': page.url,
    numberOfItems: 9,
    itemListElement: [{ position: 1, item: { name: 'Gobi Cement LLC' } }, { position: 2 }],
  });
  const empty = JSON.parse(companyJsonLd.list({ items: [], url: page.url, total: 0 }, ORIGIN));
  expect(empty).toMatchObject({ numberOfItems: 0, itemListElement: [] });
});

test('an article says who wrote, who published and what it is taken from, no more exactly than is known', () => {
  expect(write(articleJsonLd, fullArticle)).toMatchObject({
    '@type': 'NewsArticle',
    '@id': `${ORIGIN}/v1/articles/${fullArticle.id}`,
    author: [
      { '@type': 'Person', name: 'A. Bat' },
      { '@type': 'Person', name: 'Б. Дорж' },
    ],
    editor: { name: 'Bryan Betts' },
    publisher: { '@type': 'Organization', name: 'NK News', url: 'https://www.nknews.org/' },
    isBasedOn: { url: 'https://www.nknews.org/2022/09/rail/', datePublished: '2022-09-21' },
    dateline: 'NK News, 2022-09-21',
    correction: [{ '@type': 'CorrectionComment', text: 'The tonnage was put right.' }],
    translationOfWork: { '@id': `${ORIGIN}/v1/articles/${fullArticle.translationOf}` },
    datePublished: fullArticle.publishedAt,
    dateModified: fullArticle.updatedAt,
    mentions: [{ '@id': `${ORIGIN}/v1/companies/${fullCompany.id}`, name: 'Gobi Cement' }],
  });
});

test('an article of which only an excerpt may be shown has no text, even from a view of staff', () => {
  const node = write(articleJsonLd, { ...fullArticle, rights: { excerptOnly: true } });
  expect(node).not.toHaveProperty('articleBody');
  expect(JSON.stringify(node)).not.toContain('ships more');
});

test('a contact that is not public is not passed on, even from a view of staff', () => {
  const text = JSON.stringify(write(companyJsonLd, fullCompany));
  expect(text).toContain('bold@gobi.example');
  expect(text).not.toContain('Dorj');
});

test('what is on request has an offer without a price', () => {
  const { offers } = write(offeringJsonLd, bareOffering) as { offers: Node };
  expect(Object.keys(offers)).toEqual(['@type', 'url', 'seller']);
});

test('an event says when, where it was before, how it stands, and in lists by time which of its dates it is', () => {
  expect(write(eventJsonLd, fullEvent)).toMatchObject({
    startDate: '2026-10-07T10:00+08:00',
    endDate: '2026-10-07T18:00+08:00',
    previousStartDate: '2026-10-06T10:00+08:00',
    eventStatus: 'https://schema.org/EventRescheduled',
    eventAttendanceMode: 'https://schema.org/MixedEventAttendanceMode',
    location: [{ '@type': 'Place', name: 'Tal Expo Hall' }, { '@type': 'VirtualLocation' }],
    organizer: { '@id': `${ORIGIN}/v1/companies/${fullCompany.id}` },
    eventSchedule: { repeatFrequency: 'P1W', repeatCount: 3, scheduleTimezone: 'Asia/Ulaanbaatar' },
  });
  const occurrence = { start: '2026-10-21T02:00:00.000Z', end: '2026-10-21T10:00:00.000Z' };
  const dated = write(eventJsonLd, { ...fullEvent, occurrence });
  expect([dated.startDate, dated.endDate, dated.eventSchedule]).toEqual([occurrence.start, occurrence.end, undefined]);
  expect(write(eventJsonLd, bareEvent)).toMatchObject({ startDate: '2026-10-07', endDate: '2026-10-09' });
});
