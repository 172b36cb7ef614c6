/** What a text has to look like, in words, by the pattern that holds it to that. A test finds a pattern that is missing. */
const forms: Record<string, string> = {
  '\\S': 'a text that is not blank',
  '^[a-z0-9]+(?:-[a-z0-9]+)*$':
    'small letters a to z and digits, in words with a hyphen between, such as mining-services',
  '^[a-z0-9][a-z0-9-]{0,39}$': 'at most 40 small letters a to z, digits and hyphens, such as registry',
  '^[a-z0-9][a-z0-9-]*:.+$': 'a system and its id with a colon between, such as registry:5123456',
  '^\\d{2}$': 'two digits',
  '^\\d{7}$': 'seven digits',
  '^(?:\\d{8}|\\d{12,14})$': '8, 12, 13 or 14 digits',
  '^\\d{4}(?:\\.?\\d{2}){0,3}$': '4, 6, 8 or 10 digits, with or without points, such as 2523.29',
  '^(?:isic4|unspsc|hs):\\d{2}$': 'isic4, unspsc or hs, a colon and two digits, such as unspsc:20',
  '^(?:/(?:[^~/]|~[01])*)+$': 'a JSON Pointer, such as /displayName/en',
  '^[A-Z]{2}$': 'a country by its two letters (ISO 3166-1), such as MN',
  '^[A-Z]{2}-[A-Z0-9]{1,3}$': 'a region by its code (ISO 3166-2), such as MN-053',
  '^[A-Z]{3}$': 'a currency by its three letters (ISO 4217), such as MNT',
  '^(?:0|[1-9]\\d{0,14})(?:\\.\\d{1,4})?$': 'a number of at most 15 digits and 4 decimals, such as 185000 or 0.25',
  '^[Hh][Tt][Tt][Pp][Ss]?://': 'an address that begins with https:// or http://',
  '^[^\\s/][^\\s/.]*\\.[^\\s/]+$': 'the name of a host, such as news.example.mn',
  '^[!-~]+$': 'letters, digits and signs of ASCII without a space',
  '^(?:[\\p{L}\\p{N}]\\p{M}*)+(?:-(?:[\\p{L}\\p{N}]\\p{M}*)+)*$': 'letters and digits, in words with a hyphen between',
  '^\\d{4}-\\d{2}-\\d{2}$': 'a day, such as 2026-10-07',
  '^\\d{4}(-\\d{2}(-\\d{2}(T\\d{2}:\\d{2})?)?)?$':
    'a year, a month, a day or a minute, such as 2022, 2022-09-21 or 2022-09-21T14:30',
  '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(?::\\d{2})?$': 'a date and a time without an offset, such as 2026-10-07T10:00',
  '^\\d{4}-\\d{2}-\\d{2}(?:[Tt]\\d{2}:\\d{2}(?::\\d{2}(?:\\.\\d+)?)?(?:[Zz]|[+-]\\d{2}:\\d{2}))?$':
    'a day or an instant, such as 2026-10-07 or 2026-10-07T02:00:00Z',
  '^-?\\d{1,2}(?:\\.\\d{1,15})?, ?-?\\d{1,3}(?:\\.\\d{1,15})?$':
    'a latitude and a longitude in degrees, such as 47.92,106.92',
  '^\\d{1,6}(?:\\.\\d{1,3})?k?m$': 'a distance in km or m, such as 50km',
  '^(?:-?\\d{1,3}(?:\\.\\d{1,15})?, ?){3}-?\\d{1,3}(?:\\.\\d{1,15})?$':
    'the smallest longitude and latitude and the largest ones in degrees, such as 87.7,41.6,119.9,52.2',
  '^[a-z0-9][a-z0-9_-]{0,79}:[1-9]\\d{0,9}$': 'what Ortoo-Version said: an id, a colon and a version',
};

/** The same by the name of a format. */
const formats: Record<string, string> = {
  'date-time': 'an instant (RFC 3339), such as 2026-10-07T02:00:00Z',
  date: 'a day, such as 2026-10-07',
  email: 'an e-mail address',
  uri: 'an address with its scheme',
};

const anId = /^\^\(?([a-z|]+)\)?_\[0-7\]/;

/** What a text has to look like, in words; undefined for a form that has none. */
export function formOf({ pattern, format }: { pattern?: unknown; format?: unknown }): string | undefined {
  if (typeof format === 'string') return formats[format];
  const text = String(pattern);
  const kinds = anId.exec(text)?.[1]?.split('|');
  return kinds ? `the id of ${kinds.map(withArticle).join(', ')}` : forms[text];
}

function withArticle(kind: string): string {
  return `${/^[aeio]/.test(kind) ? 'an' : 'a'} ${kind}`;
}
