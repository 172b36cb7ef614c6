import { CommanderError } from 'commander';
import colors from 'picocolors';
import { CliError } from './cli-error.ts';
import { readConfig } from './config.ts';
import { buildProgram } from './program.ts';
import { locateProject, ownProjectDir } from './project.ts';
import { createScreen } from './screen/screen.ts';
import type { RunVerb } from './verbs/verb.ts';

// A reader that goes away (`npm start | head`) must not end the supervisor before it has stopped what it started.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

const runVerb: RunVerb = async (work) => {
  const config = readConfig();
  const screen = createScreen({ isTerminal: process.stdout.isTTY === true });
  process.exitCode = await work({ config, paths: locateProject(ownProjectDir, config.env), screen });
};

try {
  await buildProgram(runVerb).parseAsync();
} catch (error) {
  process.exitCode = explain(error);
}

/** Shows a failure in one sentence with what mends it; a defect with its stack. Answers the exit code. */
function explain(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode;
  if (!isExpected(error)) {
    console.error(error);
    return 1;
  }
  console.error(colors.red(error.message));
  if (error.hint) console.error(`  ${error.hint}`);
  for (const line of error.logTail ?? []) console.error(`  ${line}`);
  return 1;
}

/** Faults that are told in their own words: ours, and those of the servers, known by name so that they load no server code. */
function isExpected(error: unknown): error is Error & { hint?: string; logTail?: string[] } {
  return error instanceof CliError || (error instanceof Error && error.name === 'StackError');
}
