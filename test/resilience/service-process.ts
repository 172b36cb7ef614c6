import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { eventually } from '@ortoo/shared/testing';

export type ServiceName = 'catalog' | 'news' | 'search' | 'gateway';
export type Ending = { code: number | null; signal: NodeJS.Signals | null };

/** One process of a service, as `node services/<name>/src/main.ts` runs it. */
export type ServiceProcess = {
  name: ServiceName;
  pid: number;
  /** Resolves when it has said that it is ready. */
  ready(): Promise<void>;
  /** Resolves when it has ended, by itself or by a signal. */
  ended: Promise<Ending>;
  isRunning(): boolean;
  signal(signal: NodeJS.Signals): void;
  /** Asks with SIGTERM and waits for the end. */
  stop(): Promise<Ending>;
  /** Failpoints that were hit, as the process has told before it obeyed. */
  hits(): string[];
  /** Lines that a healthy service never writes. */
  defects(): string[];
  /** How often it has said that the stream has lost what it acknowledged. */
  alarms(): number;
  lastLines(): string[];
};

const READY_DEADLINE_MS = 45_000;
const STOP_DEADLINE_MS = 30_000;
const LINES_KEPT = 40;
const DEFECT = /"level":60|UnhandledPromiseRejection|unhandledRejection|nothing handled|"code":"INTERNAL"/;

export const defaultRoot = fileURLToPath(new URL('../..', import.meta.url));

/** Starts a service from the clone at `root`. */
export function startServiceProcess(
  name: ServiceName,
  { env, root = defaultRoot }: { env: NodeJS.ProcessEnv; root?: string },
): ServiceProcess {
  const child = spawn(process.execPath, [join(root, 'services', name, 'src/main.ts')], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  const hits: string[] = [];
  const defects: string[] = [];
  let isReady = false;
  let alarms = 0;
  readLines(child, (line) => {
    if (line.includes('"msg":"ready"')) isReady = true;
    if (line.startsWith('{"failpoint":')) hits.push((JSON.parse(line) as { failpoint: string }).failpoint);
    if (line.includes('"msg":"ALARM')) alarms += 1;
    if (DEFECT.test(line)) defects.push(`${name}: ${line.slice(0, 600)}`);
    lines.push(line.slice(0, 2_000));
    if (lines.length > LINES_KEPT) lines.shift();
  });
  let ending: Ending | undefined;
  const ended = new Promise<Ending>((resolve) =>
    child.once('exit', (code, signal) => {
      ending = { code, signal };
      resolve(ending);
    }),
  );
  const send = (signal: NodeJS.Signals) => void child.kill(signal);
  return {
    name,
    pid: child.pid ?? 0,
    ended,
    isRunning: () => ending === undefined,
    signal: send,
    hits: () => hits,
    defects: () => defects,
    alarms: () => alarms,
    lastLines: () => lines,
    ready: async () => {
      await eventually(
        () => {
          if (hits.length > 0) return true; // a failpoint at the start: whoever armed it waits for the end
          if (ending && !isReady) throw new Error(`${name} ended with ${JSON.stringify(ending)}:\n${lines.join('\n')}`);
          return isReady;
        },
        { timeoutMs: READY_DEADLINE_MS, everyMs: 30 },
      );
    },
    stop: async () => {
      send('SIGTERM');
      const timer = setTimeout(send, STOP_DEADLINE_MS, 'SIGKILL');
      return ended.finally(() => clearTimeout(timer));
    },
  };
}

function readLines(child: ChildProcess, onLine: (line: string) => void): void {
  for (const stream of [child.stdout, child.stderr]) {
    let rest = '';
    stream?.setEncoding('utf8').on('data', (text: string) => {
      const parts = (rest + text).split('\n');
      rest = parts.pop() ?? '';
      for (const line of parts) onLine(line);
    });
  }
}
