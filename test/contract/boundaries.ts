import { existsSync, globSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';

const root = fileURLToPath(new URL('../..', import.meta.url));
const ROOMS = ['bin', 'packages', 'services', 'test', 'bench', 'data'];
const OURS = /^(?!.*node_modules).*\.(ts|mjs)$/;

/** A cruise of nothing finds no violation: fewer files than this means that the gate looked past the code. */
const FILES_MIN = 150;

export type Cruise = {
  /** `rule: from → to`, paths relative to the cruised folder. */
  violations: string[];
  /** Our files that were looked at, and those on the disk that were not. */
  files: string[];
  missed: string[];
};

/** The rules of the repository. */
export const boundaries = createRequire(import.meta.url)(join(root, '.dependency-cruiser.cjs')) as {
  forbidden: { name: string }[];
  options: Record<string, unknown>;
};

/** Holds the imports of the rooms below `baseDir` against the rules in .dependency-cruiser.cjs. */
export async function findBoundaryViolations(baseDir: string): Promise<Cruise> {
  const rooms = ROOMS.filter((room) => existsSync(join(baseDir, room)));
  const { output } = await cruise(
    rooms,
    { ...boundaries.options, ruleSet: { forbidden: boundaries.forbidden }, validate: true, baseDir } as object,
    boundaries.options.enhancedResolveOptions as object,
    { tsConfig: extractTSConfig(join(root, 'tsconfig.json')) },
  );
  const { modules, summary } = output as ICruiseResult;
  const files = modules.map(({ source }) => source).filter((path) => OURS.test(path));
  const onDisk = rooms.flatMap((room) =>
    globSync(`${room}/**/*.{ts,mjs}`, { cwd: baseDir, exclude: (path) => path.endsWith('node_modules') }),
  );
  return {
    violations: summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`),
    files,
    missed: onDisk.filter((path) => !files.includes(path)),
  };
}

/** The verdict of the gate: lines to show, and whether it holds. */
export function judgeCruise({ violations, files, missed }: Cruise): { lines: string[]; isPassed: boolean } {
  const lines = [...violations, `${violations.length} violations in ${files.length} files`];
  if (missed.length > 0) lines.push(`Not looked at: ${missed.join(', ')}`);
  if (files.length < FILES_MIN) lines.push(`Fewer than ${FILES_MIN} files were looked at: the gate is broken.`);
  return { lines, isPassed: violations.length === 0 && missed.length === 0 && files.length >= FILES_MIN };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { lines, isPassed } = judgeCruise(await findBoundaryViolations(root));
  process.stdout.write(`${lines.join('\n')}\n`);
  process.exitCode = isPassed ? 0 : 1;
}
