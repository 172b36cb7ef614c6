import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findMissingPackages, listInstallable } from './missing-packages.mjs';
import { explainNpmFailure, isUnknownVersion } from './npm-failure.mjs';
import { runNpm } from './run-npm.mjs';
import { withLock } from './setup-lock.mjs';

const oldestNode = 18;
const installDeadlineMs = 30 * 60_000;
const tickMs = 10_000;

/** A set-up that cannot go on; `message` is one sentence for the person at the terminal. */
export class SetupError extends Error {
  constructor(message, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** Where the Node pinned in the lockfile lies once it is installed. */
export function pinnedNode(projectDir) {
  return join(projectDir, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
}

/**
 * Installs what the lockfile names and node_modules lacks, and nothing when all is there.
 *
 * @param {string} projectDir the clone
 * @param {(line: string) => void} say shows one line of progress
 * @throws {SetupError} Node too old, npm missing, no network, disk full, …
 */
export async function setUp(projectDir, say) {
  if (Number(process.versions.node.split('.')[0]) < oldestNode) {
    throw new SetupError(
      `Node ${process.versions.node} is too old: Ortoo needs Node ${oldestNode} or newer to install.`,
    );
  }
  if (isUpToDate(projectDir)) return;
  const path = join(projectDir, '.ortoo', 'setup.lock');
  await withLock({ path, say, deadlineMs: installDeadlineMs }, async () => {
    if (!isUpToDate(projectDir)) await install(projectDir, say);
  });
}

function isUpToDate(projectDir) {
  return listMissing(projectDir).length === 0 && existsSync(pinnedNode(projectDir));
}

function listMissing(projectDir) {
  const lockfile = readJson(join(projectDir, 'package-lock.json'));
  if (lockfile === null) {
    throw new SetupError(
      `package-lock.json is missing or not JSON in ${projectDir}: restore it with \`git checkout\`.`,
    );
  }
  const installed = readJson(join(projectDir, 'node_modules', '.package-lock.json'));
  return findMissingPackages(lockfile, installed, (path) => existsSync(join(projectDir, path, 'package.json')));
}

async function install(projectDir, say) {
  const missing = listMissing(projectDir);
  if (missing.length === 0) {
    say('the pinned Node is missing: fetching it (about 120 MB)');
    await runOrThrow(['rebuild', 'node'], projectDir, say);
  } else {
    say(`installing: ${missing.length} packages are missing (about 550 MB on disk when all is there)`);
    // `install --no-save` takes the versions of the lockfile and leaves it alone. `npm ci` would throw away what is there,
    // and refuses a lockfile without the optional packages of every other platform.
    // `--include=dev`: the pinned Node is a devDependency, which NODE_ENV=production would leave out.
    const args = ['install', '--no-save', '--include=dev', '--no-audit', '--no-fund'];
    await runOrThrow([...args, '--prefer-offline'], projectDir, say, () =>
      runOrThrow([...args, '--prefer-online'], projectDir, say),
    );
  }
  checkPinnedNode(projectDir);
  const left = listMissing(projectDir);
  if (left.length === 0) return;
  say(`package.json and package-lock.json disagree about ${left[0]}: run \`npm install\` and commit package-lock.json`);
}

/** `again` is what to do instead when npm's cache knows less than the lockfile: lists of versions are kept for long. */
async function runOrThrow(args, projectDir, say, again) {
  const total = listInstallable(readJson(join(projectDir, 'package-lock.json'))).length;
  const onTick = (elapsedMs) => {
    say(
      `still working (npm ${args[0]}, ${seconds(elapsedMs)}): ${total - listAbsent(projectDir).length} of ${total} packages`,
    );
  };
  const since = performance.now();
  const result = await runNpm(args, { projectDir, deadlineMs: installDeadlineMs, onTick, tickMs });
  if (result.code === 0) {
    say(`done in ${seconds(performance.now() - since)}`);
    return;
  }
  if (again === undefined || result.stoppedBy !== null || !isUnknownVersion(result.output)) throw failure(result, say);
  say('the npm cache does not know a version of the lockfile: asking the registry');
  await again();
}

function failure(result, say) {
  if (result.isMissing) return new SetupError('npm is not on the PATH: install Node 18 or newer together with npm.');
  if (result.stoppedBy === 'deadline') {
    return new SetupError(`npm did not end in ${installDeadlineMs / 60_000} minutes and was stopped.`);
  }
  if (result.stoppedBy !== null) return new SetupError(`Stopped by ${result.stoppedBy}; run it again to go on.`, 130);
  for (const line of result.output.trimEnd().split('\n').slice(-12)) say(`  ${line}`);
  return new SetupError(explainNpmFailure(result.output, result.ended));
}

function listAbsent(projectDir) {
  const lockfile = readJson(join(projectDir, 'package-lock.json'));
  return listInstallable(lockfile).filter((path) => !existsSync(join(projectDir, path, 'package.json')));
}

function checkPinnedNode(projectDir) {
  const path = pinnedNode(projectDir);
  if (!existsSync(path)) {
    throw new SetupError(
      'The pinned Node was not installed, since npm ran no install scripts: run `npm rebuild node --ignore-scripts=false`.',
    );
  }
  const ran = spawnSync(path, ['--version'], { encoding: 'utf8', timeout: 10_000 });
  if (ran.status === 0) return;
  const why = (ran.stderr || ran.error?.message || `exit code ${ran.status}`).trim().split('\n')[0];
  throw new SetupError(`The pinned Node does not run on this machine: ${why}`);
}

function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
}

function seconds(ms) {
  return `${Math.round(ms / 1000)} s`;
}
