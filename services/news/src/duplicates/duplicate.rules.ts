import { type ArticleState, isSameJson, type RuleFault, type Stamp, touch } from '@ortoo/shared/contracts';
import { BANDS, type Fingerprint, fingerprintOf } from './fingerprint.rules.ts';

/** What an article is known again by: absent where its text is too short. */
export type Print = Partial<Fingerprint>;
type Text = Pick<ArticleState, 'headline' | 'plainText' | 'summary'>;
type Duplicate = Pick<ArticleState, 'duplicateOf' | 'isDuplicateByHand'>;

/** What has to be known of other articles before it is said what one is a duplicate of. */
export type DuplicateSight = {
  /** The article itself. */
  id: string;
  /** The oldest article that the text is a duplicate of, as looked up by the fingerprint of the text. */
  found?: { fingerprint: string | undefined; head: string | undefined };
  /** The article that the body names; absent where there is none. */
  named?: { id: string; duplicateOf?: string };
};

/** By the headline and the text; an article without a text by its summary. */
export function printOf({ headline, plainText, summary = '' }: Text): Print {
  return fingerprintOf(`${headline}\n${plainText || summary}`) ?? {};
}

/** What a stored article is known by: its fingerprint, made anew where it has none or one of another form. */
export function storedPrint(state: Text & Print): Print {
  const { fingerprint, duplicateKeys } = state;
  if (fingerprint === undefined || duplicateKeys?.length !== BANDS) return printOf(state);
  return { fingerprint, duplicateKeys };
}

type Settled = { duplicate: Duplicate; faults: RuleFault[] };

/** What a new article is a duplicate of: what its body says, else what its text tells. */
export function firstDuplicate(asked: string | undefined, print: Print, sight: DuplicateSight | undefined): Settled {
  if (asked !== undefined) return byHand(asked, sight);
  return { duplicate: byText(print, sight) ?? {}, faults: [] };
}

/**
 * What an article is a duplicate of after a change. Another value in the body, or null, was set by hand, and stays so
 * whatever the text becomes; the value that is there already, or none, says nothing. Else a new text decides anew.
 */
export function nextDuplicate(
  state: Duplicate & Print,
  { body, print, sight }: { body: { duplicateOf?: unknown }; print: Print; sight: DuplicateSight | undefined },
): Settled {
  const { duplicateOf: asked } = body;
  const kept = pickDuplicate(state);
  if (asked === null) return { duplicate: { isDuplicateByHand: true }, faults: [] };
  if (typeof asked === 'string' && asked !== state.duplicateOf) return byHand(asked, sight);
  if (state.isDuplicateByHand || print.fingerprint === state.fingerprint) return { duplicate: kept, faults: [] };
  return { duplicate: byText(print, sight) ?? kept, faults: [] };
}

/** Where an article belongs, decided for what it was when that was looked up. */
export type Placing = { seen: Seen; next: Duplicate };
type Seen = {
  fingerprint: string | undefined;
  duplicateOf: string | undefined;
  isDuplicateByHand: boolean | undefined;
};

/**
 * The state in its place, with the fingerprint of its text. One that changed meanwhile stays as it is: that change is
 * followed by a look of its own. A fingerprint alone is no edit: nobody's `updatedAt` moves.
 */
export function place(state: ArticleState, { seen, next }: Placing, stamp: Stamp): ArticleState {
  const { duplicateOf: _of, isDuplicateByHand: _by, fingerprint: _print, duplicateKeys: _keys, ...others } = state;
  const print = storedPrint(state);
  const isSeen =
    seen.fingerprint === print.fingerprint &&
    seen.duplicateOf === state.duplicateOf &&
    seen.isDuplicateByHand === state.isDuplicateByHand;
  const known = { ...others, ...print, ...pickDuplicate(state) };
  const placed = { ...others, ...print, ...(isSeen ? next : pickDuplicate(state)) };
  if (!isSameJson(known, placed)) return touch(state, placed, stamp);
  return isSameJson(state, known) ? state : known;
}

/** Of articles that name each other in a circle (editors can do that at the same moment), the oldest is the head. */
export function headOfCircle(chain: readonly string[], again: string): string {
  const circle = chain.slice(chain.indexOf(again));
  return circle.toSorted()[0] ?? again;
}

function pickDuplicate({ duplicateOf, isDuplicateByHand }: Duplicate): Duplicate {
  return {
    ...(duplicateOf === undefined ? {} : { duplicateOf }),
    ...(isDuplicateByHand === undefined ? {} : { isDuplicateByHand }),
  };
}

/** Undefined when it was not looked up for this text: who follows the change does. */
function byText({ fingerprint }: Print, sight: DuplicateSight | undefined): Duplicate | undefined {
  if (fingerprint === undefined) return {};
  if (sight?.found?.fingerprint !== fingerprint) return undefined;
  return sight.found.head === undefined ? {} : { duplicateOf: sight.found.head };
}

function byHand(asked: string, sight: DuplicateSight | undefined): Settled {
  const fault = (message: string, expected: string): RuleFault => ({
    pointer: '/duplicateOf',
    message,
    expected,
    reason: 'article.duplicate-invalid',
  });
  const named = sight?.named?.id === asked ? sight.named : undefined;
  const faults = [
    ...(asked === sight?.id ? [fault('is the article itself', 'another article')] : []),
    ...(named ? [] : [fault(`there is no article ${asked}`, 'the id of an article')]),
    ...(named?.duplicateOf === undefined || asked === sight?.id
      ? []
      : [fault(`is a duplicate of ${named.duplicateOf} itself`, named.duplicateOf)]),
  ];
  return { duplicate: { duplicateOf: asked, isDuplicateByHand: true }, faults };
}
