import { isRecord } from './merge-patch.ts';

type Members = Record<string, unknown>;

/** Names that one read may pick at most. */
export const FIELDS_MAX = 50;

/** What says which document it is comes whatever was picked. */
const certain = ['id', 'kind', 'v'];

/**
 * The members of a document that were asked for, in the document's own order, and always id, kind and v. A dotted name
 * picks inside a member, and inside each item of a list; without names the document is whole.
 */
export function pickFields<T extends object>(document: T, names: readonly string[] | undefined): Partial<T> {
  if (names === undefined) return document;
  return pickMembers(document as Members, buildTree([...certain, ...names])) as Partial<T>;
}

/** Members by name, and what to pick inside; null takes a member whole. */
type Tree = Map<string, Tree | null>;

function buildTree(names: string[]): Tree {
  const tree: Tree = new Map();
  for (const name of names) {
    const parts = name.split('.');
    let node = tree;
    for (const [place, part] of parts.entries()) {
      if (node.get(part) === null) break;
      if (place === parts.length - 1) node.set(part, null);
      else {
        const inner: Tree = node.get(part) ?? new Map();
        node.set(part, inner);
        node = inner;
      }
    }
  }
  return tree;
}

function pickMembers(document: Members, tree: Tree): Members {
  const picked = Object.entries(document).flatMap(([name, value]) => {
    const inner = tree.get(name);
    if (inner === undefined) return [];
    return [[name, inner === null ? value : pickInside(value, inner)] as const];
  });
  return Object.fromEntries(picked);
}

function pickInside(value: unknown, tree: Tree): unknown {
  if (Array.isArray(value)) return value.map((item) => pickInside(item, tree));
  return isRecord(value) ? pickMembers(value, tree) : value;
}
