import { setTimeout as delay } from 'node:timers/promises';
import { type Launched, lastLinesOf, launch, stopProcess } from '../server-process.ts';
import type { ServerName } from '../servers.ts';
import { messageOf, StackError } from '../stack-error.ts';
import { prepareElasticsearch } from './elasticsearch.ts';
import { prepareMongod } from './mongod.ts';
import { prepareNatsServer } from './nats-server.ts';
import type { Plan, StartContext } from './plan.ts';

export type Started = { url: string; version: string; data: string; launched: Launched };

/** How long a server may take to end by itself before it is killed. */
export const stopDeadlineMs: Record<ServerName, number> = { mongodb: 10_000, nats: 5_000, elasticsearch: 15_000 };

/** One that does not serve yet has nothing to lose: Elasticsearch, asked to end while it starts, first finishes starting. */
const stopWhileStartingMs = 1_500;

/** How often a slow start says that it is still at it. */
const wordEveryMs = 10_000;

const prepare: Record<ServerName, (context: StartContext) => Promise<Plan>> = {
  mongodb: prepareMongod,
  nats: prepareNatsServer,
  elasticsearch: prepareElasticsearch,
};

/** Fetches a server if need be, starts it and waits until it serves. When it does not, nothing of it is left running. */
export async function startEmbedded(name: ServerName, context: StartContext): Promise<Started> {
  const plan = await prepare[name](context);
  context.signal?.throwIfAborted();
  const startedAt = performance.now();
  const launched = await launchOrExplain(name, plan);
  context.guard.watch(launched.process, stopWhileStartingMs);
  try {
    await untilReady(name, plan, { launched, context });
  } catch (error) {
    await stopProcess(launched.process, stopWhileStartingMs);
    context.guard.forget(launched.process);
    throw error;
  }
  context.guard.watch(launched.process, stopDeadlineMs[name]);
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  context.report(
    `${name}: embedded ${plan.version} at ${plan.url}, up in ${seconds} s, data in ${plan.launch.marker} (not for production)`,
  );
  return { url: plan.url, version: plan.version, data: plan.launch.marker, launched };
}

async function launchOrExplain(name: ServerName, plan: Plan): Promise<Launched> {
  try {
    return await launch(plan.launch);
  } catch (error) {
    throw new StackError(`${plan.launch.command} could not be started: ${messageOf(error)}`, {
      server: name,
      cause: error,
    });
  }
}

async function untilReady(
  name: ServerName,
  plan: Plan,
  { launched, context }: { launched: Launched; context: StartContext },
): Promise<void> {
  const { child, log } = launched;
  const startedAt = performance.now();
  let nextWordMs = wordEveryMs;
  let lastFault = 'it did not answer';
  while (true) {
    context.signal?.throwIfAborted();
    if (child.exitCode !== null || child.signalCode !== null) {
      throw failed(name, `ended while it was starting (${child.signalCode ?? `exit code ${child.exitCode}`})`, log);
    }
    const elapsedMs = performance.now() - startedAt;
    if (elapsedMs > plan.readyMs)
      throw failed(name, `was not ready within ${plan.readyMs / 1000} s: ${lastFault}`, log);
    if (elapsedMs > nextWordMs) {
      context.report(`${name}: starting for ${Math.round(elapsedMs / 1000)} s`);
      nextWordMs += wordEveryMs;
    }
    try {
      if (await plan.isReady()) return;
    } catch (error) {
      lastFault = messageOf(error);
    }
    await delay(50);
  }
}

function failed(name: ServerName, fault: string, log: string): StackError {
  const logTail = readableTail(log);
  return new StackError(`${name} ${fault}.`, {
    server: name,
    logTail,
    hint: hintFor(logTail) ?? `Its whole log: ${log}`,
  });
}

/** The one command for faults that many machines have. */
export function hintFor(lines: string[]): string | undefined {
  const text = lines.join('\n');
  const library = /loading shared libraries: (lib[\w.+-]+)/.exec(text)?.[1];
  if (library) return `Install ${library} (Debian, Ubuntu: apt-get install libcurl4 libssl3).`;
  if (/GLIBC_[\d.]+' not found/.test(text))
    return 'This MongoDB needs glibc 2.35 or newer (Debian 12, Ubuntu 22.04): give a running one in MONGO_URL.';
  if (/No space left on device/i.test(text)) return 'The disk is full: make room and start again.';
  return undefined;
}

/** Last lines of a log; mongod's JSON lines are shortened to what a person reads. */
export function readableTail(log: string): string[] {
  return lastLinesOf(log).map((line) => {
    if (!line.startsWith('{"t":')) return line;
    try {
      const { s, msg, attr } = JSON.parse(line) as { s: string; msg: string; attr?: { error?: unknown } };
      return `${s} ${msg}${attr?.error === undefined ? '' : `: ${JSON.stringify(attr.error)}`}`;
    } catch {
      return line;
    }
  });
}
