import type { RunningServer, ServerName } from '@ortoo/stack';
import type { RunClaim, RunFile, RunningService } from '../state/run-file.ts';
import type { ServiceProcess } from '../supervision/service-process.ts';

/** What `run.json` says, kept true while processes come and go. */
export type RunRecord = {
  setServers(servers: Partial<Record<ServerName, RunningServer>>): void;
  setServices(services: ServiceProcess[]): void;
  setState(state: RunFile['state']): void;
  /** Writes down who runs now. */
  refresh: () => void;
};

export function createRunRecord(claim: RunClaim, first: RunFile, onFault: (error: unknown) => void): RunRecord {
  let file = first;
  let services: ServiceProcess[] = [];

  function write(change: Partial<RunFile>): void {
    file = { ...file, ...change, services: listRunning(services) };
    try {
      claim.update(file);
    } catch (error) {
      onFault(error);
    }
  }

  return {
    setServers: (servers) => write({ servers }),
    setServices(started) {
      services = started;
      write({});
    },
    setState: (state) => write({ state }),
    refresh: () => write({}),
  };
}

function listRunning(services: ServiceProcess[]): Record<string, RunningService> {
  const running: Record<string, RunningService> = {};
  for (const { spec, mark } of services) {
    const found = mark();
    if (found) running[spec.name] = { ...found, opsUrl: spec.opsUrl };
  }
  return running;
}
