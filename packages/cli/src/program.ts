import { Command } from 'commander';
import about from '../package.json' with { type: 'json' };
import { doctorVerb } from './verbs/doctor.ts';
import { generateVerb } from './verbs/generate.ts';
import { importVerb } from './verbs/import.ts';
import { seedVerb } from './verbs/seed.ts';
import { stackVerb } from './verbs/stack.ts';
import { startVerb } from './verbs/start.ts';
import { statusVerb } from './verbs/status.ts';
import { rebuildVerb, reconcileVerb } from './verbs/upkeep.ts';
import type { RunVerb, Verb } from './verbs/verb.ts';

/** Every verb of `ortoo`, in the order in which help lists them. */
const verbs: Verb[] = [
  startVerb,
  statusVerb,
  seedVerb,
  importVerb,
  rebuildVerb,
  reconcileVerb,
  stackVerb,
  doctorVerb,
  generateVerb,
];

/** Builds the command line. `runVerb` gives a verb its context and keeps the exit code it answers. */
export function buildProgram(runVerb: RunVerb): Command {
  const program = new Command('ortoo')
    .description('Starts, looks after and fills Ortoo, the back end of a business portal.')
    .version(about.version)
    .helpCommand(false)
    .showSuggestionAfterError(true)
    .exitOverride();
  for (const verb of verbs) verb(program, runVerb);
  return program;
}
