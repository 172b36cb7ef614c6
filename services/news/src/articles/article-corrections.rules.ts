import type { ArticleInput, ArticleState, RuleFault } from '@ortoo/shared/contracts';
import { type Instant, parseInstant } from '@ortoo/shared/kernel';

type Typed = ArticleInput['corrections'];
type Corrections = NonNullable<ArticleState['corrections']>;

/**
 * Corrections with the instant of each in UTC. One that says none was made now, unless the article has its text already:
 * then it keeps that instant, so that the same body sent again changes nothing. A correction of the future is refused.
 */
export function settleCorrections(
  typed: Typed,
  { known = [], now }: { known?: ArticleState['corrections']; now: Instant },
): { corrections?: Corrections; faults: RuleFault[] } {
  if (!typed) return { faults: [] };
  const faults: RuleFault[] = [];
  const corrections = typed.map(({ at, text }, place) => {
    if (at === undefined) return { at: known.find((other) => other.text === text)?.at ?? now, text };
    const instant = parseInstant(at);
    if (instant === undefined || instant > now) faults.push(instantFault(place, instant, now));
    return { at: instant ?? at, text };
  });
  return { corrections, faults };
}

function instantFault(place: number, instant: Instant | undefined, now: Instant): RuleFault {
  return {
    pointer: `/corrections/${place}/at`,
    message: instant === undefined ? 'is no instant that can be compared' : 'is in the future',
    expected: `an instant not later than ${now}`,
    reason: 'article.correction-invalid',
  };
}
