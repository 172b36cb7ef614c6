import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** Name, command of node_modules/.bin and its arguments, as in bin/check.mjs. */
export type Gate = [name: string, command: string, ...args: string[]];

/** The gates as `npm run check` runs them. */
export const { gates } = (await import(new URL('../../bin/check.mjs', import.meta.url).href)) as { gates: Gate[] };

/** How a program ended and what it printed: to its standard output, and to both streams. */
export type GateRun = { code: number; stdout: string; output: string };

/** A folder away from the repository in which violations can be sown; gone after `remove`. */
export type SeededTree = {
  dir: string;
  /** Runs a gate's own command in the folder, with further arguments behind. Throws when there is no such gate. */
  runGate: (name: string, ...more: string[]) => Promise<GateRun>;
  remove: () => void;
};

export type Seeding = {
  /** Files of the repository, such as the configuration of a gate, that are copied to the same place. */
  copied?: string[];
  /** Links by their place, to another place in the tree. */
  links?: Record<string, string>;
  /** Whether the files are programs. */
  isRunnable?: boolean;
  /** Whether imports of packages lead to those of the repository. */
  isWithPackages?: boolean;
};

const RUN_DEADLINE_MS = 60_000;

/** Sows files (path → text) in a new folder of the machine's temporary one. */
export function sowTree(
  files: Record<string, string>,
  { copied = [], links = {}, isWithPackages = true, isRunnable = false }: Seeding = {},
): SeededTree {
  const dir = mkdtempSync(join(tmpdir(), 'ortoo-gate-'));
  for (const path of copied) cpSync(join(root, path), join(dir, path), { recursive: true });
  if (isWithPackages) symlinkSync(join(root, 'node_modules'), join(dir, 'node_modules'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), text, { mode: isRunnable ? 0o755 : 0o644 });
  }
  for (const [place, to] of Object.entries(links)) {
    mkdirSync(dirname(join(dir, place)), { recursive: true });
    symlinkSync(join(dir, to), join(dir, place));
  }
  return {
    dir,
    runGate: (name, ...more) => {
      const [, command, ...args] = gates.find(([gate]) => gate === name) ?? [];
      if (command === undefined) throw new Error(`There is no gate "${name}" in bin/check.mjs.`);
      return runIn(dir, join(root, 'node_modules/.bin', command), [...args, ...more]);
    },
    remove: () => rmSync(dir, { recursive: true, force: true }),
  };
}

/** Runs a program to its end. Throws when it cannot be started or lasts longer than a minute. */
export function runIn(cwd: string, program: string, args: string[]): Promise<GateRun> {
  const limits = { cwd, timeout: RUN_DEADLINE_MS, maxBuffer: 64 * 1024 * 1024 };
  return new Promise((resolve, reject) => {
    execFile(program, args, limits, (error, stdout, stderr) => {
      if (error && typeof error.code !== 'number') reject(error);
      else resolve({ code: Number(error?.code ?? 0), stdout, output: `${stdout}${stderr}` });
    });
  });
}
