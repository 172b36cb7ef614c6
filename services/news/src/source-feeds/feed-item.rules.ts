import { createHash } from 'node:crypto';
import { type FuzzyDate, INTAKE_BYTES_MAX, type LocaleTag, localeTags } from '@ortoo/shared/contracts';
import { type Instant, parseInstant, shiftInstant } from '@ortoo/shared/kernel';
import type { Given } from '../intake/intake.rules.ts';
import type { FeedItem, ReadFeed } from './read-feed.ts';

const HEADLINE_MAX = 200;
const NAME_MAX = 120;
const AUTHORS_MAX = 20;
const DAY_MS = 24 * 3_600_000;
const DAY_ONLY = /^\d{4}-\d{2}-\d{2}$/;

/** By which an item is known again in later documents of its feed. */
export function itemHash({ id }: Pick<FeedItem, 'id'>): string {
  return createHash('sha256').update(id).digest('base64url').slice(0, 16);
}

/** The item as a page that the intake reads; undefined when there is nothing to read or too much. */
export function pageOf({ title, html, text, url }: FeedItem): { html: string; url?: string } | undefined {
  const words = html ?? paragraphs(text ?? '');
  if (words.trim() === '') return undefined;
  const page = `<html><body><article><h1>${escapeText(title ?? '')}</h1>${words}</article></body></html>`;
  if (Buffer.byteLength(page) > INTAKE_BYTES_MAX) return undefined;
  return { html: page, ...(url !== undefined && /^https?:/i.test(url) ? { url } : {}) };
}

const paragraphs = (text: string) =>
  text
    .split(/\n+/)
    .map((line) => (line.trim() === '' ? '' : `<p>${escapeText(line)}</p>`))
    .join('');

const escapeText = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

type Desk = { category?: string | undefined; language?: LocaleTag | undefined; name?: string | undefined };

/** What a feed and the desk say of an item; it counts before what is read in its text. */
export function givenBy(item: FeedItem, { feed, desk, now }: { feed: ReadFeed; desk: Desk; now: Instant }): Given {
  const { title, authors, url } = item;
  const name = (desk.name ?? feed.title)?.slice(0, NAME_MAX);
  const domain = url === undefined ? undefined : new URL(url).hostname;
  const date = dateOf(item.date, now);
  const language = languageOf(item.language) ?? desk.language ?? languageOf(feed.language);
  return {
    ...(title === undefined ? {} : { headline: title.slice(0, HEADLINE_MAX) }),
    ...(authors.length > 0
      ? { authors: authors.slice(0, AUTHORS_MAX).map((author) => author.slice(0, NAME_MAX)) }
      : {}),
    ...(name === undefined && !domain ? {} : { source: { ...(name ? { name } : {}), ...(domain ? { domain } : {}) } }),
    ...(date === undefined ? {} : { sourcePublishedAt: date }),
    ...(language === undefined ? {} : { language }),
    ...(desk.category === undefined ? {} : { categories: [desk.category] }),
  };
}

/** To the minute in UTC, or the day when only that is said; undefined for what is no date or not yet. */
function dateOf(text: string | undefined, now: Instant): FuzzyDate | undefined {
  const at = text === undefined ? undefined : parseInstant(text.trim());
  if (text === undefined || at === undefined || at > shiftInstant(now, DAY_MS)) return undefined;
  if (DAY_ONLY.test(text.trim())) return { date: text.trim(), precision: 'day' };
  return { date: at.slice(0, 16), precision: 'minute', tzid: 'UTC' };
}

function languageOf(tag: string | undefined): LocaleTag | undefined {
  const primary = tag?.toLowerCase().split(/[-_]/)[0];
  return localeTags.find((one) => one === primary);
}
