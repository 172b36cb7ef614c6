import autocannon from 'autocannon';
import { cpuMs, type Measured } from './processes.ts';

/** What is asked, of whom, and which processes do the work. */
export type Target = {
  name: string;
  url: string;
  method?: 'GET' | 'POST';
  headers?: Record<string, string>;
  /** `[<id>]` in it is replaced by a new id for each request. */
  body?: string;
  /** Instead of one request, these in turns, by their paths. */
  requests?: { method: 'GET' | 'POST'; path: string; headers?: Record<string, string>; body?: string }[];
  processes: Measured[];
};

/** One stretch of load. `cpuUs`: processor microseconds per request of each process. */
export type Stretch = { perSecond: number; p50Ms: number; p99Ms: number; cpuUs: Record<string, number> };

/** Puts `connections` clients on a target for `seconds`. Throws when an answer was not a success: it would be measured as speed. */
export async function load(
  target: Target,
  { connections, seconds }: { connections: number; seconds: number },
): Promise<Stretch> {
  const before = target.processes.map(({ pid }) => cpuMs(pid));
  const result = await autocannon({
    url: target.url,
    method: target.method ?? 'GET',
    connections,
    duration: seconds,
    timeout: 30,
    ...(target.headers ? { headers: target.headers } : {}),
    ...(target.body === undefined ? {} : { body: target.body, idReplacement: true }),
    ...(target.requests ? { requests: target.requests } : {}),
  });
  const done = result['2xx'];
  if (done === 0 || result.non2xx > 0 || result.errors > 0) {
    throw new Error(
      `${target.name}: ${done} answers were a success, ${result.non2xx} were not, ${result.errors} failed.`,
    );
  }
  const cpuUs = target.processes.map(
    ({ name, pid }, index) => [name, Math.round(((cpuMs(pid) - (before[index] ?? 0)) * 1000) / done)] as const,
  );
  return {
    perSecond: Math.round(done / result.duration),
    p50Ms: result.latency.p50,
    p99Ms: result.latency.p99,
    cpuUs: Object.fromEntries(cpuUs),
  };
}
