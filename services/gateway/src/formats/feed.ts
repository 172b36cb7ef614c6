import type { LocaleTag } from '@ortoo/shared/contracts';

/** One thing that is told of in a feed. Texts are plain but for `html`. */
export type FeedEntry = {
  /** Where it is read; its name for ever too. */
  url: string;
  title: string;
  summary?: string | undefined;
  /** All of it, as HTML without scripts; absent where no more than the summary is known or may be shown. */
  html?: string | undefined;
  language: LocaleTag;
  authors: string[];
  /** Codes of categories. */
  categories: string[];
  /** RFC 3339. */
  published: string;
  updated: string;
  /** The page elsewhere that it is taken from, or is about. */
  externalUrl?: string | undefined;
};

/** One page of a feed, the newest first. Addresses are absolute. */
export type Feed = {
  title: string;
  lang: LocaleTag;
  /** The feed as a whole, whatever page this is. */
  id: string;
  /** The list that it shows. */
  home: string;
  self: string;
  next?: string | undefined;
  /** When the newest change of its entries was; undefined when there are none. */
  updated?: string | undefined;
  entries: FeedEntry[];
};

/** A format of feeds. */
export type FeedFormat = {
  /** As in the path. */
  extension: string;
  mediaType: string;
  write(feed: Feed): string;
};

export const PORTAL = 'Ortoo';
/** What a feed without entries says of its age: nothing that changes by itself, so that it keeps its tag. */
export const NEVER = '1970-01-01T00:00:00.000Z';
