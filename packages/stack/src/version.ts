/** Whether a dotted version (`8.16.6`, `v2.12.0-beta.1`) is at least `minimum`. What is not a version is not. */
export function isAtLeast(version: string, minimum: string): boolean {
  const have = parseVersion(version);
  if (!have) return false;
  const want = parseVersion(minimum) ?? [];
  for (const [place, number] of want.entries()) {
    const own = have[place] ?? 0;
    if (own !== number) return own > number;
  }
  return true;
}

/** `v2.15.1-RC.1` → [2, 15, 1]. */
export function parseVersion(text: string): number[] | undefined {
  const match = /^v?(\d+)(?:\.(\d+))?(?:\.(\d+))?/.exec(text.trim());
  return match
    ? match
        .slice(1)
        .filter((part) => part !== undefined)
        .map(Number)
    : undefined;
}
