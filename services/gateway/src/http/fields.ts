import { nearestName } from '@ortoo/shared/contracts';
import { AppError } from '@ortoo/shared/kernel';
import type { TSchema } from 'typebox';

type Node = { properties?: Record<string, Node>; items?: Node; anyOf?: Node[] };

/** Makes the check of `fields=` for one shape. Throws VALIDATION_FAILED naming each unknown one with the nearest known. */
export function createFieldCheck(shape: TSchema): (names: readonly string[] | undefined) => void {
  const known = new Set(pathsIn(shape as Node, ''));
  const all = [...known];
  return (names = []) => {
    const faults = names.flatMap((name, place) => {
      if (known.has(name)) return [];
      const nearest = nearestName(name, all);
      const message = `is not a known member${nearest ? `; did you mean ${nearest}?` : ''}`;
      return [{ pointer: `/fields/${place}`, message, expected: 'names of members, dotted inside members' }];
    });
    if (faults.length > 0) throw AppError.invalid('request.parameter-invalid', faults);
  };
}

/** Every member that can be picked, dotted; a list is passed through, and of a union every branch counts. */
function pathsIn({ properties = {}, items, anyOf = [] }: Node, prefix: string): string[] {
  const own = Object.entries(properties).flatMap(([name, node]) => {
    const path = `${prefix}${name}`;
    return [path, ...pathsIn(node, `${path}.`)];
  });
  return [...own, ...(items ? pathsIn(items, prefix) : []), ...anyOf.flatMap((branch) => pathsIn(branch, prefix))];
}
