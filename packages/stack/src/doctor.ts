import { join } from 'node:path';
import { foldersOf } from './bring-up.ts';
import { describeEngine, type Engine, examineContainer, examineEngine } from './containers/examine-containers.ts';
import { isCached, requirePlatform } from './embedded/cache.ts';
import { findClient } from './embedded/fetch.ts';
import { examineEmbeddedNeeds, type Finding } from './embedded/needs.ts';
import { cachedFolderName, megabytes, pins } from './embedded/pins.ts';
import type { Folders } from './folders.ts';
import { checkGiven, maskUrl, variableOf } from './given.ts';
import { chooseWay } from './resolve.ts';
import { type ServerName, serverNames, type Way } from './servers.ts';
import { messageOf, StackError } from './stack-error.ts';
import type { StackOptions } from './stack-options.ts';
import { readState } from './state-file.ts';

export type Examination = { findings: Finding[]; ways: Record<ServerName, { way: Way | null; why: string }> };

/** Looks at the machine without changing it: what is there, what is missing, and which way each server will be come by. */
export async function examineMachine(options: StackOptions): Promise<Examination> {
  const folders = foldersOf(options);
  const findings: Finding[] = [
    { subject: 'Node', state: 'ok', detail: `${process.version} on ${process.platform}-${process.arch}` },
  ];
  const engine = await examineEngine(options.env);
  findings.push(describeEngine(engine));
  const ways = {} as Examination['ways'];
  const embedded: ServerName[] = [];
  for (const name of serverNames) {
    const { finding, ...way } = await examineServer(name, options, folders, engine);
    ways[name] = way;
    findings.push(finding);
    if (way.way === 'embedded') embedded.push(name);
  }
  if (embedded.length > 0) findings.push(...(await examineEmbeddedNeeds(embedded, options.env, folders)));
  for (const name of embedded) {
    const fault = await findFetchFault(name, options, folders);
    if (fault) ways[name] = { way: null, why: fault };
  }
  return { findings, ways };
}

type Judged = { finding: Finding; way: Way | null; why: string };

async function examineServer(
  name: ServerName,
  { env }: StackOptions,
  folders: Folders,
  engine: Engine,
): Promise<Judged> {
  try {
    const choice = chooseWay(name, env);
    if (choice.way === 'given') {
      const { version } = await checkGiven(name, choice.url);
      const detail = `given ${version} at ${maskUrl(choice.url)}`;
      return { finding: { subject: name, state: 'ok', detail }, way: 'given', why: `${variableOf[name]} is set` };
    }
    const running = readState(folders.data).state[name];
    if (choice.forced !== 'containers' && running) {
      const detail = `up at ${running.url} (process ${running.pid})`;
      return { finding: { subject: name, state: 'ok', detail }, way: 'embedded', why: 'it is up already' };
    }
    if (choice.forced === 'embedded') return judgeEmbedded(name, folders, 'ORTOO_STACK is embedded');
    const outlook = await examineContainer(name, env, engine);
    if (!('fault' in outlook))
      return { finding: { subject: name, state: 'ok', detail: outlook.detail }, way: 'containers', why: outlook.why };
    if (choice.forced === 'containers')
      return refuse(name, `ORTOO_STACK is containers, but ${outlook.fault}`, 'start Docker, or unset ORTOO_STACK');
    requirePlatform(pins[name]);
    return judgeEmbedded(name, folders, `${variableOf[name]} is not set, and ${outlook.fault}`);
  } catch (error) {
    return refuse(name, messageOf(error), error instanceof StackError ? error.hint : undefined);
  }
}

function judgeEmbedded(name: ServerName, folders: Folders, why: string): Judged {
  return { finding: { subject: name, state: 'ok', detail: describeCache(name, folders) }, way: 'embedded', why };
}

function refuse(name: ServerName, why: string, hint: string | undefined): Judged {
  const finding: Finding = { subject: name, state: 'missing', detail: why, ...(hint ? { mend: hint } : {}) };
  return { finding, way: null, why };
}

/** Why a server that is neither running nor cached cannot be fetched on this machine. */
async function findFetchFault(name: ServerName, { env }: StackOptions, folders: Folders): Promise<string | undefined> {
  if (isCached(folders.cache, name) || readState(folders.data).state[name]) return undefined;
  try {
    await findClient(pins[name], env);
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
}

function describeCache(name: ServerName, { cache }: Folders): string {
  const { title, version, bytes } = pins[name];
  return isCached(cache, name)
    ? `${title} ${version} is in the cache (${join(cache, cachedFolderName(name))})`
    : `${title} ${version} will be fetched on the first start (${megabytes(bytes)})`;
}
