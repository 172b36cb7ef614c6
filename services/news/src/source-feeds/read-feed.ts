import { parseFeed } from 'feedsmith';

/** Items of a document at most; the newest stand first by custom, so the rest is old. */
export const FEED_ITEMS_MAX = 2_000;

/** An item as its feed says it. Addresses are absolute; `date` is RFC 3339 or RFC 822 as it stands. */
export type FeedItem = {
  id: string;
  url?: string;
  title?: string;
  html?: string;
  text?: string;
  date?: string;
  authors: string[];
  language?: string;
};
export type ReadFeed = { title?: string; language?: string; items: FeedItem[] };

export type FeedTask = { body: Uint8Array; contentType: string; url: string };
export type FeedOutcome = { type: 'read'; feed: ReadFeed } | { type: 'unreadable'; reason: string; message: string };

type Entry = { [K in Exclude<keyof FeedItem, 'authors'>]?: string | undefined } & { authors: (string | undefined)[] };

/**
 * Reads RSS (2.0, 1.0 and older), Atom and JSON Feed. Answers `unreadable` with a reason for what is none, or is XML with
 * a document type: entities are a way to make a small document large or to read files, and feeds need none.
 */
export function readFeed({ body, contentType, url }: FeedTask): FeedOutcome {
  const text = decode(body, contentType)
    .replace(/^\ufeff/, '')
    .trim();
  if (text.startsWith('<') && /<!DOCTYPE|<!ENTITY/i.test(text))
    return unreadable('feed.doctype-refused', 'The feed has a document type, which is refused.');
  try {
    return { type: 'read', feed: toFeed(parse(text), url) };
  } catch {
    return unreadable('feed.unreadable', 'The answer is no RSS, Atom or JSON Feed.');
  }
}

const parse = (text: string) => parseFeed(text, { maxItems: FEED_ITEMS_MAX, parseDateFn: String });
type Parsed = ReturnType<typeof parse>;

const unreadable = (reason: string, message: string) => ({ type: 'unreadable', reason, message }) as const;

/** The encoding that the answer or the XML declaration names; UTF-8 without one, or with one that nobody knows. */
function decode(body: Uint8Array, contentType: string): string {
  const head = Buffer.from(body.subarray(0, 200)).toString('latin1');
  const label =
    /charset\s*=\s*"?([\w.:-]+)/i.exec(contentType)?.[1] ??
    /<\?xml[^>]*\sencoding\s*=\s*["']([\w.:-]+)/i.exec(head)?.[1];
  try {
    return new TextDecoder(label ?? 'utf-8').decode(body);
  } catch {
    return new TextDecoder().decode(body);
  }
}

function toFeed(parsed: Parsed, base: string): ReadFeed {
  const [title, language, entries] = readAny(parsed);
  const items = entries.map((entry) => toItem(entry, base));
  return { ...compact({ title: plain(title), language }), items };
}

type Parts = [title: string | undefined, language: string | undefined, entries: Entry[]];

function readAny(parsed: Parsed): Parts {
  switch (parsed.format) {
    case 'rss':
      return [parsed.feed.title, parsed.feed.language, (parsed.feed.items ?? []).map(fromRss)];
    case 'rdf':
      return [parsed.feed.title, parsed.feed.dc?.languages?.[0], (parsed.feed.items ?? []).map(fromRdf)];
    case 'atom':
      return [parsed.feed.title?.value, parsed.feed.xml?.lang, (parsed.feed.entries ?? []).map(fromAtom)];
    case 'json':
      return [parsed.feed.title, parsed.feed.language, (parsed.feed.items ?? []).map(fromJson)];
  }
}

type FeedOf<F extends string> = Extract<Parsed, { format: F }>['feed'];
type RssItem = NonNullable<FeedOf<'rss'>['items']>[number];
type RdfItem = NonNullable<FeedOf<'rdf'>['items']>[number];
type AtomEntry = NonNullable<FeedOf<'atom'>['entries']>[number];
type JsonItem = NonNullable<FeedOf<'json'>['items']>[number];

function fromRss({ guid, link, title, description, content, pubDate, dc, authors }: RssItem): Entry {
  const isLink = guid?.isPermaLink !== false && /^https?:/i.test(guid?.value ?? '');
  return {
    id: guid?.value,
    url: link ?? (isLink ? guid?.value : undefined),
    title,
    html: content?.encoded ?? description,
    date: pubDate ?? dc?.dates?.[0],
    authors: dc?.creators ?? authors?.map((author) => (typeof author === 'string' ? author : author?.name)) ?? [],
  };
}

function fromRdf({ link, title, description, content, dc, rdf }: RdfItem): Entry {
  const html = content?.encoded ?? description;
  return { id: rdf?.about, url: link, title, html, date: dc?.dates?.[0], authors: dc?.creators ?? [] };
}

function fromAtom({ id, links = [], title, content, summary, published, updated, authors }: AtomEntry): Entry {
  const alternate = links.find(({ rel }) => rel === undefined || rel === 'alternate') ?? links[0];
  const words = content?.value === undefined ? summary : content;
  const isMarkup = words?.type === 'html' || words?.type === 'xhtml';
  return {
    id,
    url: alternate?.href,
    title: title?.value,
    html: isMarkup ? words?.value : undefined,
    text: isMarkup ? undefined : words?.value,
    date: published ?? updated,
    authors: authors?.map(({ name }) => name) ?? [],
  };
}

function fromJson(item: JsonItem): Entry {
  return {
    id: item.id,
    url: item.url ?? item.external_url,
    title: item.title,
    html: item.content_html,
    text: item.content_html === undefined ? (item.content_text ?? item.summary) : undefined,
    date: item.date_published,
    authors: item.authors?.map(({ name }) => name) ?? [],
    language: item.language,
  };
}

function toItem({ id, url, title, authors, ...rest }: Entry, base: string): FeedItem {
  const address = url !== undefined && URL.canParse(url, base) ? new URL(url, base).href : undefined;
  const name = plain(title);
  return {
    ...compact({ ...rest, url: address, title: name }),
    id: id ?? address ?? `${name ?? ''} ${rest.date ?? ''}`,
    authors: authors.flatMap((author) => plain(author) ?? []),
  };
}

/** A title without markup: feeds escape it once, twice or not at all. */
function plain(text: string | undefined): string | undefined {
  const words = text
    ?.replace(/<\/?[a-z][^<>]{0,300}>/gi, ' ')
    .replace(/\s+/gu, ' ')
    .trim();
  return words === '' ? undefined : words;
}

type Defined<T> = { [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined> } & {
  [K in keyof T as undefined extends T[K] ? never : K]: T[K];
};

function compact<T extends object>(members: T): Defined<T> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as Defined<T>;
}
