import type { Span } from '@ortoo/shared/contracts';
import { type Candidate, findCandidates, type Searched } from './candidates.rules.ts';
import { mayBeRussian } from './endings.rules.ts';
import { confidenceOf } from './evidence.rules.ts';
import type { NameTable } from './name-table.ts';
import { lookAround } from './surroundings.rules.ts';
import { tokensOf } from './tokens.rules.ts';

/** A company, by its number in the table, that a text names. */
export type NamedCompany = { company: number; span: Span; confidence: number };

/** Two companies of one name are not told apart by it. */
const AMBIGUOUS = 0.5;
/** Below this a candidate is not kept beside others. */
const LEAST = 0.3;

/**
 * The companies that a text names, in its order, none within another: of those that overlap the longest name counts.
 * What is said of each is how sure that is. Pure; the time grows with the length of the text.
 */
export function findNames(text: string, table: NameTable): NamedCompany[] {
  const tokens = tokensOf(text);
  const searched: Searched = { text, tokens, isRussian: mayBeRussian(tokens) };
  const judged = findCandidates(searched, table).map((candidate) => judge(searched, candidate));
  const sure = new Set(judged.filter(({ confidence }) => confidence >= SURE).map(({ company }) => company));
  const all = judged.map((one) =>
    one.isBare && sure.has(one.company) ? { ...one, confidence: Math.max(one.confidence, AGAIN) } : one,
  );
  return choose(all, text.length);
}

/** A name that is found this surely makes its company expected in the rest of the text. */
const SURE = 0.9;
const AGAIN = 0.8;

type Judged = NamedCompany & { words: number; isBare: boolean };

function judge(searched: Searched, candidate: Candidate): Judged {
  const around = lookAround(searched, candidate);
  const { entry, first, last } = candidate;
  return {
    company: entry.company,
    span: around.span,
    confidence: confidenceOf(searched, candidate, around),
    words: last - first + 1,
    isBare: entry.isSingle && !entry.isCommon && !around.isPartOfMore && !around.isPerson && candidate.isWritten,
  };
}

/** The longest names first; what overlaps one that was chosen is no name of its own. */
function choose(judged: Judged[], length: number): NamedCompany[] {
  const order = judged
    .filter(({ confidence }) => confidence >= LEAST)
    .sort((one, other) => other.words - one.words || other.confidence - one.confidence || one.span[0] - other.span[0]);
  const chosen: Judged[] = [];
  const holders = new Int32Array(length).fill(-1); // which of them holds each place of the text
  for (const one of order) {
    const [start, end] = one.span;
    const rival = chosen[Math.max(...holders.subarray(start, end))];
    if (!rival) holders.fill(chosen.push(one) - 1, start, end);
    else if (isRival(one, rival)) rival.confidence = Math.min(rival.confidence, one.confidence) * AMBIGUOUS;
  }
  return chosen
    .sort((one, other) => one.span[0] - other.span[0])
    .map(({ company, span, confidence }) => ({ company, span, confidence: Math.round(confidence * 100) / 100 }));
}

/** Whether another company is as likely meant by the same words. */
const isRival = (one: Judged, rival: Judged) =>
  rival.company !== one.company &&
  one.words === rival.words &&
  one.span[0] === rival.span[0] &&
  one.span[1] === rival.span[1] &&
  rival.confidence - one.confidence < 0.05;
