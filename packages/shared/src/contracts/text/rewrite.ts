/**
 * One step of an analysis, kept as data so that the engine's settings and the service's own code are made from the
 * same list. The pattern stays within what Java's and JavaScript's regular expressions share.
 */
export type Rewrite = { name: string; pattern: string; replacement: string };

/** The word after all steps, as the engine's pattern_replace filters would leave it. */
export function applyRewrites(word: string, rewrites: CompiledRewrite[]): string {
  return rewrites.reduce((current, { pattern, replacement }) => current.replace(pattern, replacement), word);
}

export type CompiledRewrite = { pattern: RegExp; replacement: string };

export function compileRewrites(rewrites: Rewrite[]): CompiledRewrite[] {
  return rewrites.map(({ pattern, replacement }) => ({ pattern: new RegExp(pattern, 'gu'), replacement }));
}
