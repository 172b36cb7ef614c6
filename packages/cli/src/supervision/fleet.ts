import { type DrainLimits, drain } from './drain.ts';
import { createMember, type MemberOptions } from './fleet-member.ts';
import { waitUntilReady } from './readiness.ts';
import type { ServiceProcess, ServiceSpec } from './service-process.ts';

export type FleetOptions = MemberOptions & {
  /** In the order of starting; they are drained in reverse. */
  specs: ServiceSpec[];
};

/** The services as one thing: started together, kept running, drained in reverse order. */
export type Fleet = {
  services: ServiceProcess[];
  start(): void;
  /** Waits for every `/readyz`. Answers null, or a sentence that names those that are not ready. */
  waitUntilReady(options: {
    deadlineMs: number;
    signal: AbortSignal;
    report: (line: string) => void;
  }): Promise<string | null>;
  /** Ends all and brings none back. Answers the names of those that had to be killed. */
  stop(hurry: AbortSignal, limits?: DrainLimits): Promise<string[]>;
};

/** While services are waited for, a line says for which and why this often. */
const sayWaitingMs = 5_000;

export function createFleet(options: FleetOptions): Fleet {
  const stopping = new AbortController();
  const members = options.specs.map((spec) => createMember(spec, options, stopping.signal));
  return {
    services: members.map(({ service }) => service),
    start() {
      for (const { service } of members) service.start();
      options.onChange();
    },
    async waitUntilReady({ deadlineMs, signal, report }) {
      const waiting = new Map<string, string>();
      const ticker = setInterval(() => {
        if (waiting.size > 0) report(`waiting for ${listWaiting(waiting)}`);
      }, sayWaitingMs);
      const limits = { deadlineMs, signal: AbortSignal.any([signal, stopping.signal]) };
      await Promise.all(
        members.map(async (member) => {
          const { name, opsUrl } = member.service.spec;
          const why = await waitUntilReady(opsUrl, { ...limits, onWait: (reason) => waiting.set(name, reason) });
          if (why !== null) return;
          waiting.delete(name);
          report(`${name} is ready`);
        }),
      );
      clearInterval(ticker);
      for (const member of members) member.noteStarted();
      if (waiting.size === 0) return null;
      return `Not ready after ${Math.round(deadlineMs / 1000)} s: ${listWaiting(waiting)}.`;
    },
    stop(hurry, limits) {
      stopping.abort();
      for (const { restarter } of members) restarter.cancel();
      return drain(members.map(({ service }) => service).reverse(), hurry, limits);
    },
  };
}

function listWaiting(waiting: ReadonlyMap<string, string>): string {
  return [...waiting].map(([name, why]) => `${name} (${why})`).join(', ');
}
