import { isSign, writingOf } from './company-names.rules.ts';
import { isParticle, mongolianStems, russianStems, type Stem } from './endings.rules.ts';
import { extend, type Key, NO_WORDS, soundOf } from './name-keys.rules.ts';
import type { Entry, NameTable } from './name-table.ts';
import type { Token } from './tokens.rules.ts';

/** A text that is searched, cut into words. */
export type Searched = {
  text: string;
  tokens: readonly Token[] /** It may be; then words are declined as in Russian too. */;
  isRussian: boolean;
};

/** Words of a text that sound like a name: the tokens from `first` to `last`; `end` is where the name ends in the text. */
export type Candidate = {
  first: number;
  last: number;
  start: number;
  end: number;
  /** An ending is written on to it. */
  hasEnding: boolean;
  /** It is written as the name is, but for capitals and its ending. */
  isWritten: boolean;
  entry: Entry;
};

/** What may stand between two words of one name. */
const GAP = /^(?:|[ \u00a0]|[-–—.'’]|[ \u00a0]?[&+][ \u00a0]?)$/u;

type Word = Pick<Token, 'word' | 'script'>;
type Walk = { key: Key; words: Word[] };

/**
 * Every name of the table that the words of a text may be, however long and whether or not one lies in another. Each word
 * begins at most one walk, which ends as soon as no name goes on like that.
 */
export function findCandidates(searched: Searched, table: NameTable): Candidate[] {
  const { text, tokens } = searched;
  const found: Candidate[] = [];
  for (const [first, token] of tokens.entries()) {
    if (!mayBegin(searched, token)) continue;
    let walks: Walk[] = [{ key: NO_WORDS, words: [] }];
    for (let last = first; walks.length > 0; last += 1) {
      const next = tokens[last];
      const before = tokens[last - 1];
      if (!next || (last > first && before && !GAP.test(text.slice(before.end, next.start)))) break;
      for (const { entry, ...place } of endsAt(searched, table, { walks, last })) {
        found.push({ first, last, start: token.start, entry, ...place });
      }
      walks = step(searched, table, { walks, token: next });
    }
  }
  return found;
}

/** Names begin with a capital, a digit, or where a word of Korean does. */
function mayBegin({ text }: Searched, { script, start, isCapital }: Token): boolean {
  if (script === 'hangul') return !/\p{Script=Hangul}$/u.test(text.slice(Math.max(0, start - 1), start));
  return isCapital || script === 'han' || script === 'digits' || script === 'other';
}

const BRANCHES_MAX = 4;

/** The walks that go on over a word; in Russian the inner words of a name are declined as well. */
function step({ isRussian }: Searched, table: NameTable, { walks, token }: { walks: Walk[]; token: Token }): Walk[] {
  const forms = [token.word, ...(isRussian && token.script === 'cyrillic' ? formsOf(russianStems(token.word)) : [])];
  return walks
    .flatMap(({ key, words }) =>
      forms.map((word) => ({
        key: extend(key, soundOf(word, token.script)),
        words: [...words, { word, script: token.script }],
      })),
    )
    .filter(({ key }) => table.has(key))
    .slice(0, BRANCHES_MAX);
}

const formsOf = (stems: Stem[]) => stems.map(({ word }) => word);

type End = Pick<Candidate, 'end' | 'hasEnding' | 'isWritten' | 'entry'>;

function* endsAt(
  searched: Searched,
  table: NameTable,
  { walks, last }: { walks: Walk[]; last: number },
): Generator<End> {
  const token = searched.tokens[last];
  if (!token || !endsWord(searched, token)) return;
  for (const { key, words } of walks) {
    for (const { word, length } of readingsOf(searched, token)) {
      const named = table.entriesAt(extend(key, soundOf(word, token.script)));
      if (named.length === 0) continue;
      const writing = writingOf([...words, { word, script: token.script }]);
      const isWhole = length === token.word.length;
      const place = { end: isWhole ? token.end : token.start + length, hasEnding: !isWhole };
      for (const entry of named) yield { ...place, isWritten: entry.writing === writing, entry };
    }
  }
}

/** Han runs on; Hangul ends where nothing but a particle follows. */
function endsWord({ text }: Searched, { script, end }: Token): boolean {
  if (script !== 'hangul') return true;
  return isParticle(/^\p{Script=Hangul}*/u.exec(text.slice(end, end + 8))?.[0] ?? '');
}

/** The last word of a name as it stands, and what it may be without an ending. */
function readingsOf({ isRussian }: Searched, { word, script }: Token): Stem[] {
  const whole = { word, length: word.length };
  if (isSign(script) || script !== 'cyrillic') return [whole];
  return [whole, ...(isRussian ? russianStems(word) : []), ...mongolianStems(word)];
}
