import { isProcessAlive, startTicksOf } from '@ortoo/stack';
import { CliError } from '../cli-error.ts';
import type { CliConfig } from '../config.ts';
import { buildUrl, requirePort } from '../ports.ts';
import type { ProjectPaths } from '../project.ts';
import type { Screen } from '../screen/screen.ts';
import { readAdminKey } from '../state/admin-key.ts';
import { claimRun, type RunFile } from '../state/run-file.ts';
import { createFleet, type Fleet } from '../supervision/fleet.ts';
import { whenAborted } from '../supervision/when-aborted.ts';
import { fillEmptyStore } from './fill-empty-store.ts';
import { createHalt, type Halt } from './halt.ts';
import { clearLeftBehind } from './left-behind.ts';
import { createRunRecord, type RunRecord } from './run-record.ts';
import { openSupervisedStack, type SupervisedStack } from './servers.ts';
import { planServices } from './service-specs.ts';
import { buildSummary } from './summary.ts';

/** Seconds on an idle machine; the rest is for one that is busy, where a progress line says who is waited for. */
const readyDeadlineMs = 120_000;

export type StartContext = { config: CliConfig; paths: ProjectPaths; screen: Screen };

/**
 * Starts everything and stays until asked to stop. What was started is stopped again however this ends, in reverse
 * order. Answers the exit code: 0 when it was asked to stop and did so in order.
 */
export async function start(context: StartContext): Promise<number> {
  const { config, paths, screen } = context;
  const halt = createHalt(screen);
  try {
    const first = buildFirstRecord(buildUrl(config.host, config.port));
    const claim = claimRun(paths.runFile, first, isProcessAlive);
    try {
      await clearLeftBehind(claim.leftBehind, screen.line, halt.signal);
      const port = await requirePort(config.port, config.host);
      const url = buildUrl(config.host, port);
      const record = createRunRecord(claim, { ...first, url }, () =>
        screen.warn(`${paths.runFile} cannot be written.`),
      );
      return await runOnServers(context, { halt, record, port, url });
    } finally {
      claim.release();
    }
  } catch (error) {
    if (!halt.signal.aborted || halt.hasGivenUp()) throw error;
    screen.line('Stopped before everything was up.');
    return 0;
  } finally {
    halt.close();
  }
}

function buildFirstRecord(url: string): RunFile {
  const supervisor = { pid: process.pid, startedAt: startTicksOf(process.pid) ?? 0 };
  return { format: 1, state: 'starting', supervisor, url, services: {}, servers: {} };
}

type Run = { halt: Halt; record: RunRecord; port: number; url: string };

async function runOnServers(context: StartContext, run: Run): Promise<number> {
  const { screen } = context;
  const servers = await openSupervisedStack({
    ...context,
    halt: run.halt,
    onChange: ({ servers: now }) => run.record.setServers(now),
  });
  try {
    return await runServices(context, run, servers);
  } finally {
    await servers.stop();
    screen.line(servers.stack.isOurs ? 'Stopped.' : 'Stopped; the servers were running before and still are.');
  }
}

async function runServices(context: StartContext, run: Run, { stack }: SupervisedStack): Promise<number> {
  const { config, paths, screen } = context;
  const { halt, record, port, url } = run;
  const hadKey = readAdminKey(paths.adminKeyFile) !== undefined;
  const fleet = createFleet({
    projectDir: paths.projectDir,
    logsDir: paths.logsDir,
    specs: await planServices({ config, paths, servers: stack.servers, port }),
    say: screen.warn,
    onChange: record.refresh,
    giveUp: halt.giveUp,
  });
  try {
    record.setServices(fleet.services);
    await startFleet(fleet, context, halt);
    if (!halt.signal.aborted) {
      record.setState('ready');
      await fillEmptyStore({ config, paths, screen, url, signal: halt.signal });
    }
    if (!halt.signal.aborted) {
      const key = readAdminKey(paths.adminKeyFile);
      const services = fleet.services.map(({ spec }) => ({ name: spec.name, opsUrl: spec.opsUrl }));
      const adminKey = key === undefined ? undefined : { isNew: !hadKey, value: key };
      const lines = buildSummary({
        ...paths,
        url,
        publicUrl: config.env.PUBLIC_URL,
        services,
        servers: stack.servers,
        adminKey,
      });
      for (const line of lines) screen.line(line);
    }
    await whenAborted(halt.signal);
  } finally {
    record.setState('stopping');
    const killed = await fleet.stop(halt.hurry);
    if (killed.length > 0) screen.warn(`Had to be killed: ${killed.join(', ')}.`);
  }
  return halt.hasGivenUp() ? 1 : 0;
}

async function startFleet(fleet: Fleet, { screen, paths: { logsDir } }: StartContext, halt: Halt): Promise<void> {
  await screen.step(
    'Services',
    async (report) => {
      fleet.start();
      const late = await fleet.waitUntilReady({ deadlineMs: readyDeadlineMs, signal: halt.signal, report });
      if (late !== null && !halt.signal.aborted) throw new CliError(late, `Their logs lie in ${logsDir}.`);
    },
    () =>
      halt.signal.aborted
        ? 'Services: interrupted'
        : `Services: ${fleet.services.map(({ spec }) => spec.name).join(', ')} are ready`,
  );
}
