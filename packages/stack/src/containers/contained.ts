import type { ExitDetail, RunningServer, ServerName, Servers } from '../servers.ts';
import { StackError } from '../stack-error.ts';
import { type ContainerRecord, changeRecord, entriesOf, isAbandoned, readLivingRecord } from './container-record.ts';
import { type ContainedOptions, startContainers } from './start-containers.ts';
import { watchContainer } from './watch-container.ts';

type Tell = (name: ServerName, detail: ExitDetail) => void;

/** The servers of a stack that run in containers. */
export type Contained = {
  servers: Partial<Servers>;
  /** Those of them that were started here, and are stopped by `stop`. */
  fresh: ReadonlySet<ServerName>;
  /** Tells of each that ends without being asked to. */
  watch(tell: Tell): void;
  /** Starts one again on its data. The caller holds its lock. */
  restart(name: ServerName): Promise<RunningServer>;
  stop(): Promise<void>;
};

/**
 * Joins the containers of this clone that run already and starts the others whose image is here or can be pulled. What
 * is left over is told, and is not in `servers`. The caller holds the locks of those servers.
 */
export async function bringUpContained(names: readonly ServerName[], options: ContainedOptions): Promise<Contained> {
  const servers: Partial<Servers> = {};
  for (const server of await joinContainers(names, options)) servers[server.name] = server;
  const missing = names.filter((name) => !servers[name]);
  const fresh = missing.length === 0 ? [] : await startContainers(missing, options);
  for (const server of fresh) servers[server.name] = server;
  return supervise(servers, new Set(fresh.map(({ name }) => name)), options);
}

/** None: when all servers are come by in other ways. */
export const noContainers: Contained = {
  servers: {},
  fresh: new Set(),
  watch: () => undefined,
  restart: (name) => Promise.reject(new StackError(`${name} is in no container.`, { server: name })),
  stop: async () => undefined,
};

function supervise(servers: Partial<Servers>, fresh: Set<ServerName>, options: ContainedOptions): Contained {
  const { way, context } = options;
  const watches = new Map<ServerName, () => void>();
  let tell: Tell | undefined;
  const watchOne = (name: ServerName) => {
    const id = servers[name]?.container;
    const onExit = tell;
    if (id && onExit)
      watches.set(
        name,
        watchContainer(id, context.env, (detail) => onExit(name, detail)),
      );
  };
  return {
    servers,
    fresh,
    watch(teller) {
      tell = teller;
      for (const { name } of Object.values(servers)) watchOne(name);
    },
    async restart(name) {
      const server = (await joinContainers([name], options))[0] ?? (await startAgain(name, fresh.has(name), options));
      servers[name] = server;
      watchOne(name);
      return server;
    },
    async stop() {
      for (const unwatch of watches.values()) unwatch();
      if (fresh.size === 0) return;
      const mine = [...fresh];
      fresh.clear();
      await way.stop(mine, { ...context, signal: undefined });
      if (way.isKept) await changeRecord(context, removalOf(mine));
    },
  };
}

/** One that was not started here stays when this process ends, as before. */
async function startAgain(name: ServerName, isMine: boolean, options: ContainedOptions): Promise<RunningServer> {
  const { guard } = options.context;
  const asBefore = isMine
    ? options
    : {
        ...options,
        owner: undefined,
        context: { ...options.context, guard: { ...guard, undoAtEnd: () => undefined } },
      };
  const [server] = await startContainers([name], { ...asBefore, isForced: true });
  if (!server) throw new StackError(`${name} was not started.`, { server: name });
  return server;
}

async function joinContainers(
  names: readonly ServerName[],
  { way, context }: ContainedOptions,
): Promise<RunningServer[]> {
  const { env, folders, report } = context;
  const { record, stale } = await readLivingRecord(folders.data, env);
  for (const line of stale) report(line);
  const mine = entriesOf(record).filter(({ name }) => names.includes(name));
  const abandoned = mine.filter(isAbandoned).map(({ name }) => name);
  if (abandoned.length > 0 && way.isKept) {
    report(`${abandoned.join(', ')}: containers were left by a start that is gone; stopping them`);
    await way.stop(abandoned, context);
  }
  return mine
    .filter((entry) => !isAbandoned(entry))
    .map(({ owner: _, ...server }) => {
      report(`${server.name}: ${server.version} is already up in a container at ${server.url}`);
      return server;
    });
}

export function removalOf(names: readonly ServerName[]): ContainerRecord {
  const record: ContainerRecord = {};
  for (const name of names) record[name] = undefined;
  return record;
}
