import { type Extraction, type FieldName, fieldNames, type LocaleTag, type Span } from '@ortoo/shared/contracts';
import type { FoundMention } from '../mentions/article-mentions.rules.ts';
import { readBody } from './body.rules.ts';
import { readAuthors, readEditor } from './credits.rules.ts';
import { type Headline, readHeadlines } from './headline.rules.ts';
import { readLanguage } from './language.rules.ts';
import { type Page, wordsAt } from './page.rules.ts';
import { type PageShape, shapePage } from './page-shape.rules.ts';
import { readPublished } from './published-date.rules.ts';
import { bestOf, confidenceOf, type Reading, spanOver } from './reading.rules.ts';
import { readSource } from './source.rules.ts';
import { thresholds } from './thresholds.rules.ts';
import {
  type CategoryWords,
  HEADING_WEIGHT,
  HEADLINE_WEIGHT,
  readCategories,
  TEXT_WEIGHT,
  type WeightedText,
} from './topics.rules.ts';
import { readUnits } from './units.rules.ts';

/** What was read in a page but for companies, and the parts of its text in which these are looked for. */
export type ReadPage = { extraction: Extraction; passages: Span[] };

/** Finds companies in a part of a text; spans count from the beginning of the part. */
export type FindMentions = (part: string) => FoundMention[];

type Fields = Extraction['fields'];
type Readings = { [Name in FieldName]: Reading<NonNullable<Fields[Name]>['value']> | undefined };

/**
 * What a page says, field by field, each with its evidence in `page.text`. What is below its threshold is left out and
 * named in `unsure`; nothing is made up. Pure.
 */
export function extractPage(page: Page, categories: readonly CategoryWords[]): ReadPage {
  const { text } = page;
  const shape = shapePage(readUnits(page));
  const headline = bestOf(readHeadlines(shape)) as Headline | undefined;
  const body = readBody(shape, text);
  const headlineSpan = headline && headline.confidence >= thresholds.headline ? [headline.value] : [];
  const language = readLanguage(text, body.spans.length > 0 ? body.spans : headlineSpan);
  const found: Readings = {
    headline: headline && { ...headline, value: wordsAt(text, headline.value) },
    source: readSource(shape, headline, text),
    editor: bestOf(readEditor(shape)),
    authors: readAuthors(shape),
    sourcePublishedAt: bestOf(readPublished(shape)),
    language,
    sections: body.sections,
    categories: language && categoriesOf(headlineSpan, { shape, text }, { categories, language: language.value }),
    mentions: undefined,
  };
  const extraction = { ...settle(found, text), body: body.blocks, text };
  return { extraction, passages: [...headlineSpan, ...body.spans] };
}

/** What reaches its threshold, and the names of the rest. Evidence with broken letters counts half. */
function settle(found: Readings, text: string): Pick<Extraction, 'fields' | 'unsure'> {
  const sure = fieldNames.filter((name) => {
    const reading = found[name];
    return reading !== undefined && soundness(reading, text) * reading.confidence >= thresholds[name];
  });
  const fields = Object.fromEntries(
    sure.map((name) => {
      const { value, confidence, span } = found[name] as Reading<unknown>;
      return [name, { value, confidence, span }];
    }),
  ) as Fields;
  return { fields, unsure: fieldNames.filter((name) => !sure.includes(name)) };
}

/** U+FFFD, and UTF-8 that was read as Latin-1: the bytes came in another encoding than they were said to. */
const BROKEN = /\ufffd|[ÐÑÃÂ][\u0080-\u00bf°±²³µ¶·¸¹º»¼½¾¿¡¢£¤¥¦§¨©ª«¬®¯]/u;

function soundness({ value, span }: Reading<unknown>, text: string): number {
  const evidence =
    typeof value === 'string' && value.length > 2 ? value : text.slice(span[0], Math.min(span[1], span[0] + 500));
  return BROKEN.test(evidence) ? 0.5 : 1;
}

function categoriesOf(
  headline: Span[],
  { shape, text }: { shape: PageShape; text: string },
  { categories, language }: { categories: readonly CategoryWords[]; language: LocaleTag },
): Reading<string[]> | undefined {
  const { units, bodyFrom, tailFrom } = shape;
  const part = ([start, end]: Span, weight: number): WeightedText => ({ text: text.slice(start, end), start, weight });
  const inBody = units
    .slice(bodyFrom, tailFrom)
    .filter(({ kind }) => ['paragraph', 'short', 'heading', 'item', 'quote'].includes(kind))
    .map(({ span, kind }) => part(span, kind === 'heading' || kind === 'short' ? HEADING_WEIGHT : TEXT_WEIGHT));
  return readCategories([...headline.map((span) => part(span, HEADLINE_WEIGHT)), ...inBody], categories, language);
}

/**
 * The extraction with the companies that its passages name; without one, or while not all companies are known,
 * `mentions` stays unsure. Pure.
 */
export function withMentions(
  { extraction, passages }: ReadPage,
  findMentions: FindMentions,
  isComplete = true,
): Extraction {
  const { text, fields, unsure } = extraction;
  const sure = passages
    .flatMap(([start, end]) => findMentions(text.slice(start, end)).map((found) => shifted(found, start)))
    .filter(({ confidence }) => confidence >= thresholds.mentions);
  if (sure.length === 0) return extraction;
  const mentions = {
    value: sure,
    confidence: confidenceOf(Math.max(...sure.map(({ confidence }) => confidence))),
    span: spanOver(sure.map(({ span }) => span)),
  };
  return {
    ...extraction,
    fields: { ...fields, mentions },
    unsure: isComplete ? unsure.filter((name) => name !== 'mentions') : unsure,
  };
}

const shifted = (found: FoundMention, by: number): FoundMention => ({
  ...found,
  span: [found.span[0] + by, found.span[1] + by],
});
