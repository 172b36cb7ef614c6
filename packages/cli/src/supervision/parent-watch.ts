import { readFileSync } from 'node:fs';
import { basename } from 'node:path';

/** One link between a process and its parent, as it was at the start. */
type Link = { pid: number; parent: number };

const shells = new Set(['sh', 'dash', 'bash', 'ash', 'zsh']);
const linksMax = 6;

/**
 * Whether a process only stands between us and the one that started us: the shell of an npm script, or the launcher
 * `bin/ortoo.mjs`. Pure; `args` is its command line.
 */
export function isGoBetween(args: readonly string[]): boolean {
  const [program = '', first = ''] = args;
  return (
    (shells.has(basename(program)) && first === '-c') || basename(first) === 'ortoo.mjs' || basename(first) === 'ortoo'
  );
}

/**
 * Remembers who started us. The answer tells whether that process is gone: npm may be killed while its shell lives on,
 * so that looking at our own parent is not enough.
 */
export function rememberParent(): () => boolean {
  const links: Link[] = [];
  let pid = process.pid;
  while (links.length < linksMax) {
    const parent = parentOf(pid);
    if (parent <= 1) break;
    links.push({ pid, parent });
    if (!isGoBetween(argsOf(parent))) break;
    pid = parent;
  }
  return () => links.some((link) => parentOf(link.pid) !== link.parent);
}

function parentOf(pid: number): number {
  if (pid === process.pid) return process.ppid;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return 0;
  }
}

function argsOf(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  } catch {
    return [];
  }
}
