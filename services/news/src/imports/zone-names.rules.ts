/** Names that Windows gives to zones near the portal and to those of many calendars. Source: CLDR windowsZones. */
const windowsZones: Record<string, string> = {
  'ulaanbaatar standard time': 'Asia/Ulaanbaatar',
  'w. mongolia standard time': 'Asia/Hovd',
  'china standard time': 'Asia/Shanghai',
  'korea standard time': 'Asia/Seoul',
  'north korea standard time': 'Asia/Pyongyang',
  'tokyo standard time': 'Asia/Tokyo',
  'taipei standard time': 'Asia/Taipei',
  'singapore standard time': 'Asia/Singapore',
  'se asia standard time': 'Asia/Bangkok',
  'india standard time': 'Asia/Kolkata',
  'central asia standard time': 'Asia/Bishkek',
  'qyzylorda standard time': 'Asia/Qyzylorda',
  'arabian standard time': 'Asia/Dubai',
  'russian standard time': 'Europe/Moscow',
  'n. central asia standard time': 'Asia/Novosibirsk',
  'altai standard time': 'Asia/Barnaul',
  'tomsk standard time': 'Asia/Tomsk',
  'north asia standard time': 'Asia/Krasnoyarsk',
  'north asia east standard time': 'Asia/Irkutsk',
  'transbaikal standard time': 'Asia/Chita',
  'yakutsk standard time': 'Asia/Yakutsk',
  'vladivostok standard time': 'Asia/Vladivostok',
  'turkey standard time': 'Europe/Istanbul',
  'gmt standard time': 'Europe/London',
  'greenwich standard time': 'Atlantic/Reykjavik',
  'w. europe standard time': 'Europe/Berlin',
  'romance standard time': 'Europe/Paris',
  'central europe standard time': 'Europe/Budapest',
  'central european standard time': 'Europe/Warsaw',
  'fle standard time': 'Europe/Kyiv',
  'eastern standard time': 'America/New_York',
  'central standard time': 'America/Chicago',
  'mountain standard time': 'America/Denver',
  'pacific standard time': 'America/Los_Angeles',
  'aus eastern standard time': 'Australia/Sydney',
  utc: 'UTC',
};

/**
 * The IANA name of the zone that a calendar names: as it stands, as the end of a longer name (Mozilla, Lotus), as
 * Windows calls it, or as its VTIMEZONE says (X-LIC-LOCATION). What is none of these comes back as it is: it is refused
 * as an unknown zone.
 */
export function zoneNamed(tzid: string, locations: ReadonlyMap<string, string>): string {
  const name = tzid.trim().replace(/^"|"$/g, '');
  const candidates = [name, ...tailsOf(name), windowsZones[name.toLowerCase()], locations.get(name)];
  return candidates.find((one) => one !== undefined && isZone(one)) ?? name;
}

/** `/mozilla.org/20050126_1/Asia/Ulaanbaatar` → `Asia/Ulaanbaatar`. */
function tailsOf(name: string): string[] {
  const parts = name.split('/').filter(Boolean);
  return parts.length > 2 ? [parts.slice(-3).join('/'), parts.slice(-2).join('/')] : [];
}

function isZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
}
