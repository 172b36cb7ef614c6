import { AppError } from '../kernel/errors.ts';
import type { Kind } from './atoms.ts';
import { slugKey } from './slug.ts';

/** How a document was named: by its id, or by a slug. */
export type Ref = { type: 'id'; id: string } | { type: 'slug'; key: string };

/** Tells an id from a slug. Neither can be taken for the other: a slug has no underscore. */
export function parseRef(kind: Kind, ref: string): Ref {
  return ref.startsWith(`${kind}_`) ? { type: 'id', id: ref } : { type: 'slug', key: slugKey(ref) };
}

type Seen = { visible: boolean; state: { slug: string } };

/**
 * The document that a reader asked for, or where it moved when it was named by an old slug. Throws NOT_FOUND when
 * there is none or the reader may not see it: a draft is not revealed.
 */
export function requireSeen<D extends Seen>(
  found: D | undefined,
  { kind, ref, view }: { kind: Kind; ref: string; view: 'public' | 'staff' },
): D | { movedTo: string } {
  if (!found || (view === 'public' && !found.visible)) {
    throw AppError.notFound(`${kind}.not-found`, `There is no ${kind} ${ref}.`);
  }
  const asked = parseRef(kind, ref);
  const isCurrent = asked.type === 'id' || asked.key === slugKey(found.state.slug);
  return isCurrent ? found : { movedTo: found.state.slug };
}
