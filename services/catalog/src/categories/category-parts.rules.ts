import { type CategoryEdit, isSameJson } from '@ortoo/shared/contracts';

/** What a category says of itself: the members that its editors change and that are planted. */
export type Said = Pick<CategoryEdit, 'name' | 'synonyms' | 'description' | 'crosswalk' | 'attributeSchema'>;
type Parts = Map<string, unknown>;

const byLanguage = ['name', 'synonyms', 'description'] as const;
const whole = ['crosswalk', 'attributeSchema'] as const;

/** A category in the parts that change by themselves: `name.mn`, `synonyms.en`, `crosswalk` … */
function partsOf(said: Said): Parts {
  const texts = byLanguage.flatMap((name) =>
    Object.entries(said[name] ?? {}).map(([tag, value]): [string, unknown] => [`${name}.${tag}`, value]),
  );
  const rest = whole.flatMap((name): [string, unknown][] => (said[name] ? [[name, said[name]]] : []));
  return new Map([...texts, ...rest]);
}

function fromParts(parts: Parts): Said {
  const said: Record<string, unknown> = {};
  for (const [path, value] of parts) {
    const [name = '', tag] = path.split('.');
    said[name] = tag === undefined ? value : { ...(said[name] as object), [tag]: value };
  }
  return said as Said;
}

/** The parts that differ between two states, one that only one of them has included; in alphabetical order. */
export function differingParts(before: Said, after: Said): string[] {
  const [old, next] = [partsOf(before), partsOf(after)];
  const paths = [...new Set([...old.keys(), ...next.keys()])];
  return paths.filter((path) => !isSameJson(old.get(path), next.get(path))).toSorted();
}

/** What a state becomes by a seed: parts that were edited stay as they are, gone ones too; all others are the seed's. */
export function takeParts(state: Said, seed: Said, edited: readonly string[]): Said {
  const [own, planted] = [partsOf(state), partsOf(seed)];
  const isEdited = (path: string) => edited.includes(path);
  return fromParts(
    new Map([...[...planted].filter(([path]) => !isEdited(path)), ...[...own].filter(([path]) => isEdited(path))]),
  );
}

/** Every part that a state has. */
export function allParts(said: Said): string[] {
  return [...partsOf(said).keys()].toSorted();
}
