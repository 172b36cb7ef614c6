import { type ChildProcess, spawn } from 'node:child_process';
import { startTicksOf } from '@ortoo/stack';
import type { Env } from '../config.ts';
import { createLineSplitter } from './line-splitter.ts';
import type { ServiceLog } from './service-log.ts';

export type ServiceSpec = {
  name: string;
  /** Its program, relative to the project. */
  entry: string;
  /** Where it serves `/readyz`. */
  opsPort: number;
  opsUrl: string;
  env: Env;
};

export type Death = { how: string; ranForMs: number };

export type ServiceProcess = {
  spec: ServiceSpec;
  log: ServiceLog;
  start(): void;
  /** The running process with its start time; undefined while there is none. */
  mark: () => { pid: number; startedAt: number } | undefined;
  /** Sends a signal to the running process, if there is one, and takes its end as wished from then on. */
  end(signal: 'SIGTERM' | 'SIGKILL'): void;
  /** Resolves when no process runs. */
  ended(): Promise<void>;
};

type Options = {
  spec: ServiceSpec;
  cwd: string;
  log: ServiceLog;
  onLine: (line: string) => void;
  /** It ended without being asked to. */
  onDeath: (death: Death) => void;
};

/**
 * One service as a child process. It leads a process group of its own, so that Ctrl-C reaches only the supervisor, which
 * drains in order; and it holds the other end of a pipe, whose end tells it that the supervisor is gone, however it went.
 */
export function createServiceProcess({ spec, cwd, log, onLine, onDeath }: Options): ServiceProcess {
  let child: ChildProcess | undefined;
  let startedAt = 0;
  let isEndWished = false;
  let ended = Promise.resolve();

  function start(): void {
    const since = performance.now();
    log.beginLife();
    isEndWished = false;
    const env = { ...spec.env, OPS_PORT: String(spec.opsPort), ORTOO_PARENT_WATCH: 'true' };
    const started = spawn(process.execPath, [spec.entry], {
      cwd,
      env,
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: true,
    });
    child = started;
    startedAt = started.pid === undefined ? 0 : (startTicksOf(started.pid) ?? 0);
    started.stdin?.on('error', () => {}); // it closed its end; its exit says so anyway
    for (const stream of [started.stdout, started.stderr]) readLines(stream);
    ended = new Promise((resolve) => {
      const finish = (how: string) => {
        if (child !== started) return;
        child = undefined;
        resolve();
        if (!isEndWished) onDeath({ how, ranForMs: performance.now() - since });
      };
      started.once('error', (error) => finish(`could not be started: ${error.message}`));
      started.once('close', (code, signal) => finish(signal === null ? `exit code ${code}` : signal));
    });
  }

  function readLines(stream: NodeJS.ReadableStream | null): void {
    const splitter = createLineSplitter((line) => {
      log.write(line);
      onLine(line);
    });
    stream?.setEncoding('utf8').on('data', splitter.push).on('end', splitter.flush);
  }

  return {
    spec,
    log,
    start,
    mark: () => (child?.pid === undefined ? undefined : { pid: child.pid, startedAt }),
    end(signal) {
      isEndWished = true;
      child?.kill(signal);
    },
    ended: () => ended,
  };
}
