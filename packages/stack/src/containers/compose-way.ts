import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { allocatePorts, type Ports } from '../embedded/kept-ports.ts';
import { askTool } from '../embedded/tool.ts';
import { type Folders, makeFolder } from '../folders.ts';
import type { Undo } from '../guard.ts';
import { type Env, type ServerName, serverNames } from '../servers.ts';
import { messageOf, StackError } from '../stack-error.ts';
import type { StackOptions } from '../stack-options.ts';
import type { ContainerContext, ContainerWay, StartedContainer } from './container-way.ts';
import { hasCompose, lastLine, runDocker } from './docker.ts';

/** The keys of docker-compose.yml. */
const serviceOf: Record<ServerName, string> = { mongodb: 'mongo', nats: 'nats', elasticsearch: 'elasticsearch' };
const files = ['../../../../docker-compose.yml', './loopback.yml'].map((path) =>
  fileURLToPath(new URL(path, import.meta.url)),
);
/** The health checks give Elasticsearch three minutes. */
const upSeconds = 210;
const stopMs = 60_000;
const askMs = 10_000;

/** The three servers of docker-compose.yml without its services: a project and ports of its own for each clone, data in named volumes. */
export const composeWay: ContainerWay = {
  title: 'docker compose',
  isKept: true,
  async findFault(env) {
    return (await hasCompose(env)) ? undefined : 'docker compose is not on this machine';
  },
  async start(names, context) {
    const ports = await portsOf(names, context);
    const env = buildComposeEnv(context.env, ports);
    const project = projectOf(context.folders);
    watchOver(names, context, env);
    // What is missing was pulled before; here it would only be waited for.
    const args = ['up', '--detach', '--wait', '--wait-timeout', String(upSeconds), '--no-build', '--pull', 'never'];
    const { code, output } = await runDocker({
      args: [...composeArgs(project), ...args, ...names.map((name) => serviceOf[name])],
      env,
      guard: context.guard,
      signal: context.signal,
      deadlineMs: (upSeconds + 20) * 1000,
    });
    if (code !== 0) throw await explain(names, output, { project, env });
    const started = new Map<ServerName, StartedContainer>();
    for (const name of names) started.set(name, await describe(name, ports, { project, env }));
    return started;
  },
  async stop(names, { env, folders, guard }) {
    const project = projectOf(folders);
    const services = names.map((name) => serviceOf[name]);
    const args = [...composeArgs(project), 'rm', '--stop', '--force', ...services];
    const { code, output } = await runDocker({ args, env: buildComposeEnv(env), guard, deadlineMs: stopMs });
    for (const name of names) guard.forgetUndo(undoKey(project, name));
    if (code !== 0) throw new StackError(`The containers of ${project} could not be removed: ${lastLine(output)}`);
    // Refused while containers of this clone are left, which is right.
    await askTool('docker', ['network', 'rm', networkOf(project)], env, askMs);
  },
};

/** Removes every container of the clone's project, also those that no record names, and answers which servers they were. Volumes stay. */
export async function composeDown({ env, report }: StackOptions, folders: Folders): Promise<ServerName[]> {
  const project = projectOf(folders);
  const filter = `label=com.docker.compose.project=${project}`;
  const format = '{{.Label "com.docker.compose.service"}}';
  const listed = await askTool('docker', ['ps', '--all', '--filter', filter, '--format', format], env, askMs);
  if (listed.code !== 0) return [];
  const services = new Set(listed.output.split('\n'));
  const names = serverNames.filter((name) => services.has(serviceOf[name])).reverse();
  if (names.length === 0) {
    // A start that was killed may leave its network.
    await askTool('docker', ['network', 'rm', networkOf(project)], env, askMs);
    return [];
  }
  const { code, output } = await askTool('docker', [...composeArgs(project), 'down'], buildComposeEnv(env), stopMs);
  if (code !== 0) throw new StackError(`The containers of ${project} could not be removed: ${lastLine(output)}`);
  for (const name of names) report(`${name}: removed its container; data stays in volume ${volumeOf(project, name)}`);
  return names;
}

const networkOf = (project: string) => `${project}_default`;
const volumeOf = (project: string, name: ServerName) => `${project}_${serviceOf[name]}-data`;

type Project = { project: string; env: Env };

/** One project for each data folder, so that clones never meet. */
function projectOf({ data }: Pick<Folders, 'data'>): string {
  return `ortoo-${createHash('sha256').update(data).digest('hex').slice(0, 10)}`;
}

function composeArgs(project: string): string[] {
  return ['compose', '--project-name', project, ...files.flatMap((file) => ['--file', file])];
}

/** compose fills in the whole file, also what belongs to services that are not started. */
function buildComposeEnv(env: Env, ports?: Ports): Env {
  return {
    ...env,
    ORTOO_SECRET: 'no service is started here',
    STACK_MONGODB_PORT: String(ports?.mongodb.main ?? 0),
    STACK_NATS_PORT: String(ports?.nats.main ?? 0),
    STACK_ELASTICSEARCH_PORT: String(ports?.elasticsearch.main ?? 0),
  };
}

/** Kept apart from those of embedded servers, which may be running. */
function portsOf(names: readonly ServerName[], { folders, report }: ContainerContext): Promise<Ports> {
  const folder = join(folders.data, 'containers');
  makeFolder(folder, 0o700);
  return allocatePorts(folder, new Set(names), report);
}

const undoKey = (project: string, name: ServerName) => `${project} ${name}`;

function watchOver(names: readonly ServerName[], { guard, folders }: ContainerContext, env: Env): void {
  const project = projectOf(folders);
  for (const name of names) {
    const remove = [...composeArgs(project), 'rm', '--stop', '--force', serviceOf[name]];
    // The last one finds the network empty.
    const commands: Undo['commands'] = [
      ['docker', ...remove],
      ['docker', 'network', 'rm', networkOf(project)],
    ];
    guard.undoAtEnd({ key: undoKey(project, name), commands, env, deadlineMs: stopMs });
  }
}

async function describe(name: ServerName, ports: Ports, { project, env }: Project): Promise<StartedContainer> {
  const { output } = await askTool('docker', [...composeArgs(project), 'ps', '--quiet', serviceOf[name]], env, askMs);
  const port = ports[name].main;
  return { url: urlOf[name](port), container: lastLine(output), volume: volumeOf(project, name) };
}

/** The member of the set is named for the network of the containers; here only the one connection is meant. */
const urlOf: Record<ServerName, (port: number) => string> = {
  mongodb: (port) => `mongodb://127.0.0.1:${port}/?directConnection=true`,
  nats: (port) => `nats://127.0.0.1:${port}`,
  elasticsearch: (port) => `http://127.0.0.1:${port}`,
};

async function explain(names: readonly ServerName[], output: string, { project, env }: Project): Promise<StackError> {
  const services = names.map((name) => serviceOf[name]);
  const args = [...composeArgs(project), 'logs', '--no-color', '--tail', '8', ...services];
  const logs = await askTool('docker', args, env, askMs).catch((error: unknown) => ({ output: messageOf(error) }));
  return new StackError(
    `docker compose did not bring the servers up: ${lastLine(output) || 'it did not end in time'}`,
    {
      logTail: logs.output.split('\n').filter((line) => line.trim() !== ''),
    },
  );
}
