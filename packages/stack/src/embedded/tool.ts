import { spawn } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Guard } from '../guard.ts';
import { startTicksOf } from '../process-table.ts';
import { stopProcess } from '../server-process.ts';
import type { Env } from '../servers.ts';
import { errnoOf } from '../stack-error.ts';

export type ToolResult = { code: number | null; output: string; isMissing: boolean };

/** Runs a short command to its end and keeps what it printed. A command that does not exist is an answer, not an error. */
export function askTool(command: string, args: string[], env: Env, deadlineMs = 20_000): Promise<ToolResult> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'], timeout: deadlineMs });
    let output = '';
    const keep = (chunk: Buffer) => {
      output = (output + chunk.toString('utf8')).slice(-8_000);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.once('error', (error) =>
      resolve({ code: null, output, isMissing: errnoOf(error) === 'ENOENT' || errnoOf(error) === 'EACCES' }),
    );
    child.once('close', (code) => resolve({ code, output, isMissing: false }));
  });
}

export type DownloadSpec = {
  command: string;
  args: string[];
  env: Env;
  /** All that the client writes lies here: its size is the progress. */
  folder: string;
  guard: Guard;
  signal?: AbortSignal | undefined;
  /** Called about every `everyMs` with the bytes that lie in the folder. */
  onProgress: (bytes: number) => void;
  everyMs?: number;
  /** A client that writes nothing for so long is ended. */
  stallMs?: number;
};

/** A download client has nothing to lose. */
const endMs = 500;

export type DownloadResult = { code: number | null; output: string; isStalled: boolean };

/** Runs a download client, telling how far it is. Aborting ends it and rejects; nothing of it is left running. */
export async function runDownload(spec: DownloadSpec): Promise<DownloadResult> {
  const { signal, folder, guard, onProgress, everyMs = 5_000, stallMs = 120_000 } = spec;
  signal?.throwIfAborted();
  const child = spawn(spec.command, spec.args, {
    env: spec.env,
    cwd: folder,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output = (output + chunk.toString('utf8')).slice(-8_000);
    });
  }
  // Any process of the group belongs to the client; what it starts need not carry a mark.
  const own = { pid: child.pid ?? -1, startedAt: startTicksOf(child.pid ?? -1) ?? -1, marker: '' };
  if (child.pid) guard.watch(own, endMs);
  let isStalled = false;
  const end = () => void stopProcess(own, endMs);
  const onStall = () => {
    isStalled = true;
    end();
  };
  const ticker = setInterval(watchFolder(folder, { onProgress, stallMs, onStall }), everyMs);
  signal?.addEventListener('abort', end, { once: true });
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
    signal?.throwIfAborted();
    return { code, output, isStalled };
  } finally {
    clearInterval(ticker);
    signal?.removeEventListener('abort', end);
    guard.forget(own);
  }
}

function watchFolder(
  folder: string,
  { onProgress, onStall, stallMs }: { onProgress: (bytes: number) => void; onStall: () => void; stallMs: number },
): () => void {
  let last = 0;
  let grewAt = performance.now();
  return () => {
    const bytes = bytesIn(folder);
    if (bytes !== last) grewAt = performance.now();
    last = bytes;
    onProgress(bytes);
    if (performance.now() - grewAt > stallMs) onStall();
  };
}

/** Sum of the sizes of all files below a folder; what vanishes meanwhile counts nothing. */
export function bytesIn(folder: string): number {
  let sum = 0;
  try {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      sum += entry.isDirectory() ? bytesIn(path) : statSync(path).size;
    }
  } catch {
    // Removed while it was looked at.
  }
  return sum;
}
