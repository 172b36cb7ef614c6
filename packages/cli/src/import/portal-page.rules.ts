/** A category as the API answers it: its code, and what it is called by language. */
export type KnownCategory = {
  id: string;
  parent?: string | null;
  name: Record<string, string>;
  synonyms?: Record<string, string[]>;
};

/** What a page shows of the portal around its article. `known` counts our top categories. */
export type PortalFrame = {
  /** Codes in the order of the page. */
  recognised: string[];
  /** Our categories that the list lacks. */
  missing: string[];
  /** Lines of the list that are none of ours. */
  unknown: string[];
  known: number;
  hasEvents: boolean;
};

/** What the list is headed by. */
const LIST_HEADS = [
  'category',
  'categories',
  'ангилал',
  'ангиллууд',
  'категория',
  'категории',
  '분류',
  '카테고리',
  '分类',
  '类别',
];
/** What the portal calls its section of events. */
const EVENT_HEADS = [
  'event',
  'events',
  'арга хэмжээ',
  'үйл явдал',
  'события',
  'мероприятия',
  '행사',
  '이벤트',
  '活动',
  '会展',
];
/** Longer lines are sentences and end the list. */
const ENTRY_MAX = 80;
/** Without a head, so many entries in a row make a list. */
const RUN_MIN = 3;
/** So many lines in a row that are none of ours end it. */
const STRANGERS_MAX = 3;

/**
 * Finds the portal's list of categories and its Events section in the lines of a page. Names and synonyms in every
 * language count, whatever their capitals, blanks and punctuation. Pure.
 */
export function recognisePortal(text: string, categories: readonly KnownCategory[]): PortalFrame {
  const top = categories.filter(({ parent }) => !parent);
  const codes = codesByName(top);
  const lines = text
    .split(/\r\n|[\n\r\u2028\u2029]/u)
    .map(entryOf)
    .filter(Boolean);
  const from = startOfList(lines, codes);
  const { recognised, unknown, end } =
    from < 0 ? { recognised: [], unknown: [], end: 0 } : readList(lines, from, codes);
  const nearby = from < 0 ? lines.slice(0, RUN_MIN) : lines.slice(Math.max(0, from - RUN_MIN), end + RUN_MIN);
  return {
    recognised,
    missing: top.map(({ id }) => id).filter((id) => !recognised.includes(id)),
    unknown,
    known: top.length,
    hasEvents: nearby.some(isEventsHead),
  };
}

/** Codes by what categories are called. A name wins over a synonym; a synonym of two categories tells neither. */
function codesByName(categories: readonly KnownCategory[]): Map<string, string> {
  const codes = new Map<string, string>();
  const shared = new Set<string>();
  for (const { id, synonyms } of categories) {
    for (const key of new Set(
      Object.values(synonyms ?? {})
        .flat()
        .map(keyOf),
    )) {
      if (codes.has(key)) shared.add(key);
      codes.set(key, id);
    }
  }
  for (const key of shared) codes.delete(key);
  for (const { id, name } of categories) for (const word of Object.values(name)) codes.set(keyOf(word), id);
  return codes;
}

/** Letters and numbers only: `Finance, Audit,Accounting & Brokerage` is `financeauditaccountingandbrokerage`. */
const keyOf = (text: string) =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('&', 'and')
    .replace(/[^\p{L}\p{N}]/gu, '');

const headKeys = (words: string[]) => new Set(words.map(keyOf));
const listHeads = headKeys(LIST_HEADS);
const eventHeads = headKeys(EVENT_HEADS);
const isListHead = (line: string) => listHeads.has(keyOf(line));
const isEventsHead = (line: string) => eventHeads.has(keyOf(line));

/** A line without the sign or number of a list and without a count behind it: `- Energy (12)`. */
const entryOf = (line: string) =>
  line
    .trim()
    .replace(/^(?:(?:[-*•‣◦·–—>]|\d{1,2}[.)])\s*)+/u, '')
    .replace(/\s*\(\d+\)$/u, '')
    .trim();

function startOfList(lines: readonly string[], codes: ReadonlyMap<string, string>): number {
  const isEntry = (line: string | undefined) => line !== undefined && codes.has(keyOf(line));
  const head = lines.findIndex(
    (line, place) => isListHead(line) && lines.slice(place + 1, place + 1 + RUN_MIN).some(isEntry),
  );
  if (head >= 0) return head + 1;
  return lines.findIndex((_, place) => {
    const run = lines.slice(place, place + RUN_MIN);
    return run.length === RUN_MIN && run.every(isEntry);
  });
}

function readList(lines: readonly string[], from: number, codes: ReadonlyMap<string, string>) {
  const recognised: string[] = [];
  const unknown: string[] = [];
  let strangers: string[] = [];
  let end = from;
  for (let place = from; place < lines.length; place += 1) {
    const line = lines[place] ?? '';
    if (isEventsHead(line) || line.length > ENTRY_MAX || strangers.length === STRANGERS_MAX) break;
    const code = codes.get(keyOf(line));
    if (code === undefined) strangers.push(line);
    else {
      unknown.push(...strangers);
      strangers = [];
      if (!recognised.includes(code)) recognised.push(code);
      end = place + 1;
    }
  }
  return { recognised, unknown, end };
}
