import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { mongo } from 'mongoose';
import { makeFolder } from '../folders.ts';
import { withMongo } from '../probes.ts';
import { StackError } from '../stack-error.ts';
import { ensureCached } from './cache.ts';
import { pins } from './pins.ts';
import type { Plan, StartContext } from './plan.ts';

const setName = 'rs0';
const alreadyInitialized = 23;

/** mongod as a replica set of one, which transactions, change streams and majority reads need. */
export async function prepareMongod(context: StartContext): Promise<Plan> {
  requireAvx();
  const home = await ensureCached(context.folders.cache, 'mongodb', context);
  const data = context.folders.servers.mongodb;
  makeFolder(join(data, 'db'), 0o700);
  const port = context.ports.mongodb.main;
  const address = `127.0.0.1:${port}`;
  return {
    version: pins.mongodb.version,
    url: `mongodb://${address}/?replicaSet=${setName}`,
    launch: {
      command: join(home, 'mongod'),
      args: [
        ...['--dbpath', join(data, 'db'), '--port', String(port), '--bind_ip', '127.0.0.1', '--replSet', setName],
        ...['--wiredTigerCacheSizeGB', '0.25', '--nounixsocket', '--quiet'],
      ],
      env: { PATH: '/usr/bin:/bin', LC_ALL: 'C' },
      cwd: data,
      log: join(context.folders.logs, 'mongodb.log'),
      marker: data,
    },
    isReady: () => settleReplicaSet(address, context),
    readyMs: 60_000,
  };
}

/** Brings the set of one to a writable primary under this very address. Answers false while that takes time. */
async function settleReplicaSet(address: string, { report }: StartContext): Promise<boolean> {
  return withMongo(`mongodb://${address}/`, { isDirect: true, timeoutMs: 2_000 }, async (admin) => {
    const hello = await admin.command({ hello: 1 });
    if (hello.isWritablePrimary === true) return true;
    if (hello.setName === undefined && hello.info !== undefined) await initiate(admin, address);
    await correctAddress(admin, address, report);
    return false;
  });
}

async function initiate(admin: mongo.Db, address: string): Promise<void> {
  const config = { _id: setName, members: [{ _id: 0, host: address }] };
  try {
    await admin.command({ replSetInitiate: config });
  } catch (error) {
    if ((error as { code?: unknown }).code !== alreadyInitialized) throw error;
  }
}

type SetConfig = { version: number; members: { host: string }[] };

/** The set remembers host:port. When the port had to change, the member is renamed: forced, since no member is up under the old name. */
async function correctAddress(admin: mongo.Db, address: string, report: StartContext['report']): Promise<void> {
  const { config } = (await admin.command({ replSetGetConfig: 1 })) as unknown as { config: SetConfig };
  const [member] = config.members;
  if (!member || member.host === address) return;
  report(`mongodb: the replica set knew itself as ${member.host}; it is now ${address}`);
  const next = { ...config, version: config.version + 1, members: [{ ...member, host: address }] };
  await admin.command({ replSetReconfig: next, force: true });
}

/** MongoDB since 5.0 is built for processors with AVX and dies with SIGILL on others. */
function requireAvx(): void {
  let processors: string;
  try {
    processors = readFileSync('/proc/cpuinfo', 'utf8');
  } catch {
    return;
  }
  if (/^flags\s*:.*\bavx\b/m.test(processors) || !/^flags\s*:/m.test(processors)) return;
  throw new StackError('MongoDB needs a processor with AVX, and this one has none.', {
    server: 'mongodb',
    hint: 'Give a MongoDB that runs elsewhere in MONGO_URL.',
  });
}
