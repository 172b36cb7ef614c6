import { spawn } from 'node:child_process';
import { askTool } from '../embedded/tool.ts';
import type { Guard } from '../guard.ts';
import { startTicksOf } from '../process-table.ts';
import { stopProcess } from '../server-process.ts';
import type { Env } from '../servers.ts';

/** An engine that is there answers at once; one behind a dead address must not hold up a start. */
const engineAnswerMs = 4_000;
const endMs = 2_000;
const keptChars = 32_000;

/** The version of the container engine that answers, or the sentence why none does. */
export type Engine = { version: string } | { fault: string };

/** Asks for an engine and for compose, which `npm start` needs. Changes nothing. */
export async function findEngine(env: Env): Promise<Engine> {
  const engine = await askTool('docker', ['version', '--format', '{{.Server.Version}}'], env, engineAnswerMs);
  if (engine.isMissing) return { fault: 'docker is not on this machine' };
  if (engine.code === 0) return { version: engine.output.trim() };
  const said = lastLine(engine.output);
  return { fault: engine.code === null ? 'the container engine does not answer' : said || 'docker fails' };
}

/** Whether `docker compose` is there. */
export async function hasCompose(env: Env): Promise<boolean> {
  return (await askTool('docker', ['compose', 'version', '--short'], env, engineAnswerMs)).code === 0;
}

export function lastLine(output: string): string {
  return output.trim().split('\n').at(-1)?.trim() ?? '';
}

export type DockerRun = {
  args: string[];
  env: Env;
  guard: Guard;
  deadlineMs: number;
  signal?: AbortSignal | undefined;
  /** Called with each line that it prints. */
  onLine?: (line: string) => void;
  /** Nothing printed for so long counts as a failure; `first` until the first line. */
  silenceMs?: { first: number; later: number };
};

export type DockerResult = { code: number | null; output: string };

/**
 * Runs a docker command that takes its time, in a group of its own: a Ctrl-C at the terminal reaches only the caller.
 * Aborting, the deadline and silence end it (code null); aborting also rejects.
 */
export async function runDocker({
  args,
  env,
  guard,
  deadlineMs,
  signal,
  onLine,
  silenceMs,
}: DockerRun): Promise<DockerResult> {
  signal?.throwIfAborted();
  const child = spawn('docker', args, { env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  const own = { pid: child.pid ?? -1, startedAt: startTicksOf(child.pid ?? -1) ?? -1, marker: '' };
  if (child.pid) guard.watch(own, endMs);
  let output = '';
  let isEnded = false;
  const end = () => {
    isEnded = true;
    void stopProcess(own, endMs);
  };
  const deadline = setTimeout(end, deadlineMs);
  let silence = silenceMs && setTimeout(end, silenceMs.first);
  const hear = (chunk: Buffer) => {
    const text = chunk.toString('utf8');
    output = (output + text).slice(-keptChars);
    if (silenceMs) {
      clearTimeout(silence);
      silence = setTimeout(end, silenceMs.later);
    }
    for (const line of text.split('\n')) if (line.trim() !== '') onLine?.(line.trim());
  };
  for (const stream of [child.stdout, child.stderr]) stream.on('data', hear);
  signal?.addEventListener('abort', end, { once: true });
  try {
    const code = await new Promise<number | null>((resolve) => {
      child.once('error', () => resolve(null));
      child.once('close', resolve);
    });
    signal?.throwIfAborted();
    return { code: isEnded ? null : code, output };
  } finally {
    clearTimeout(deadline);
    clearTimeout(silence);
    signal?.removeEventListener('abort', end);
    guard.forget(own);
  }
}
