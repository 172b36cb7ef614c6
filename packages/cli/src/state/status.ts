import type { RunningServer, ServerName } from '@ortoo/stack';
import { maskUrl } from '../screen/mask-url.ts';
import { buildTable } from '../screen/table.ts';
import type { RunFile } from './run-file.ts';

type ServiceStatus = { pid: number; opsUrl: string };
type ServerStatus = { url: string; version: string; way: string; pid?: number; data?: string };

/** What `ortoo status --json` answers. `gateway` is null while it is down or only the servers are up. */
export type Status = {
  gateway: { url: string; pid: number; opsUrl: string } | null;
  services: Record<string, ServiceStatus>;
  servers: Partial<Record<ServerName, ServerStatus>>;
};

/** Builds the status from what `ortoo start` wrote down and, without one, from the servers that are up. Pure. */
export function buildStatus(run: RunFile | undefined, upServers: Partial<Record<ServerName, RunningServer>>): Status {
  const services: Record<string, ServiceStatus> = {};
  for (const [name, { pid, opsUrl }] of Object.entries(run?.services ?? {})) services[name] = { pid, opsUrl };
  const { gateway } = services;
  const servers: Status['servers'] = {};
  for (const server of Object.values({ ...upServers, ...run?.servers })) servers[server.name] = pickServer(server);
  return { gateway: run && gateway ? { url: run.url, ...gateway } : null, services, servers };
}

function pickServer({ url, version, way, pid, data }: RunningServer): ServerStatus {
  return { url, version, way, ...(pid === undefined ? {} : { pid }), ...(data === undefined ? {} : { data }) };
}

export function isAnythingUp({ services, servers }: Status): boolean {
  return Object.keys(services).length > 0 || Object.keys(servers).length > 0;
}

/** What `ortoo status` shows people: where each part is and, of servers of ours, where its data lies. Pure. */
export function describeStatus({ gateway, services, servers }: Status, state: string | undefined): string {
  const rows = [
    ...Object.entries(services).map(([name, { pid, opsUrl }]) => [
      name,
      name === 'gateway' ? (gateway?.url ?? '') : '',
      `ops ${opsUrl}`,
      `pid ${pid}`,
    ]),
    ...Object.entries(servers).map(([name, { url, version, way, pid, data }]) => [
      name,
      maskUrl(url),
      `${version}, ${way}`,
      pid === undefined ? '' : `pid ${pid}`,
      data === undefined ? '' : `data ${data}`,
    ]),
  ];
  const head = gateway === null ? 'The gateway does not run.' : `Ortoo is ${state ?? 'up'}: ${gateway.url}`;
  return `${head}\n${buildTable(rows)}`;
}
