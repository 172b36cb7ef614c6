import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Folders } from '../folders.ts';
import { probeElasticsearch, probeMongo, probeNats } from '../probes.ts';
import type { RunningServer, ServerName } from '../servers.ts';
import { messageOf, StackError } from '../stack-error.ts';
import type { Owner } from '../state-file.ts';
import { type ContainerEntry, type ContainerRecord, changeRecord } from './container-record.ts';
import type { ContainerContext, ContainerWay, StartedContainer } from './container-way.ts';
import { findEngine } from './docker.ts';
import { images } from './images.ts';
import { obtainImage } from './obtain-image.ts';

const answerMs = 10_000;
const wordEveryMs = 10_000;

export type ContainedOptions = {
  way: ContainerWay;
  context: ContainerContext;
  /** The process with which they end; undefined when they are to stay. */
  owner: Owner | undefined;
  /** ORTOO_STACK=containers: what keeps a server out of a container is an error then, not a reason for the next way. */
  isForced: boolean;
};

/** Starts those whose image is here or can be pulled, and tells of the others why not; forced, that is an error. */
export async function startContainers(
  names: readonly ServerName[],
  options: ContainedOptions,
): Promise<ContainerEntry[]> {
  const startable = await findStartable(names, options);
  return startable.length === 0 ? [] : startObtained(startable, options);
}

async function findStartable(names: readonly ServerName[], options: ContainedOptions): Promise<ServerName[]> {
  const { way, context } = options;
  const engine = await findEngine(context.env);
  const fault = 'fault' in engine ? engine.fault : await way.findFault(context.env);
  if (fault !== undefined) return giveUp(names, `no containers: ${fault}`, options);
  const found = await Promise.all(names.map(async (name) => ({ name, why: await obtainImage(images[name], context) })));
  return found.flatMap(({ name, why }) =>
    why === undefined ? name : giveUp([name], `image ${images[name]} cannot be had: ${why}`, options),
  );
}

function giveUp(names: readonly ServerName[], why: string, { isForced, context }: ContainedOptions): ServerName[] {
  const sentence = `${names.join(', ')}: ${why.replace(/\.$/, '')}`;
  if (!isForced) {
    context.report(`${sentence}; looking for another way`);
    return [];
  }
  throw new StackError(`ORTOO_STACK=containers, but ${sentence}.`, {
    server: names[0],
    hint: 'Start Docker, or pull the image by hand, or unset ORTOO_STACK to let the next way be taken.',
  });
}

async function startObtained(names: readonly ServerName[], options: ContainedOptions): Promise<ContainerEntry[]> {
  const { way, context, owner, isForced } = options;
  const { report, folders } = context;
  const since = performance.now();
  const elapsed = () => `${((performance.now() - since) / 1000).toFixed(1)} s`;
  const ticker = setInterval(
    () => report(`${names.join(', ')}: starting by ${way.title} for ${elapsed()}`),
    wordEveryMs,
  );
  try {
    const started = await way.start(names, context);
    const entries = await Promise.all([...started].map(([name, one]) => describe(name, one)));
    const record: ContainerRecord = {};
    for (const entry of entries) record[entry.name] = owner ? { ...entry, owner } : entry;
    if (way.isKept) await changeRecord(context, record);
    for (const entry of entries) report(`${tellStarted(entry)}, up in ${elapsed()}`);
    if (way.isKept) for (const line of tellLeftData(names, folders)) report(line);
    return entries;
  } catch (error) {
    await way.stop(names, { ...context, signal: undefined }).catch(() => {});
    if (isForced || context.signal?.aborted) throw error;
    report(`${names.join(', ')}: ${messageOf(error)}; looking for another way`);
    return [];
  } finally {
    clearInterval(ticker);
  }
}

async function describe(name: ServerName, { url, container, volume }: StartedContainer): Promise<ContainerEntry> {
  const version = await versionOf[name](url);
  const data = volume === undefined ? {} : { data: `volume ${volume}` };
  return { name, url, version, way: 'containers', container, ...data };
}

const versionOf: Record<ServerName, (url: string) => Promise<string>> = {
  mongodb: async (url) => (await probeMongo(url, { isDirect: true, timeoutMs: answerMs })).version,
  nats: async (url) => (await probeNats(url, answerMs)).version,
  elasticsearch: async (url) => (await probeElasticsearch(url, answerMs)).version,
};

function tellStarted({ name, version, url, container, data }: RunningServer & ContainerEntry): string {
  const where = data === undefined ? 'its data goes with it' : `data in ${data}`;
  return `${name}: ${version} at ${url}, container ${container.slice(0, 12)} of ${images[name]}, ${where}`;
}

/** Whoever used embedded servers before would miss what is in them. */
function tellLeftData(names: readonly ServerName[], { servers }: Folders): string[] {
  if (!names.includes('mongodb') || !existsSync(join(servers.mongodb, 'db'))) return [];
  return [`mongodb: an embedded server left data in ${servers.mongodb}; ORTOO_STACK=embedded uses it`];
}
