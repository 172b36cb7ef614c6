/** Names that would reach an object's prototype; never taken from a patch. */
const unsafeNames = new Set(['__proto__', 'constructor', 'prototype']);

/** `target` after a JSON merge patch; neither is changed. Source: RFC 7396 §2. */
export function applyMergePatch(target: unknown, patch: unknown): unknown {
  if (!isRecord(patch)) return patch;
  const next = isRecord(target) ? { ...target } : {};
  for (const [name, value] of Object.entries(patch)) {
    if (unsafeNames.has(name)) continue;
    if (value === null) delete next[name];
    else next[name] = applyMergePatch(next[name], value);
  }
  return next;
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
