/**
 * A program of its own. It is told over stdin which processes its parent started and what else to undo, and does so when
 * stdin ends, which is when the parent is gone, however it went. A parent that no longer needs it says `release`.
 */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { GuardMessage, Undo, Watched } from './guard.ts';
import { stopProcess } from './server-process.ts';

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});

const watched = new Map<number, Watched>();
const undos = new Map<string, Undo>();
let isReleased = false;

const lines = createInterface({ input: process.stdin });
lines.on('line', (line) => {
  const message = JSON.parse(line) as GuardMessage;
  if ('watch' in message) watched.set(message.watch.pid, message.watch);
  if ('forget' in message) watched.delete(message.forget);
  if ('undo' in message) undos.set(message.undo.key, message.undo);
  if ('forgetUndo' in message) undos.delete(message.forgetUndo);
  if ('release' in message) isReleased = true;
});
lines.on('close', () => {
  if (!isReleased) void undoAll();
});

/** Processes first, asked in reverse order and waited for together, each with its own deadline: one of them may still be starting what is to be undone. */
async function undoAll(): Promise<void> {
  await Promise.all([...watched.values()].reverse().map((one) => stopProcess(one, one.deadlineMs)));
  await Promise.all([...undos.values()].map(undoOne));
}

async function undoOne({ commands, env, deadlineMs }: Undo): Promise<void> {
  for (const [command, ...args] of commands) {
    await new Promise<void>((resolve) => {
      const child = spawn(command, args, { env, stdio: 'ignore', timeout: deadlineMs });
      child.once('error', () => resolve());
      child.once('close', () => resolve());
    });
  }
}
