import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { OwnProcess } from './server-process.ts';
import type { Env } from './servers.ts';

export type Watched = OwnProcess & { deadlineMs: number };
/** Commands, run one after the other, that undo what this process began elsewhere: containers are no children of ours. */
export type Undo = { key: string; commands: [string, ...string[]][]; env: Env; deadlineMs: number };
export type GuardMessage =
  | { watch: Watched }
  | { forget: number }
  | { undo: Undo }
  | { forgetUndo: string }
  | { release: true };

/** Sees to it that what this process starts does not outlive it, even when it is killed with SIGKILL. */
export type Guard = {
  watch(process: OwnProcess, deadlineMs: number): void;
  forget(process: OwnProcess): void;
  /** Runs the commands once this process is gone; a later one with the same key takes its place. */
  undoAtEnd(undo: Undo): void;
  forgetUndo(key: string): void;
  /** From here on what is running may outlive this process. */
  release(): void;
};

const program = fileURLToPath(new URL('./watchdog.ts', import.meta.url));

/** Starts the watchdog (watchdog.ts). Should it die it is started again with all that it watched. */
export function createGuard(): Guard {
  const watched = new Map<number, Watched>();
  const undos = new Map<string, Undo>();
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
      for (const undo of undos.values()) send({ undo });
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
    undoAtEnd(undo) {
      undos.set(undo.key, undo);
      send({ undo });
    },
    forgetUndo(key) {
      undos.delete(key);
      send({ forgetUndo: key });
    },
    release() {
      if (isReleased) return;
      isReleased = true;
      send({ release: true });
      child.stdin?.end();
    },
  };
}
