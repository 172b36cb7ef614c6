/**
 * A program of its own. It is told over stdin which processes its parent started, and stops them when stdin ends,
 * which is when the parent is gone, however it went. A parent that no longer needs it says `release`.
 */
import { createInterface } from 'node:readline';
import type { GuardMessage, Watched } from './guard.ts';
import { stopProcess } from './server-process.ts';

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});

const watched = new Map<number, Watched>();
let isReleased = false;

const lines = createInterface({ input: process.stdin });
lines.on('line', (line) => {
  const message = JSON.parse(line) as GuardMessage;
  if ('watch' in message) watched.set(message.watch.pid, message.watch);
  if ('forget' in message) watched.delete(message.forget);
  if ('release' in message) isReleased = true;
});
lines.on('close', () => {
  if (isReleased) return;
  // Asked in reverse order, waited for together: each has its own deadline.
  void Promise.all([...watched.values()].reverse().map((one) => stopProcess(one, one.deadlineMs)));
});
