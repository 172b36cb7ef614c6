import type { RunningServer, ServerName, StackOptions } from '@ortoo/stack';
import { maskUrl } from '../screen/mask-url.ts';
import type { VerbContext } from './verb.ts';

/** What the servers of this clone are found and started with. */
export function stackOptions({ config, paths }: VerbContext, report: (line: string) => void): StackOptions {
  return { projectDir: paths.projectDir, env: config.env, report };
}

/** One row a server for a table. */
export function listServers(servers: Partial<Record<ServerName, RunningServer>>): string[][] {
  return Object.values(servers).map(({ name, url, version, way, pid }) => [
    name,
    maskUrl(url),
    version,
    way,
    pid === undefined ? '' : `pid ${pid}`,
  ]);
}
