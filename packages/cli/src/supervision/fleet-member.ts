import { join } from 'node:path';
import { messageOf } from '../cli-error.ts';
import { errorLevel, type LogLine, parseLogLine, warningLevel } from './log-line.ts';
import { waitUntilReady } from './readiness.ts';
import { createRestarter, type Restarter } from './restarter.ts';
import { createServiceLog } from './service-log.ts';
import { createServiceProcess, type Death, type ServiceProcess, type ServiceSpec } from './service-process.ts';
import { createLineGate } from './terminal-lines.ts';

const backDeadlineMs = 60_000;
const crashLines = 6;

export type MemberOptions = {
  projectDir: string;
  logsDir: string;
  /** Shows a line at once: a warning of a service, a death, a return. */
  say: (line: string) => void;
  /** A process was started or ended: what runs has changed. */
  onChange: () => void;
  /** One process died too often. Called at most once for each. */
  giveUp: (name: string, death: Death, lastLines: string[]) => void;
};

export type FleetMember = {
  service: ServiceProcess;
  restarter: Restarter;
  /** The start of the fleet is over: from now on warnings are shown too. */
  noteStarted(): void;
};

/**
 * One service of the fleet, with what brings it back. All start at the same time, so that each warns that the others are
 * not there yet: until the start is over, only errors are shown. Its log has everything.
 */
export function createMember(spec: ServiceSpec, options: MemberOptions, stopping: AbortSignal): FleetMember {
  const { projectDir, logsDir, say, onChange, giveUp } = options;
  const log = createServiceLog(join(logsDir, `${spec.name}.log`));
  const show = createLineGate({ show: (text) => say(`${spec.name} ${text}`), logPath: log.path });
  let shownFrom = errorLevel;
  const service: ServiceProcess = createServiceProcess({
    spec,
    cwd: projectDir,
    log,
    onLine(line) {
      const { level, text } = parseLogLine(line);
      if (level >= shownFrom) show(text);
    },
    onDeath(death) {
      onChange();
      const lines = log.lastLines().map(parseLogLine);
      for (const text of pickUnseen(lines, shownFrom)) say(`${spec.name} ${text}`);
      restarter.noteDeath(death);
    },
  });
  const restarter = createRestarter({
    name: spec.name,
    say,
    giveUp: (death) => giveUp(spec.name, death, log.lastLines()),
    async startAgain() {
      service.start();
      onChange();
      void sayWhenBack(spec, say, stopping).catch((error: unknown) => say(`${spec.name}: ${messageOf(error)}`));
    },
  });
  return {
    service,
    restarter,
    noteStarted() {
      shownFrom = warningLevel;
    },
  };
}

/** Of a dead service's last lines those that may say why and were not shown: what a crash printed, held back warnings. */
function pickUnseen(lines: LogLine[], shownFrom: number): string[] {
  return lines
    .filter(({ level, text }) => (level === 0 ? isTelling(text) : level >= warningLevel && level < shownFrom))
    .map(({ text }) => text)
    .slice(-crashLines);
}

/** Frames of a stack and the frame around it say little on a terminal; the log has them. */
function isTelling(text: string): boolean {
  return /\w/.test(text) && !/^\s+at |^node:internal|^Node\.js v/.test(text);
}

async function sayWhenBack(spec: ServiceSpec, say: (line: string) => void, signal: AbortSignal): Promise<void> {
  const why = await waitUntilReady(spec.opsUrl, { deadlineMs: backDeadlineMs, signal });
  if (signal.aborted) return;
  say(why === null ? `${spec.name} is back` : `${spec.name} was started again but is not ready: ${why}`);
}
