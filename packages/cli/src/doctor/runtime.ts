import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Finding, isProcessAlive } from '@ortoo/stack';
import { CliError } from '../cli-error.ts';
import { requirePort } from '../ports.ts';
import { readRun } from '../state/run-file.ts';
import type { VerbContext } from '../verbs/verb.ts';

/** Node, npm and the port of the gateway. */
export async function examineRuntime(context: VerbContext): Promise<Finding[]> {
  return [examineNode(context.paths.projectDir), await examineNpm(), await examinePort(context)];
}

function examineNode(projectDir: string): Finding {
  const wanted = readFileSync(join(projectDir, '.nvmrc'), 'utf8').trim();
  const detail = `${process.versions.node}, ${process.execPath}`;
  if (process.versions.node === wanted) return { subject: 'pinned Node', state: 'ok', detail };
  return {
    subject: 'pinned Node',
    state: 'warning',
    detail: `${detail}; ${wanted} is pinned`,
    mend: 'use npm start or npx ortoo',
  };
}

async function examineNpm(): Promise<Finding> {
  try {
    const { stdout } = await promisify(execFile)('npm', ['--version'], {
      timeout: 10_000,
      shell: process.platform === 'win32',
    });
    return { subject: 'npm', state: 'ok', detail: stdout.trim() };
  } catch {
    return { subject: 'npm', state: 'missing', detail: 'not on the PATH', mend: 'install Node together with npm' };
  }
}

async function examinePort({ config, paths }: VerbContext): Promise<Finding> {
  const subject = `Port ${config.port}`;
  const run = readRun(paths.runFile, isProcessAlive);
  if (run !== undefined) return { subject, state: 'ok', detail: `Ortoo runs already: ${run.url}` };
  try {
    await requirePort(config.port, config.host);
    return { subject, state: 'ok', detail: 'free' };
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    return { subject, state: 'warning', detail: error.message, mend: 'PORT=8081 npm start' };
  }
}
