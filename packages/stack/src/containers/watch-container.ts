import { type ChildProcess, spawn } from 'node:child_process';
import { askTool } from '../embedded/tool.ts';
import type { Env, ExitDetail } from '../servers.ts';

const logsMs = 5_000;

/** Calls back once when a container ends or its engine goes away. Answers how to stop looking. */
export function watchContainer(id: string, env: Env, onExit: (detail: ExitDetail) => void): () => void {
  const child: ChildProcess = spawn('docker', ['wait', id], {
    env,
    detached: true,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let isOver = false;
  let said = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    said += chunk.toString('utf8');
  });
  const tell = async () => {
    if (isOver) return;
    isOver = true;
    const code = /^\d+$/.test(said.trim()) ? Number(said) : null;
    onExit({ code, signal: null, lastLines: await lastLinesOf(id, env) });
  };
  child.once('error', () => void tell());
  child.once('close', () => void tell());
  child.unref();
  (child.stdout as unknown as { unref?: () => void } | null)?.unref?.();
  return () => {
    isOver = true;
    child.kill('SIGKILL');
  };
}

async function lastLinesOf(id: string, env: Env): Promise<string[]> {
  const { code, output } = await askTool('docker', ['logs', '--tail', '12', id], env, logsMs);
  return code === 0 ? output.split('\n').filter((line) => line.trim() !== '') : [];
}
