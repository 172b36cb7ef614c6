import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { eventually, openTestNamespace } from '@ortoo/shared/testing';

const root = fileURLToPath(new URL('../..', import.meta.url));
const cli = join(root, 'packages/cli/src/main.ts');

export type Status = {
  gateway: { url: string; pid: number; opsUrl: string };
  services: Record<'catalog' | 'news' | 'search', { pid: number; opsUrl: string }>;
  servers: Record<'mongodb' | 'nats' | 'elasticsearch', { url: string; version: string; way: string }>;
};

/** The whole product as `npm start` runs it, on the run's servers, with a namespace and a data folder of its own. */
export type StartedProduct = {
  status: Status;
  adminKey: string;
  dataDir: string;
  /** What it printed so far. */
  output(): string;
  /** Runs a verb of the command line against it; answers its exit code and output. */
  ortoo(...args: string[]): Promise<{ code: number | null; output: string }>;
  /** Sends SIGTERM and waits for the end; answers the exit code. */
  stop(): Promise<number | null>;
  dispose(): Promise<void>;
};

const START_DEADLINE_MS = 90_000;
const STOP_DEADLINE_MS = 40_000;

export async function startProduct(): Promise<StartedProduct> {
  const space = await openTestNamespace();
  const dataDir = await mkdtemp(join(tmpdir(), 'ortoo-start-'));
  const env = {
    ...process.env,
    MONGO_URL: space.mongoUrl,
    NATS_URL: space.natsUrl,
    ELASTICSEARCH_URL: space.elasticsearchUrl,
    ORTOO_NAMESPACE: space.namespace,
    ORTOO_DATA_DIR: dataDir,
    ORTOO_STACK: 'given',
    PORT: '0',
  };
  let printed = '';
  const start = run(['start'], env, (text) => {
    printed += text;
  });
  const ended = new Promise<number | null>((resolve) => start.once('exit', resolve));
  const stop = async () => {
    start.kill('SIGTERM');
    return withDeadline(ended, STOP_DEADLINE_MS, () => `\`ortoo start\` did not stop:\n${printed}`);
  };
  const ortoo = async (...args: string[]) => {
    let output = '';
    const child = run(args, env, (text) => {
      output += text;
    });
    return { code: await new Promise<number | null>((resolve) => child.once('exit', resolve)), output };
  };
  try {
    await eventually(
      () => {
        if (start.exitCode !== null) throw new Error(`\`ortoo start\` ended with ${start.exitCode}:\n${printed}`);
        return /v1\/search/.test(printed) || undefined;
      },
      { timeoutMs: START_DEADLINE_MS, everyMs: 200 },
    );
    const status = JSON.parse((await ortoo('status', '--json')).output) as Status;
    const adminKey = (await readFile(join(dataDir, 'admin-key'), 'utf8')).trim();
    const dispose = async () => {
      if (start.exitCode === null) await stop();
      await rm(dataDir, { recursive: true, force: true });
      await space.dispose();
    };
    return { status, adminKey, dataDir, output: () => printed, ortoo, stop, dispose };
  } catch (error) {
    start.kill('SIGTERM');
    await ended;
    throw new Error(`The product did not start. It printed:\n${printed}`, { cause: error });
  }
}

function run(args: string[], env: NodeJS.ProcessEnv, onText: (text: string) => void): ChildProcess {
  const child = spawn(process.execPath, [cli, ...args], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', onText);
  return child;
}

async function withDeadline<T>(work: Promise<T>, ms: number, describe: () => string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(describe())), ms);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
