/** One key of an order: the path of a member and its direction. */
export type SortKey = { path: string; isDescending: boolean };

/** Reads `['-publishedAt', 'name']` by a table from public names to paths; names are checked by the call's schema. */
export function parseSort(sort: readonly string[], paths: Record<string, string>): SortKey[] {
  return sort.map((text) => {
    const isDescending = text.startsWith('-');
    const name = isDescending ? text.slice(1) : text;
    return { path: paths[name] ?? name, isDescending };
  });
}
