import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { OwnProcess } from './server-process.ts';

export type Watched = OwnProcess & { deadlineMs: number };
export type GuardMessage = { watch: Watched } | { forget: number } | { release: true };

/** Sees to it that what this process starts does not outlive it, even when it is killed with SIGKILL. */
export type Guard = {
  watch(process: OwnProcess, deadlineMs: number): void;
  forget(process: OwnProcess): void;
  /** From here on what is running may outlive this process. */
  release(): void;
};

const program = fileURLToPath(new URL('./watchdog.ts', import.meta.url));

/** Starts the watchdog (watchdog.ts). Should it die it is started again with all that it watched. */
export function createGuard(): Guard {
  const watched = new Map<number, Watched>();
  let isReleased = false;
  let child = start();

  function start(): ChildProcess {
    const fresh = spawn(process.execPath, [program], {
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
      cwd: '/',
      env: {},
    });
    fresh.unref();
    // A pipe to a dead watchdog is noticed by its exit, below.
    fresh.stdin?.on('error', () => {});
    (fresh.stdin as unknown as { unref?: () => void } | null)?.unref?.();
    fresh.on('error', () => {});
    fresh.on('exit', () => {
      if (isReleased || child !== fresh) return;
      child = start();
      for (const one of watched.values()) send({ watch: one });
    });
    return fresh;
  }

  function send(message: GuardMessage): void {
    child.stdin?.write(`${JSON.stringify(message)}\n`);
  }

  return {
    watch(process, deadlineMs) {
      const one = { ...process, deadlineMs };
      watched.set(process.pid, one);
      send({ watch: one });
    },
    forget(process) {
      watched.delete(process.pid);
      send({ forget: process.pid });
    },
    release() {
      if (isReleased) return;
      isReleased = true;
      send({ release: true });
      child.stdin?.end();
    },
  };
}
