import type { Span } from '@ortoo/shared/contracts';

/** A host name in a text, in lower case, with the place of the whole address. */
export type FoundDomain = { domain: string; span: Span; isUrl: boolean };

/** Endings that a word of running text does not have by chance. */
const ENDINGS = [
  'com', 'org', 'net', 'info', 'biz', 'news', 'media', 'press', 'tv', 'io', 'co', 'edu', 'gov', 'int', 'asia', 'online', 'site', 'example', 'test',
  'mn', 'ru', 'kr', 'cn', 'jp', 'kz', 'uk', 'de', 'fr', 'us', 'eu', 'hk', 'tw', 'sg', 'in', 'au', 'ca', 'kg', 'uz', 'tr', 'pl', 'ch', 'мон', 'мн', 'рф', '한국', '中国',
].join('|'); // biome-ignore format: a table
const ADDRESS = new RegExp(
  `(?<![\\p{L}\\p{N}@./_-])(?<scheme>https?://)?(?<host>(?:[\\p{L}\\p{N}](?:[\\p{L}\\p{N}-]*[\\p{L}\\p{N}])?\\.)+(?:${ENDINGS}))(?<path>[:/?#][^\\s<>"'()\\[\\]«»]*)?(?![\\p{L}\\p{N}@]|-\\p{L})`,
  'giu',
);
const HOST_MAX = 253;

/** Every web address in a text. Addresses of mail are none. */
export function findDomains(text: string): FoundDomain[] {
  return [...text.matchAll(ADDRESS)].flatMap((match) => {
    const { host = '', scheme, path } = match.groups ?? {};
    if (host.length > HOST_MAX) return [];
    const span: Span = [match.index, match.index + match[0].length];
    return [{ domain: host.toLowerCase(), span, isUrl: scheme !== undefined || (path?.length ?? 0) > 1 }];
  });
}
