import { join } from 'node:path';
import { foldersOf } from './bring-up.ts';
import { isCached } from './embedded/cache.ts';
import { findClient } from './embedded/fetch.ts';
import { examineEmbeddedNeeds, type Finding } from './embedded/needs.ts';
import { cachedFolderName, megabytes, pins } from './embedded/pins.ts';
import type { Folders } from './folders.ts';
import { checkGiven, maskUrl, variableOf } from './given.ts';
import { chooseWay } from './resolve.ts';
import { type ServerName, type StackOptions, serverNames, type Way } from './servers.ts';
import { messageOf, StackError } from './stack-error.ts';
import { readState } from './state-file.ts';

export type Examination = { findings: Finding[]; ways: Record<ServerName, { way: Way | null; why: string }> };

/** Looks at the machine without changing it: what is there, what is missing, and which way each server will be come by. */
export async function examineMachine(options: StackOptions): Promise<Examination> {
  const folders = foldersOf(options);
  const findings: Finding[] = [
    { subject: 'Node', state: 'ok', detail: `${process.version} on ${process.platform}-${process.arch}` },
  ];
  const ways = {} as Examination['ways'];
  const embedded: ServerName[] = [];
  for (const name of serverNames) {
    const { finding, ...way } = await examineServer(name, options, folders);
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

async function examineServer(name: ServerName, { env }: StackOptions, folders: Folders): Promise<Judged> {
  try {
    const choice = chooseWay(name, env);
    if (choice.way === 'given') {
      const { version } = await checkGiven(name, choice.url);
      const detail = `given ${version} at ${maskUrl(choice.url)}`;
      return { finding: { subject: name, state: 'ok', detail }, way: 'given', why: `${variableOf[name]} is set` };
    }
    const running = readState(folders.data).state[name];
    const detail = running ? `up at ${running.url} (process ${running.pid})` : describeCache(name, folders);
    const why = env.ORTOO_STACK === 'embedded' ? 'ORTOO_STACK is embedded' : `${variableOf[name]} is not set`;
    return { finding: { subject: name, state: 'ok', detail }, way: 'embedded', why };
  } catch (error) {
    const why = messageOf(error);
    const hint = error instanceof StackError ? error.hint : undefined;
    return {
      finding: { subject: name, state: 'missing', detail: why, ...(hint ? { mend: hint } : {}) },
      way: null,
      why,
    };
  }
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
