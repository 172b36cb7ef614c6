import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cannotWrite } from '../folders.ts';
import { basePortOf, describePortHolder, findFreePort, isPortFree } from '../ports.ts';
import { type Report, type ServerName, serverNames } from '../servers.ts';

/** Two ports per server: where it serves, and where it is monitored (nats) or talks to its own kind (elasticsearch). */
export type Ports = Record<ServerName, { main: number; second: number }>;

/**
 * The ports of a clone's servers, the same ones at each start, since the replica set and open clients remember them.
 * A port that someone else took meanwhile is replaced by a free one, with a line naming who holds it.
 * Only servers in `starting` are looked at: the others may be running on theirs.
 */
export async function allocatePorts(
  dataDir: string,
  starting: ReadonlySet<ServerName>,
  report: Report,
): Promise<Ports> {
  const kept = readKept(dataDir);
  const taken = new Set(Object.values(kept).flatMap(({ main, second }) => [main, second]));
  const base = basePortOf(dataDir);
  const choose = async (name: ServerName, port: number | undefined): Promise<number> => {
    if (port !== undefined && (!starting.has(name) || (await isPortFree(port)))) return port;
    const chosen = await findFreePort(base, taken);
    taken.add(chosen);
    if (port !== undefined)
      report(`${name}: port ${port} is held by ${describePortHolder(port)}; taking ${chosen} instead`);
    return chosen;
  };
  const ports: Partial<Ports> = {};
  for (const name of serverNames) {
    ports[name] = { main: await choose(name, kept[name]?.main), second: await choose(name, kept[name]?.second) };
  }
  writeKept(dataDir, ports as Ports);
  return ports as Ports;
}

const fileOf = (dataDir: string) => join(dataDir, 'ports.json');

function readKept(dataDir: string): Partial<Ports> {
  try {
    return JSON.parse(readFileSync(fileOf(dataDir), 'utf8')) as Partial<Ports>;
  } catch {
    return {};
  }
}

function writeKept(dataDir: string, ports: Ports): void {
  try {
    writeFileSync(fileOf(dataDir), `${JSON.stringify(ports)}\n`);
  } catch (error) {
    throw cannotWrite(dataDir, error);
  }
}
