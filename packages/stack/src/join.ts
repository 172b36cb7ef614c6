import { setTimeout as delay } from 'node:timers/promises';
import { stopDeadlineMs } from './embedded/start.ts';
import { probeElasticsearch, probeMongo, probeNats } from './probes.ts';
import { stopProcess } from './server-process.ts';
import type { Report, RunningServer, ServerName } from './servers.ts';
import { messageOf, StackError } from './stack-error.ts';
import { isOrphan, readState, type State, type StateEntry } from './state-file.ts';

const answerMs = 15_000;

/**
 * What the state file says of some servers, whose locks the caller holds. Tells of stale entries, and ends those of the
 * servers that nobody looks after.
 */
export async function readLivingState(dataDir: string, names: readonly ServerName[], report: Report): Promise<State> {
  const { state: all, stale } = readState(dataDir);
  for (const line of stale) report(line);
  const state: State = {};
  for (const name of names) {
    const entry = all[name];
    if (!entry) continue;
    if (!isOrphan(entry)) {
      state[name] = entry;
      continue;
    }
    report(`${name}: process ${entry.pid} was left by a start that is gone; stopping it`);
    await stopProcess({ ...entry, marker: entry.data }, stopDeadlineMs[name]);
  }
  return state;
}

/** Makes sure that a server of the state file answers before anyone builds on it. */
export async function joinServer(entry: StateEntry, report: Report): Promise<RunningServer> {
  const until = performance.now() + answerMs;
  while (true) {
    try {
      await probes[entry.name](entry.url);
      report(
        `${entry.name}: embedded ${entry.version} is already up at ${entry.url}, data in ${entry.data} (not for production)`,
      );
      return serverOf(entry);
    } catch (error) {
      if (performance.now() > until) {
        throw new StackError(
          `${entry.name} (process ${entry.pid}) runs but does not answer at ${entry.url}: ${messageOf(error)}`,
          {
            server: entry.name,
            hint: 'Run `npx ortoo stack down` and start again.',
            cause: error,
          },
        );
      }
      await delay(200);
    }
  }
}

const probes: Record<ServerName, (url: string) => Promise<unknown>> = {
  mongodb: (url) => probeMongo(url, { isDirect: false, timeoutMs: 5_000 }),
  nats: (url) => probeNats(url, 5_000),
  elasticsearch: (url) => probeElasticsearch(url, 5_000),
};

/** What callers may know of an entry. */
export function serverOf({ name, url, version, way, pid, startedAt, data, log }: StateEntry): RunningServer {
  return { name, url, version, way, pid, startedAt, data, log };
}
