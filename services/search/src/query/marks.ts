import { normaliseText } from '@ortoo/shared/contracts';
import { formsOf, isOpenedBy, UNSPACED } from './word-forms.ts';

/** Where something that was typed stands: UTF-16 offsets, end exclusive. */
export type Mark = [start: number, end: number];

const WORD = /[\p{L}\p{N}][\p{L}\p{M}\p{N}\p{Cf}]*/gu;
const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#x27;' };

/**
 * The words of a text that were typed, in whatever spelling: by one of their forms, or, with `opening`, by how they
 * begin. What is found in scripts without blanks is marked inside the words. In order, without overlaps.
 */
export function findMarks(text: string, typed: string[], { opening }: { opening: boolean }): Mark[] {
  const wanted = typed.map((word) => ({ word, forms: formsOf(word) }));
  return [...text.matchAll(WORD)].flatMap(({ 0: shown, index }): Mark[] => {
    const word = normaliseText(shown).toLowerCase();
    const forms = formsOf(word);
    const isMeant = wanted.some((one) => !forms.isDisjointFrom(one.forms) || (opening && isOpenedBy(word, one.word)));
    return isMeant ? [[index, index + shown.length]] : insideMarks(shown, typed, index);
  });
}

function insideMarks(shown: string, typed: string[], index: number): Mark[] {
  if (!UNSPACED.test(shown)) return [];
  const inside = typed.filter((word) => UNSPACED.test(word)).toSorted((a, b) => b.length - a.length);
  const marks: Mark[] = [];
  for (let at = 0; at < shown.length; at += 1) {
    const found = inside.find((word) => shown.startsWith(word, at));
    if (found === undefined) continue;
    marks.push([index + at, index + at + found.length]);
    at += found.length - 1;
  }
  return marks;
}

/** The text as HTML: marks in `<em>`, everything else escaped; undefined when there is no mark. */
export function markText(text: string, marks: Mark[]): string | undefined {
  if (marks.length === 0) return undefined;
  let shown = '';
  let at = 0;
  for (const [start, end] of marks) {
    shown += `${escapeHtml(text.slice(at, start))}<em>${escapeHtml(text.slice(start, end))}</em>`;
    at = end;
  }
  return shown + escapeHtml(text.slice(at));
}

function escapeHtml(text: string): string {
  return text.toWellFormed().replace(/[&<>"']/g, (sign) => ESCAPES[sign] ?? '');
}
