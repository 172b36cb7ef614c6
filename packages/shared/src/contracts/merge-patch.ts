/**
 * `target` after a JSON merge patch; neither is changed. A name such as `__proto__` becomes a member like any other, for
 * the schema to refuse, and reaches no prototype. Source: RFC 7396 §2.
 */
export function applyMergePatch(target: unknown, patch: unknown): unknown {
  if (!isRecord(patch)) return patch;
  const next = new Map(isRecord(target) ? Object.entries(target) : []);
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) next.delete(name);
    else next.set(name, applyMergePatch(next.get(name), value));
  }
  return Object.fromEntries(next);
}

/** Whether two JSON values say the same; the order of members does not count and `undefined` is absent. */
export function isSameJson(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, index) => isSameJson(item, b[index]));
  }
  if (isRecord(a) && isRecord(b)) {
    const names = new Set([...Object.keys(a), ...Object.keys(b)]);
    return [...names].every((name) => isSameJson(a[name], b[name]));
  }
  return Object.is(a, b);
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
