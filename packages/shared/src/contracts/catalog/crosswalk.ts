import { type Static, Type } from 'typebox';
import { closed } from '../atoms.ts';
import type { RuleFault } from '../edits.ts';

const Codes = (description: string) =>
  Type.Optional(Type.Array(Type.String({ pattern: '^\\d{2}$' }), { maxItems: 40, uniqueItems: true, description }));

/**
 * Where other classifications have what a category has. A code counts as checked against a published list unless
 * `unchecked` names it.
 */
export const Crosswalk = Type.Object(
  {
    isic4: Codes('Divisions of ISIC, revision 4.'),
    unspsc: Codes('Segments of UNSPSC.'),
    hs: Codes('Chapters of the Harmonized System.'),
    unchecked: Type.Optional(
      Type.Array(Type.String({ pattern: '^(?:isic4|unspsc|hs):\\d{2}$', examples: ['unspsc:20'] }), {
        maxItems: 120,
        uniqueItems: true,
        description: 'Those of the codes that no published list was at hand for, as `<system>:<code>`.',
      }),
    ),
  },
  { ...closed, description: 'The category in other classifications.' },
);
export type Crosswalk = Static<typeof Crosswalk>;

/** What is unchecked must be there. */
export function crosswalkFaults({ unchecked = [], ...systems }: Crosswalk): RuleFault[] {
  const codes = Object.entries(systems).flatMap(([system, list]) => list.map((code) => `${system}:${code}`));
  return unchecked.flatMap((code, place) => {
    if (codes.includes(code)) return [];
    const message = `${code} is not among the codes`;
    return [
      {
        pointer: `/crosswalk/unchecked/${place}`,
        message,
        expected: 'one of the codes, as <system>:<code>',
        reason: 'category.crosswalk-invalid',
      },
    ];
  });
}
