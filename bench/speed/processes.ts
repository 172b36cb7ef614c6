import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { environment } from './config.ts';

/** Ticks per second of /proc/<pid>/stat; fixed at 100 on Linux for user space. */
const TICKS_PER_SECOND = 100;
const READY_DEADLINE_MS = 120_000;
const STOP_DEADLINE_MS = 25_000;

/** A process that is measured. */
export type Measured = { name: string; pid: number; stop(): Promise<void> };

/** Processor milliseconds, user and system, that a process has used so far; 0 when it is gone. */
export function cpuMs(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return ((Number(fields[11]) + Number(fields[12])) * 1000) / TICKS_PER_SECOND;
  } catch {
    return 0;
  }
}

/** Starts a Node program; it dies with us, since it watches its standard input. */
export async function startNode(
  name: string,
  file: string,
  env: Record<string, string>,
  readyUrl: string,
): Promise<Measured> {
  let printed = '';
  const child = spawn(process.execPath, [file], {
    env: { ...environment, ...env, ORTOO_PARENT_WATCH: 'true' },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      printed = `${printed}${text}`.slice(-4_000);
    });
  }
  await untilReady(name, child, readyUrl, () => printed);
  return { name, pid: child.pid ?? 0, stop: () => stop(child) };
}

async function untilReady(name: string, child: ChildProcess, url: string, printed: () => string): Promise<void> {
  const untilMs = performance.now() + READY_DEADLINE_MS;
  while (performance.now() < untilMs) {
    if (child.exitCode !== null) throw new Error(`${name} ended with ${child.exitCode}:\n${printed()}`);
    const isReady = await fetch(url, { signal: AbortSignal.timeout(2_000) }).then(
      (response) => response.ok,
      () => false,
    );
    if (isReady) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${name} was not ready within ${READY_DEADLINE_MS} ms:\n${printed()}`);
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_DEADLINE_MS);
  await ended;
  clearTimeout(timer);
}
