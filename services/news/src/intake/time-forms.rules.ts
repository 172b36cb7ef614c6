import type { Span } from '@ortoo/shared/contracts';

type FoundTime = { clock: string; tzid?: string; span: Span };

const CLOCK = '(?<h>\\d{1,2})\\s?[:.]\\s?(?<min>\\d{2})(?::\\d{2}(?:\\.\\d+)?)?';
const WORDED = '(?<h>\\d{1,2})\\s?(?:시|时|時|点|цаг)\\s?(?<min>\\d{2})\\s?(?:분|分|мин(?:ут)?)';
const HALF_BEFORE = '(?:(?<half>am|pm|오전|오후|上午|下午|晚上)\\s?)?';
const HALF_AFTER = '(?:\\s?(?<halfAfter>a\\.?m\\.?|p\\.?m\\.?)(?![\\p{L}]))?';
const ZONE =
  '(?:\\s?\\(?(?<zone>Z|[+-]\\d{2}:?\\d{2}|(?:UTC|GMT)(?:\\s?[+-]\\d{1,2}(?::?00)?)?|KST|MSK|МСК|ULAT|北京时间)(?![\\p{L}\\d])\\)?)?';
const WEEKDAY = '(?:\\([^()\\d]{1,12}\\)|星期[一二三四五六日天]|周[一二三四五六日]|[월화수목금토일]요일)';

/** What may stand between a day and its time. */
const BETWEEN = `(?:T|[\\s,.|·•/–—-]|${WEEKDAY}|г\\.?|года|at|в|өдөр|өдрийн|ны|ний|-ны|-ний|北京时间){0,6}`;
const AFTER = [CLOCK, WORDED].map(
  (time) => new RegExp(`^${BETWEEN}${HALF_BEFORE}${time}${HALF_AFTER}${ZONE}(?!\\d)`, 'iu'),
);
const BEFORE = new RegExp(
  `(?<![\\d.:])${HALF_BEFORE}(?<h>\\d{1,2}):(?<min>\\d{2})${HALF_AFTER}${ZONE}[\\s,.|·•/–—-]{1,4}$`,
  'iu',
);
/** How far from the day its time may stand. */
const NEAR = 40;

const ZONES: Record<string, string> = {
  Z: 'UTC',
  UTC: 'UTC',
  GMT: 'UTC',
  KST: 'Asia/Seoul',
  MSK: 'Europe/Moscow',
  МСК: 'Europe/Moscow',
  ULAT: 'Asia/Ulaanbaatar',
  北京时间: 'Asia/Shanghai',
};

/** The time beside the day at `span`, with the span over both; undefined when there is none that a clock can show. */
export function readTimeNear(text: string, [start, end]: Span): FoundTime | undefined {
  const tail = text.slice(end, end + NEAR);
  for (const form of AFTER) {
    const match = form.exec(tail);
    const time = match && toTime(match.groups ?? {});
    if (match && time) return { ...time, span: [start, end + match[0].trimEnd().length] };
  }
  const from = Math.max(0, start - NEAR);
  const match = BEFORE.exec(text.slice(from, start));
  const time = match && toTime(match.groups ?? {});
  return match && time ? { ...time, span: [from + match.index, end] } : undefined;
}

function toTime(groups: Partial<Record<string, string>>): { clock: string; tzid?: string } | undefined {
  const { h = '', min = '', half, halfAfter, zone } = groups;
  const hour = hourOf(Number(h), (half ?? halfAfter ?? '').toLowerCase().replaceAll('.', ''));
  if (hour > 23 || Number(min) > 59) return undefined;
  const tzid = zone === undefined ? undefined : zoneOf(zone.toUpperCase());
  return { clock: `${String(hour).padStart(2, '0')}:${min}`, ...(tzid ? { tzid } : {}) };
}

function hourOf(hour: number, half: string): number {
  if (['pm', '오후', '下午', '晚上'].includes(half)) return hour < 12 ? hour + 12 : hour;
  return ['am', '오전', '上午'].includes(half) && hour === 12 ? 0 : hour;
}

/** IANA names; a bare offset is one of the Etc zones, whose signs are turned round. Source: tzdata, etcetera. */
function zoneOf(zone: string): string | undefined {
  const known = ZONES[zone];
  if (known) return known;
  const [, sign, hours = '', minutes = '00'] = /([+-])(\d{1,2}):?(\d{2})?$/.exec(zone) ?? [];
  if (sign === undefined || minutes !== '00' || Number(hours) > 14) return undefined;
  if (Number(hours) === 0) return 'UTC';
  return `Etc/GMT${sign === '+' ? '-' : '+'}${Number(hours)}`;
}
