import { readdirSync, readFileSync } from 'node:fs';

/** One line of Linux's process table (proc(5), /proc/<pid>/stat). */
export type ProcessStat = { state: string; group: number; threads: number; startTicks: number };

/** Reads the fields after the command name, which stands in parentheses and may itself hold spaces and parentheses. */
export function parseStat(text: string): ProcessStat | undefined {
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const [state, , group] = fields;
  const threads = Number(fields[17]);
  const startTicks = Number(fields[19]);
  if (!state || group === undefined || !Number.isFinite(startTicks)) return undefined;
  return { state, group: Number(group), threads, startTicks };
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function statOf(pid: number): ProcessStat | undefined {
  const text = readText(`/proc/${pid}/stat`);
  return text === undefined ? undefined : parseStat(text);
}

/** When the process started, in clock ticks since boot; undefined when there is no such process. 0 where there is no /proc. */
export function startTicksOf(pid: number): number | undefined {
  if (process.platform === 'linux') return statOf(pid)?.startTicks;
  try {
    process.kill(pid, 0);
    return 0;
  } catch {
    return undefined;
  }
}

/** A zombie is dead; while it has further threads it is only dying, and still holds its ports and files. */
function isRunning({ state, threads }: ProcessStat): boolean {
  return (state !== 'Z' && state !== 'X') || threads > 1;
}

/** Whether exactly this process (not one that got its number later) still runs. A zombie does not. */
export function isProcessAlive(pid: number, startedAt: number): boolean {
  if (process.platform !== 'linux') return startTicksOf(pid) !== undefined;
  const stat = statOf(pid);
  return stat !== undefined && stat.startTicks === startedAt && isRunning(stat);
}

/** Arguments of a process, joined by spaces; empty when it is gone. */
export function commandLineOf(pid: number): string {
  return (readText(`/proc/${pid}/cmdline`) ?? '').replaceAll('\0', ' ').trim();
}

/** Living processes of a process group. */
export function membersOfGroup(group: number): number[] {
  const pids: number[] = [];
  for (const entry of readdirSync('/proc')) {
    const pid = Number(entry);
    if (!Number.isInteger(pid)) continue;
    const stat = statOf(pid);
    if (stat?.group === group && isRunning(stat)) pids.push(pid);
  }
  return pids;
}

/** Names this boot of the machine: start ticks from another boot mean nothing. Empty where unknown. */
export function bootId(): string {
  return (readText('/proc/sys/kernel/random/boot_id') ?? '').trim();
}
